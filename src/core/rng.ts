/**
 * Random numbers: xoshiro128** (Blackman and Vigna 2018, https://doi.org/10.1145/3460772), seeded through `seedrandom`.
 * A stream is named by its path, and `fork` depends on the path alone: adding a draw in one component changes no other.
 */
import seedrandom from 'seedrandom';
import { log } from './math.js';

export class Rng {
  /** The seed and the labels of the forks that led here. */
  readonly path: string;
  /** The generator's 128 bits. */
  readonly words: Uint32Array;

  constructor(path: string, words: Uint32Array = expand(path)) {
    this.path = path;
    this.words = words;
  }

  static seeded(seed: number | string): Rng {
    return new Rng(String(seed));
  }

  /** An independent stream; the same label always gives the same stream. */
  fork(label: string): Rng {
    return new Rng(`${this.path}/${label}`);
  }

  /** Uniform in 0 .. 2^32 - 1. */
  uint32(): number {
    return this.int32() >>> 0;
  }

  /** The same 32 bits as a signed number: engines keep those small, and allocate for larger ones that they return. */
  private int32(): number {
    const s = this.words;
    const x = Math.imul(s[1], 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9);
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform(): number {
    const high = this.int32() >>> 5;
    const low = this.int32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** True with that probability: `uniform() < probability`, without a fraction that would be returned as an object. */
  chance(probability: number): boolean {
    const high = this.int32() >>> 5;
    const low = this.int32() >>> 6;
    return high * 67108864 + low < probability * 9007199254740992;
  }

  /** Uniform whole number in 0 .. n - 1, without bias; n from 1 to 2^32. */
  below(n: number): number {
    const limit = 4294967296 - (4294967296 % n);
    let draw = this.int32() >>> 0;
    while (draw >= limit) draw = this.int32() >>> 0;
    return draw % n;
  }

  /** Standard normal, by Marsaglia's polar method (https://doi.org/10.1137/1006063); the second value is not kept. */
  normal(): number {
    let u: number;
    let s: number;
    do {
      u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    return u * Math.sqrt((-2 * log(s)) / s);
  }

  /** Two-sided exponential with mean 0 and mean absolute value 1. */
  laplace(): number {
    const magnitude = -log(1 - this.uniform());
    return (this.uint32() & 1) === 0 ? magnitude : -magnitude;
  }

  /** Shuffles in place (Fisher and Yates). */
  shuffle(items: { [index: number]: number; readonly length: number }): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
  }
}

function expand(path: string): Uint32Array {
  const source = seedrandom(path);
  const words = Uint32Array.from({ length: 4 }, () => source.int32());
  if (words.every((word) => word === 0)) words[0] = 1; // the one state that the generator cannot leave
  return words;
}
