/**
 * Which samples a query sees: a function of (seed, step) alone, so the same for every strategy and for a resumed run.
 * Each epoch goes once through a permutation of its own; the tail that fills no whole batch is left out of that epoch.
 */
import type { Rng } from '../core/rng.js';

export class Minibatches {
  readonly count: number;
  readonly size: number;
  /** Whole batches in an epoch. */
  readonly perEpoch: number;
  readonly #rng: Rng;
  readonly #order: Uint32Array;
  #epoch = -1;

  /** `size` from 1 to `count`. */
  constructor(count: number, size: number, rng: Rng) {
    this.count = count;
    this.size = size;
    this.perEpoch = Math.floor(count / size);
    this.#rng = rng;
    this.#order = new Uint32Array(count);
  }

  /** Sample numbers of one step's batch: a view that holds until the next call. Going on within an epoch costs nothing. */
  at(step: number): Uint32Array {
    const epoch = Math.floor(step / this.perEpoch);
    if (epoch !== this.#epoch) {
      for (let i = 0; i < this.count; i++) this.#order[i] = i;
      this.#rng.fork(`epoch ${epoch}`).shuffle(this.#order);
      this.#epoch = epoch;
    }
    const from = (step - epoch * this.perEpoch) * this.size;
    return this.#order.subarray(from, from + this.size);
  }
}
