/** Counts per second, over the last two seconds that are whole. */

const SLICE = 250;
const WHOLE = 8;
const SLICES = WHOLE + 1; // and the one that is being filled, which counts when it is full

export class Meter {
  #slices = new Array(SLICES).fill(0);
  #current = 0;

  #turn() {
    const now = Math.floor(performance.now() / SLICE);
    const gone = Math.min(SLICES, now - this.#current);
    for (let i = 0; i < gone; i++) {
      this.#slices[(now - i) % SLICES] = 0;
    }
    this.#current = now;
  }

  add(count) {
    this.#turn();
    this.#slices[this.#current % SLICES] += count;
  }

  perSecond() {
    this.#turn();
    const sum = this.#slices.reduce((total, slice) => total + slice, 0) - this.#slices[this.#current % SLICES];
    return sum / ((SLICE * WHOLE) / 1000);
  }
}
