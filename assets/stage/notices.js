/** What a person is told above the figures: by the server, of a fault here, of settings not yet run. */
export class Notices {
  constructor(place) {
    this.place = place;
    this.told = new Map();
  }

  tell(who, text) {
    this.told.set(who, text);
    this.place.textContent = [...this.told.values()].filter(Boolean).join(" ");
    this.place.hidden = !this.place.textContent;
  }
}
