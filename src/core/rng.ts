/**
 * Random numbers: xoshiro128** (Blackman and Vigna 2018, https://doi.org/10.1145/3460772), seeded through `seedrandom`.
 * A stream is named by its path, and `fork` depends on the path alone: adding a draw in one component changes no other.
 */
import seedrandom from 'seedrandom';
import { log } from './math.js';

/** Draws are made this many at a time where many are wanted: they fit the first-level cache. */
const block = 2048;
const drawn = new Int32Array(block);
const squares = new Float64Array(block / 4);

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
    const high = this.int32();
    return fraction(high, this.int32());
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

  /** The next 32 bits, `count` times, into `out`: `uint32()` as signed numbers, several times as fast. */
  draws(out: Int32Array, count: number): void {
    const s = this.words;
    let s0 = s[0] | 0;
    let s1 = s[1] | 0;
    let s2 = s[2] | 0;
    let s3 = s[3] | 0;
    for (let i = 0; i < count; i++) {
      const x = Math.imul(s1, 5);
      out[i] = Math.imul((x << 7) | (x >>> 25), 9);
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = (s3 << 11) | (s3 >>> 21);
    }
    s[0] = s0;
    s[1] = s1;
    s[2] = s2;
    s[3] = s3;
  }

  /** `uniform()`, `count` times, into `out`: the same numbers in half the time. */
  uniforms(out: Float64Array, count: number): void {
    for (let from = 0; from < count; from += block / 2) {
      const piece = Math.min(count - from, block / 2);
      this.draws(drawn, 2 * piece);
      for (let i = 0; i < piece; i++) out[from + i] = fraction(drawn[2 * i], drawn[2 * i + 1]);
    }
  }

  /** `normal()`, `count` times, into `out`: the same numbers in a third of the time. */
  normals(out: Float64Array, count: number): void {
    for (let from = 0; from < count; ) {
      // Each number takes one pair or more, so that drawing a pair for each that is missing takes none too many.
      const pairs = Math.min(count - from, block / 4);
      this.draws(drawn, 4 * pairs);
      let kept = 0;
      for (let k = 0; k < 4 * pairs; k += 4) {
        const u = 2 * fraction(drawn[k], drawn[k + 1]) - 1;
        const v = 2 * fraction(drawn[k + 2], drawn[k + 3]) - 1;
        const s = u * u + v * v;
        out[from + kept] = u;
        squares[kept] = s;
        if (s < 1 && s !== 0) kept++;
      }
      for (let i = 0; i < kept; i++) out[from + i] *= Math.sqrt((-2 * log(squares[i])) / squares[i]);
      from += kept;
    }
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

/** 53 bits of two draws, in [0, 1). */
function fraction(high: number, low: number): number {
  return ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992;
}

function expand(path: string): Uint32Array {
  const source = seedrandom(path);
  const words = Uint32Array.from({ length: 4 }, () => source.int32());
  if (words.every((word) => word === 0)) words[0] = 1; // the one state that the generator cannot leave
  return words;
}
