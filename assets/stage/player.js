const RATE = 60;

/** Time on the stage: which frame is shown, and how it moves on. */
export class Player {
  constructor(draw, onPause) {
    this.draw = draw;
    this.onPause = onPause;
    this.place = 0;
    this.speed = 1;
    this.loop = false;
    this.playing = false;
    this.times = new Float32Array([0]);
    this.tick = this.tick.bind(this);
  }

  get frame() {
    return Math.min(Math.floor(this.place), this.last);
  }
  get last() {
    return this.times.length - 1;
  }
  get time() {
    return this.times[this.frame];
  }

  /** A new run goes on from the same time. */
  load(times) {
    const now = this.time;
    this.times = times;
    let i = 0;
    while (i < this.last && times[i + 1] <= now + 1e-6) i++;
    this.place = i;
    this.draw();
  }

  play() {
    if (this.playing) return;
    if (this.frame >= this.last) this.place = 0;
    this.playing = true;
    this.before = undefined;
    requestAnimationFrame(this.tick);
    this.draw();
  }

  pause() {
    this.playing = false;
    this.draw();
    this.onPause();
  }

  /** Back to the start and still, without a word to the server. */
  halt() {
    this.playing = false;
    this.place = 0;
    this.draw();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  seek(i) {
    this.place = Math.max(0, Math.min(this.last, i));
    if (this.playing) this.draw();
    else this.pause();
  }

  /** While a person drags the time: shown, not yet told. */
  scrub(i) {
    this.playing = false;
    this.place = i;
    this.draw();
  }

  step(by) {
    this.playing = false;
    this.seek(this.frame + by);
  }

  tick(now) {
    if (!this.playing) return;
    const passed = this.before === undefined ? 0 : Math.min(now - this.before, 100);
    this.before = now;
    this.place += passed / 1000 * RATE * this.speed;
    if (this.place >= this.last) {
      if (!this.loop) {
        this.place = this.last;
        this.pause();
        return;
      }
      this.place = 0;
    }
    this.draw();
    requestAnimationFrame(this.tick);
  }
}

/** The last frame at or before a time. */
export function frameAt(times, time) {
  let low = 0, high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle] <= time + 1e-6) low = middle;
    else high = middle - 1;
  }
  return low;
}
