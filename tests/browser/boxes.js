/* What lies on what, is cut off, or cannot be reached on the page as it stands: a list of sentences. */
(() => {
  const SKIP = "svg, math, script, style, .math, .spoken, .slot *, canvas";
  const TABLES = "table, .table, .math"; // These alone may scroll sideways.
  const CONTROLS = "button, a, input, select, summary, output";

  function* elements(root) {
    for (const element of root.children) {
      yield element;
      if (!element.matches(".slot")) {
        if (element.shadowRoot) yield* elements(element.shadowRoot);
        yield* elements(element);
      }
    }
  }

  const parent = (node) => node.parentNode ?? node.host;
  const holds = (outer, inner) => { for (let n = inner; n; n = parent(n)) if (n === outer) return true; return false; };
  const above = (node, test) => { for (let n = node; n; n = parent(n)) if (n.nodeType === 1 && test(n)) return n; return null; };
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && getComputedStyle(element).clipPath !== "inset(50%)";
  const label = ({ node, text }) => (text || node.ariaLabel || node.innerText || node.className).trim().slice(0, 40) || node.outerHTML.slice(0, 60);

  /** The part of the page that scrolls below the header. */
  const pane = (all) => all.find((e) => e.matches(".main-content")) ?? document.documentElement;

  function things(all) {
    const found = [];
    for (const element of all) {
      if (element.matches(SKIP) || element.closest("svg, math, .math") || !seen(element)) continue;
      if (element.matches(CONTROLS) || element.matches(".slot")) {
        const parts = element.matches(".slot") ? [element, ...element.children] : [element];
        found.push({ node: element, boxes: parts.map((part) => part.getBoundingClientRect()), control: element.matches(CONTROLS) });
      }
      if (element.matches("select, option")) continue;
      for (const node of element.childNodes) {
        if (node.nodeType !== 3 || !node.data.trim()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        found.push({ node: element, text: node.data, boxes: [...range.getClientRects()] });
      }
    }
    const inside = pane(all);
    return found.map((thing) => ({ ...thing, pane: holds(inside, thing.node), boxes: thing.boxes.filter((b) => b.width > 1 && b.height > 1) })).filter(({ boxes }) => boxes.length);
  }

  const across = (a, b) => [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];

  /** What begins above another's end comes before it: few pairs are left to be compared. */
  function overlaps(found) {
    const said = [], open = [];
    const all = found.flatMap((thing, place) => thing.boxes.map((box) => ({ thing, place, box })));
    for (const one of all.sort((a, b) => a.box.top - b.box.top)) {
      const near = open.filter((other) => other.box.bottom > one.box.top);
      open.splice(0, open.length, ...near, one);
      for (const other of near) {
        if (one.thing === other.thing || one.thing.pane !== other.thing.pane) continue;
        const [a, b] = one.place < other.place ? [one.thing, other.thing] : [other.thing, one.thing];
        const [w, h] = across(one.box, other.box), deep = a.text && b.text ? 4 : 2;
        if (w <= 2 || h <= deep || holds(a.node, b.node) || holds(b.node, a.node)) continue;
        said.push(`“${label(a)}” lies on “${label(b)}” (${w.toFixed()} x ${h.toFixed()})`);
      }
    }
    return said;
  }

  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const cuts = (element) => /hidden|clip/.test(getComputedStyle(element).overflowX);

  function cut(found) {
    const said = [], known = new Map();
    const hides = (element) => known.has(element) ? known.get(element) : known.set(element, cuts(element)).get(element);
    for (const thing of found) {
      if (above(thing.node, (n) => n.matches(TABLES))) continue;
      const frames = [above(thing.node, (n) => n.matches(".card, .controls")), above(thing.node, (n) => (thing.text || n !== thing.node) && hides(n))];
      const own = thing.text && above(thing.node, (n) => n.matches("button, a"))?.getBoundingClientRect();
      for (const box of thing.boxes) {
        const spare = 0.2 * box.height; // The box of a line is taller than its letters.
        if (own && (box.top < own.top - spare || box.bottom > own.bottom + spare)) said.push(`“${label(thing)}” is taller than its button`);
        if (box.left < -1 || box.right > innerWidth + 1) said.push(`“${label(thing)}” leaves the page`);
        for (const frame of frames) {
          const edge = frame?.getBoundingClientRect();
          if (edge?.width && (box.left < edge.left - 1 || box.right > edge.right + 1)) said.push(`“${label(thing)}” leaves its ${frame.className || frame.tagName}`);
        }
      }
    }
    return said;
  }

  function sideways(all) {
    const wide = (e) => e.scrollWidth > e.clientWidth + 1;
    const boxes = all.filter((e) => wide(e) && scrolls(e) && !e.matches(TABLES) && seen(e));
    return [document.documentElement, ...boxes].filter(wide).map((e) => `${e.className || e.tagName} scrolls sideways by ${e.scrollWidth - e.clientWidth}`);
  }

  function* canvases(root) {
    for (const element of root.querySelectorAll("*")) {
      if (element.matches("canvas")) yield element;
      if (element.shadowRoot) yield* canvases(element.shadowRoot);
    }
  }

  /** A figure that is drawn keeps to its slot. */
  function outside(all) {
    const said = [];
    for (const slot of all.filter((e) => e.matches(".slot") && seen(e))) {
      for (const canvas of canvases(slot)) {
        const box = canvas.getBoundingClientRect(), [w, h] = across(box, slot.getBoundingClientRect());
        if (box.width && (box.width > w + 1 || box.height > h + 1)) said.push(`a figure of ${box.width} x ${box.height} leaves its slot`);
      }
    }
    return said;
  }

  /** At the end of scrolling nothing is left below the edge. */
  function beyond(all, found) {
    const end = pane(all);
    end.scrollTop = end.scrollHeight;
    const edge = end.getBoundingClientRect().bottom + 1;
    return found.filter((thing) => thing.pane && thing.node.getBoundingClientRect().bottom > edge).map((thing) => `“${label(thing)}” lies beyond the end of the page`);
  }

  function deepest(x, y) {
    let element = document.elementFromPoint(x, y), inner;
    while ((inner = element?.shadowRoot?.elementFromPoint(x, y)) && inner !== element) element = inner;
    return element;
  }

  /** A click into the middle of a control meets it. */
  function caught(found) {
    const said = [];
    for (const thing of found.filter(({ control, node }) => control && !node.disabled && !node.matches("output"))) {
      thing.node.scrollIntoView({ block: "center", behavior: "instant" });
      const { left, top, width, height } = thing.node.getClientRects()[0];
      const hit = deepest(left + width / 2, top + height / 2);
      if (hit && !holds(thing.node, hit) && !holds(hit, thing.node)) said.push(`a click on “${label(thing)}” meets ${hit.outerHTML.slice(0, 60)}`);
    }
    return said;
  }

  return () => {
    const all = [...elements(document)];
    pane(all).scrollTop = 0;
    const found = things(all);
    return [...new Set([...overlaps(found), ...cut(found), ...sideways(all), ...outside(all), ...caught(found), ...beyond(all, found)])];
  };
})()
