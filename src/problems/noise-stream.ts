/**
 * Random numbers for problems with noise. The noise of a candidate is a function of the run's seed, the number of the query
 * and the candidate's place in the population: never of what was evaluated before, or of how a population was cut.
 */
import { Rng } from '../core/rng.js';

/** What noise is made from: uniform numbers in [0, 1) and standard normal ones. */
export interface Draws {
  uniform(): number;
  normal(): number;
}

/** Draws that depend on the seed and the number of the query alone, taken member by member. */
export class NoiseStream {
  readonly #key: Uint32Array;
  readonly #rng: Rng;

  constructor(seed: number) {
    this.#rng = Rng.seeded(seed).fork('problem').fork('noise');
    this.#key = this.#rng.words.slice();
  }

  /** The stream of query `step`, from its start. */
  at(step: number): Draws {
    const { words } = this.#rng;
    // Expanding a named stream for every query would cost more than the evaluation: the key and the step are mixed instead
    // (the finalizer of MurmurHash3, a bijection of 32 bits), each word by the one before.
    let carry = step >>> 0;
    for (let i = 0; i < words.length; i++) {
      carry = mix((carry + this.#key[i]) >>> 0);
      words[i] = carry;
    }
    if (words.every((word) => word === 0)) words[0] = 1;
    return this.#rng;
  }
}

function mix(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
