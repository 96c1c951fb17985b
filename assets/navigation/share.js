import { kept, tell } from "../between.js";
import { makeDialog } from "./dialog.js";
import { linkOf, snippetOf } from "./link.js";
import { say } from "../words.js";

const fieldHtml = (name, label, field) =>
  `<p class="field">${field}<button type="button" data-copy="${name}" aria-label="${label}">${
    say("Copy")
  }</button></p>`;

const HTML = `<div class="share"><div class="code" role="img" aria-label="${
  say("QR code of the link")
}"></div>
  <div><p class="what"></p>
  ${
  fieldHtml(
    "link",
    say("Copy the link"),
    `<input type="text" name="link" readonly aria-label="${say("Link")}">`,
  )
}
  <p class="copied" role="status"></p>
  <details><summary>${say("In a learning platform")}</summary>
  <p>${say("This shows it in a frame, without the header:")}</p>
  ${
  fieldHtml(
    "frame",
    say("Copy the frame"),
    `<textarea name="frame" readonly rows="5" aria-label="${say("Frame")}"></textarea>`,
  )
}
  <p class="frames"></p></details></div></div>`;

const WHAT = {
  lab: say("This link holds the settings, what is shown and how, and the time on screen."),
  lesson: say("This link leads to this step, as a student sees it."),
  mystery: say("This link leads to this barrier, and does not show it."),
  text: say("This link leads to this page."),
};

const framesSaid = (sites) =>
  sites.length ? say("This server lets {sites} show it.", { sites: sites.join(", ") }) : say(
    "This server lets no other site show it. Who runs it can allow one, by --embed-from with its address",
  );

const kindOf = (page) => WHAT[page] ? page : / /.test(page) ? "lesson" : "text";

/** The link of what is on the page: to copy, as a QR code, and as a frame. */
class Share {
  constructor(model) {
    this.model = model;
    this.dialog = makeDialog(model, "share", say("Share"), HTML);
    this.find(".frames").textContent = framesSaid(model.frames);
    this.dialog.addEventListener("click", (event) => {
      const button = event.target.closest("[data-copy]");
      if (button) this.copy(this.find(`[name="${button.dataset.copy}"]`));
    });
    model.on("msg:custom", (message) => this.draw(message.data ?? message));
  }

  find(selector) {
    return this.dialog.querySelector(selector);
  }

  open() {
    tell("moment");
    const page = kept("page"), kind = kindOf(page);
    const moment = { time: Number(kept("time")), look: kept("look"), pin: kept("pin") };
    this.link = linkOf(location, kind === "lab" ? moment : {});
    this.find(".what").textContent = WHAT[kind];
    this.find("[name=link]").value = this.link;
    this.find("[name=frame]").value = snippetOf(this.link);
    this.find(".copied").textContent = "";
    this.find(".code").textContent = kept("line") === "lost"
      ? say("No connection: no QR code.")
      : "";
    this.model.send_msg({ qr: this.link });
    this.dialog.showModal();
  }

  /** The code of this link, unless another one was asked for meanwhile. */
  draw({ link, qr }) {
    if (qr && link === this.link) this.find(".code").innerHTML = qr;
  }

  /** Without a safe connection the browser's older way is the only one. */
  async copy(field) {
    field.select();
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
      else if (!document.execCommand("copy")) throw new Error();
      this.find(".copied").textContent = say("Copied.");
    } catch {
      this.find(".copied").textContent = say(
        "The browser does not let it be copied: press Ctrl+C.",
      );
    }
  }
}

/** Opens it. */
export function makeShare(model) {
  const share = new Share(model);
  return () => share.open();
}
