const icon = (drawing) => `<svg viewBox="0 0 24 24" aria-hidden="true">${drawing}</svg>`;

/** A button of the header: its name, which a person sees who points at it, with its key; `act` when it is pressed. */
export class Tool {
  constructor(name, drawing, act, key = "") {
    this.element = Object.assign(document.createElement("button"), {
      type: "button",
      ariaLabel: name,
    });
    this.element.title = key ? `${name} (${key})` : name;
    this.element.addEventListener("click", act);
    this.draw(drawing);
  }

  draw(drawing) {
    if (this.drawing !== drawing) this.element.innerHTML = icon(drawing);
    this.drawing = drawing;
  }

  press(pressed) {
    this.element.ariaPressed = pressed;
  }
}

const MOVES = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

/** Where a key leads among so many buttons: on from the last to the first, too. */
export function moved(place, key, count) {
  const by = MOVES[key];
  if (by === undefined || !count) return undefined;
  if (!Number.isFinite(by)) return by < 0 ? 0 : count - 1;
  return (place + by + count) % count;
}

/** Buttons that are one stop of the tab key together; arrows go from one to the next. */
export class Toolbar {
  constructor(name, tools) {
    this.element = Object.assign(document.createElement("div"), {
      className: "ts-tools",
      ariaLabel: name,
    });
    this.element.setAttribute("role", "toolbar");
    this.tools = tools.map(({ element }) => element);
    this.element.append(...this.tools);
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("focusin", (event) => this.stop(event.target));
    this.stop();
  }

  get shown() {
    return this.tools.filter((tool) => !tool.hidden && tool.offsetParent !== null);
  }

  /** The one that the tab key comes to. */
  stop(wanted) {
    const at = wanted ?? this.tools.find((tool) => !tool.hidden);
    for (const tool of this.tools) tool.tabIndex = tool === at ? 0 : -1;
  }

  key(event) {
    const { shown } = this, to = moved(shown.indexOf(event.target), event.key, shown.length);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    shown[to].focus();
  }
}
