/** Which parts of the page, {name: element}, are in sight; `came(name)` tells of one that comes. One that is not is of the class `away`. */
export class Sight {
  constructor(places, came) {
    const names = new Map(Object.entries(places).map(([name, place]) => [place, name]));
    this.out = new Set();
    this.observer = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) {
        const name = names.get(target);
        target.classList.toggle("away", !isIntersecting);
        if (!isIntersecting) this.out.add(name);
        else if (this.out.delete(name)) came(name);
      }
    });
    for (const place of names.keys()) this.observer.observe(place);
  }

  has(name) {
    return !this.out.has(name);
  }

  remove() {
    this.observer.disconnect();
  }
}
