import { embedded } from "../stage/embed.js";
import { mark, stamped } from "./marks.js";
import { made, NS } from "./svg.js";
import { SAMPLE, swatch } from "./swatch.js";

/** Pixels around all, below each line of text, and between two entries of a legend. */
const EDGE = 20, LINE = 24, GAP = 18;
/** Points of a PNG for one of the page. */
const FINE = 2;

/** The figures of a card that are drawn now, each with its place on the page. */
export const figuresOf = (card) =>
  [...card.querySelectorAll(".slot")].filter((slot) => slot.clientWidth && embedded(slot))
    .map((slot) => ({ view: embedded(slot), box: slot.getBoundingClientRect() }));

/** A card as SVG: its title, a line about the run, its legend, its figures as they stand, and inside it the link. */
export class Picture {
  constructor(card, { title, told, link }) {
    const figures = figuresOf(card), style = getComputedStyle(card);
    const left = Math.min(...figures.map(({ box }) => box.left));
    const top = Math.min(...figures.map(({ box }) => box.top));
    this.style = style;
    this.link = link;
    this.svg = made("svg", { xmlns: NS, "font-family": style.fontFamily });
    this.width = Math.max(...figures.map(({ box }) => box.right)) - left + 2 * EDGE;
    this.ground();
    this.at = EDGE;
    this.line(title, { "font-size": 17, "font-weight": 650 });
    for (const text of broken(told, this.width - 2 * EDGE)) this.line(text, { "font-size": 14 });
    this.legend(card);
    this.scale(card);
    for (const { view, box } of figures) {
      this.place(view, EDGE + box.left - left, this.at + box.top - top);
    }
    this.end(this.at + Math.max(...figures.map(({ box }) => box.bottom)) - top + EDGE);
  }

  ground() {
    this.svg.append(made("metadata", {}, mark(this.link)));
    this.svg.append(
      made("rect", { width: "100%", height: "100%", fill: this.style.backgroundColor }),
    );
  }

  line(text, look) {
    const place = { x: EDGE, y: this.at + 15, fill: this.style.color };
    this.svg.append(made("text", { ...place, ...look }, text));
    this.at += LINE;
  }

  /** What the lines are, in rows as wide as the picture. */
  legend(card) {
    const entries = [...card.querySelectorAll(".legend > span")].filter((one) => one.offsetWidth);
    let x = EDGE;
    for (const entry of entries) {
      const width = SAMPLE + 6 + widthOf(entry.textContent, 13) + GAP;
      if (x > EDGE && x + width - GAP > this.width - EDGE) {
        x = EDGE;
        this.at += LINE - 4;
      }
      this.entry(entry, x);
      x += width;
    }
    if (entries.length) this.at += LINE;
  }

  /** The colors of a map, from the least to the most. */
  scale(card) {
    const map = card.querySelector(".scale .map"), y = this.at + 3;
    if (!map) return;
    const x = EDGE + 14, bar = { x, y, width: 120, height: 12, fill: "url(#map)" };
    const stops = getComputedStyle(map).getPropertyValue("--ts-map").split(",");
    const colors = made("linearGradient", { id: "map" }), { color: fill } = this.style;
    stops.forEach((color, i) => {
      colors.append(made("stop", { offset: i / (stops.length - 1), "stop-color": color.trim() }));
    });
    const sign = { y: y + 11, "font-size": 14, fill };
    this.svg.append(
      colors,
      made("rect", { ...bar, stroke: fill, "stroke-opacity": 0.3 }),
      made("text", { x: EDGE, ...sign }, "−"),
      made("text", { x: x + bar.width + 5, ...sign }, "+"),
    );
    this.at += LINE;
  }

  entry(entry, x) {
    const y = this.at + 10, told = { x: x + SAMPLE + 6, y: y + 5, "font-size": 13 };
    this.svg.append(
      ...swatch(getComputedStyle(entry, "::before"), x, y),
      made("text", { ...told, fill: this.style.color }, entry.textContent),
    );
  }

  /** Bokeh draws the figure once more, into SVG. */
  place(view, x, y) {
    const drawn = view.export("svg", false).ctx.get_svg();
    drawn.setAttribute("x", x);
    drawn.setAttribute("y", y);
    this.svg.append(drawn);
  }

  end(height) {
    this.height = Math.ceil(height);
    this.width = Math.ceil(this.width);
    const { width, height: high } = this;
    for (
      const [name, value] of Object.entries({
        width,
        height: high,
        viewBox: `0 0 ${width} ${high}`,
      })
    ) {
      this.svg.setAttribute(name, value);
    }
    this.text = new XMLSerializer().serializeToString(this.svg);
  }

  /** The same in points, with the link in it. */
  async png() {
    const image = new Image(), canvas = document.createElement("canvas");
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(this.text)}`;
    await image.decode();
    Object.assign(canvas, { width: FINE * this.width, height: FINE * this.height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const drawn = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    return stamped(new Uint8Array(await drawn.arrayBuffer()), mark(this.link));
  }
}

/** How wide a text is, in the page's type. */
function widthOf(text, size) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${size}px ${
    getComputedStyle(document.documentElement).getPropertyValue("--ts-font")
  }`;
  return pen.measureText(text).width;
}

/** A text in lines of at most this width. */
function broken(text, width) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length && widthOf(longer, 14) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
