import { kept } from "../between.js";
import { isGuessing, isProjected } from "../modes.js";
import { say, written } from "../words.js";

const FIGURES = new WeakMap();

/** The view of the figure that is embedded in a slot. */
export const embedded = (slot) => FIGURES.get(slot)?.views.roots[0];

/** Embed one Bokeh item: its plot, no stop of the tab key, and its data sources with their renderers by name. */
export async function embed(item, slot) {
  leave(slot);
  const { views, ends } = await made(item, slot);
  const [view] = views.roots, { model: plot, canvas_view: canvas } = view, sources = {};
  FIGURES.set(slot, { views, ends });
  // Trap: Bokeh makes each figure a stop of the tab key, on an element of no documented name.
  canvas.events_el.removeAttribute("tabindex");
  for (const renderer of plot.renderers) {
    const source = renderer.data_source;
    if (source?.name) sources[source.name] = { source, renderer };
  }
  enlarge(plot, slot);
  translate(plot);
  if (kept("palette") === "contrast") thicken(plot);
  if (isGuessing()) hideLabels(plot);
  const most = plot.left[0]?.ticker.desired_num_ticks;
  plot.properties.inner_height.change.connect(() => thin(plot, most));
  thin(plot, most);
  return { plot, sources, view };
}

/** A figure in a slot, and what ends its listening; figures are made one after the other. */
async function made(item, slot) {
  const { Bokeh: { embed: { embed_item } }, visualViewport: viewport } = globalThis;
  drawAsMade();
  const ends = new AbortController(), { signal } = ends, { addEventListener: listen } = viewport;
  // Trap: each figure of Bokeh before 3.10 listens to the viewport for as long as the page is there.
  viewport.addEventListener = (name, heard) => listen.call(viewport, name, heard, { signal });
  try {
    return { views: await embed_item(item, slot), ends };
  } finally {
    delete viewport.addEventListener;
  }
}

/** Figures are drawn as they were made: with no color of a style sheet, and on nothing that was there. */
function drawAsMade() {
  const { require: part } = globalThis.Bokeh;
  const { VisualProperties } = part("core/visuals/visual"),
    { CanvasLayer } = part("core/util/canvas");
  // Trap: private; Bokeh asks the page's style for each property at each drawing, a tenth of a picture's time.
  Object.assign(VisualProperties.prototype, { _get_css_value: () => "" });
  // Trap: private; Bokeh clears half a pixel beside a layer, and leaves what was once in its first row and column.
  Object.assign(CanvasLayer.prototype, { clear: cleared });
}

/** Nothing is left on a layer; that of a file is empty. */
function cleared() {
  if (this.backend === "svg") return;
  this.undo_transform((ctx) => ctx.clearRect(0, 0, this.canvas.width, this.canvas.height));
}

/** Let go of the figure in a slot. */
function leave(slot) {
  const figure = FIGURES.get(slot);
  if (figure) {
    const { documents } = globalThis.Bokeh, { document } = embedded(slot).model;
    figure.ends.abort();
    figure.views.clear();
    // Trap: Bokeh keeps each document that was ever embedded, with all its models, in a list of no way out.
    documents.splice(documents.indexOf(document), 1);
  }
  slot.replaceChildren();
}

/** No more ticks on the axis on the left than have room above each other. */
function thin({ left: [axis], inner_height: height }, most) {
  if (!axis) return;
  const room = 2 * parseFloat(axis.major_label_text_font_size);
  const count = Math.max(2, Math.min(most, Math.round(height / room)));
  if (axis.ticker.desired_num_ticks !== count) axis.ticker.desired_num_ticks = count;
}

/** Pixels of the thinnest line where contrast is wanted. */
const THICK = 2.5;

/** No line is thinner than that. */
function thicken({ renderers }) {
  for (const { glyph } of renderers) {
    const width = glyph?.line_width?.value;
    if (width < THICK) glyph.line_width = { value: THICK };
  }
}

/** What is written beside the axes is in the language of the page. */
function translate(plot) {
  for (const axis of [...plot.below, ...plot.left, ...plot.right]) {
    if (axis.axis_label) axis.axis_label = say(axis.axis_label);
    const named = [...axis.major_label_overrides];
    if (named.length) {
      axis.major_label_overrides = new Map(named.map(([place, text]) => [place, say(text)]));
    }
    // Trap: Bokeh writes numbers with a decimal point, whatever the language, in a method of no documented name.
    const { formatter } = axis, format = formatter.doFormat;
    formatter.doFormat = (...ticks) => format.apply(formatter, ticks).map(written);
  }
}

/** All that is written beside the axes keeps its room, and is not seen. */
function hideLabels(plot) {
  for (const axis of [...plot.below, ...plot.left, ...plot.right]) {
    axis.setv({ axis_label_text_alpha: 0, major_label_text_alpha: 0 });
  }
}

/** Labels follow the browser's size of text, as far as the figure has room for them. */
function enlarge(plot, slot) {
  if (isProjected()) return; // its figures have large labels
  const wanted = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const factor = Math.min(wanted, Math.max(1, slot.clientWidth / 400));
  if (factor === 1) return;
  for (const axis of [...plot.below, ...plot.left, ...plot.right]) {
    axis.axis_label_text_font_size = `${14 * factor}px`;
    axis.major_label_text_font_size = `${13 * factor}px`;
  }
}
