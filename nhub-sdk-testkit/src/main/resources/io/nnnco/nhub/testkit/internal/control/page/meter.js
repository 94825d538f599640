/** Counts per second, over the last two seconds. */

const SLICE = 250;
const SLICES = 8;

export class Meter {
  #slices = new Array(SLICES).fill(0);
  #current = 0;

  #turn() {
    const now = Math.floor(performance.now() / SLICE);
    const gone = Math.min(SLICES, now - this.#current);
    for (let i = 1; i <= gone; i++) {
      this.#slices[(this.#current + i) % SLICES] = 0;
    }
    if (gone === SLICES) {
      this.#slices.fill(0);
    }
    this.#current = now;
  }

  add(count) {
    this.#turn();
    this.#slices[this.#current % SLICES] += count;
  }

  perSecond() {
    this.#turn();
    return this.#slices.reduce((sum, slice) => sum + slice, 0) / ((SLICE * SLICES) / 1000);
  }
}
