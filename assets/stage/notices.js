/** What a person is told above the figures: by the server, of a fault here, of a lost connection. */
export class Notices {
  constructor(place) {
    this.place = place;
    this.told = new Map();
    for (const document of window.Bokeh.documents) {
      document.on_event("connection_lost", () => this.tell("connection", LOST));
      document.on_event("client_reconnected", () => this.tell("connection", ""));
    }
  }

  tell(who, text) {
    this.told.set(who, text);
    this.place.textContent = [...this.told.values()].filter(Boolean).join(" ");
    this.place.hidden = !this.place.textContent;
  }
}

const LOST =
  "The connection to the server is lost: what is here plays on, but changes bring nothing new. " +
  "Load the page again to go on.";
