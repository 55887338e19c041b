import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';

/** xoshiro128** as its authors state it, in exact integers: the reference that the fast version must equal. */
function* reference(seed: readonly bigint[]): Generator<number> {
  const mask = 0xffffffffn;
  const rotate = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask;
  const s = [...seed];
  for (;;) {
    yield Number((rotate((s[1] * 5n) & mask, 7n) * 9n) & mask);
    const t = (s[1] << 9n) & mask;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11n);
  }
}

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const mean = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** Mean of f over draws, in standard errors from `expected`, the standard deviation of f given. */
const deviations = (xs: readonly number[], expected: number, sd: number) => Math.abs(mean(xs) - expected) / (sd / Math.sqrt(xs.length));

describe('the generator', () => {
  test.each([[[1, 2, 3, 4]], [[0xffffffff, 0x80000000, 1, 0]], [[0xdeadbeef, 0xcafebabe, 0x12345678, 0x9abcdef0]]])(
    'gives the numbers of xoshiro128** from state %j',
    (seed) => {
      const rng = new Rng('', Uint32Array.from(seed));
      const expected = reference(seed.map(BigInt));
      expect(draws(1000, () => rng.uint32())).toEqual(draws(1000, () => expected.next().value));
    },
  );

  test('starts with 2 * 5 rotated left by 7, times 9 = 11520, from state 1, 2, 3, 4', () => {
    expect(new Rng('', Uint32Array.of(1, 2, 3, 4)).uint32()).toBe(11520);
  });

  test('gives the same stream for the same seed, number or text, and another for another', () => {
    const [a, b, c] = [Rng.seeded(1), Rng.seeded('1'), Rng.seeded(2)].map((rng) => draws(10, () => rng.uint32()));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });
});

test.each([0, 1, 7, 511, 512, 1024, 5000])('%i numbers in bulk are those that come one by one, and leave the same stream', (count) => {
  const [single, bulk] = [Rng.seeded('bulk'), Rng.seeded('bulk')];
  const numbers = new Float64Array(count + 1).fill(9);
  const whole = new Int32Array(count + 1).fill(9);
  bulk.normals(numbers, count);
  expect([...numbers]).toEqual([...draws(count, () => single.normal()), 9]);
  bulk.uniforms(numbers, count);
  expect([...numbers]).toEqual([...draws(count, () => single.uniform()), 9]);
  bulk.draws(whole, count);
  expect([...whole]).toEqual([...draws(count, () => single.uint32() | 0), 9]);
  expect(bulk.words).toEqual(single.words);
});

describe('a fork', () => {
  test('depends on its path alone, not on what its parent has drawn', () => {
    const parent = Rng.seeded(7);
    const before = parent.fork('mutation');
    draws(100, () => parent.uint32());
    const after = parent.fork('mutation');
    expect(draws(10, () => after.uint32())).toEqual(draws(10, () => before.uint32()));
  });

  test.each([
    ['its parent', () => [Rng.seeded(7), Rng.seeded(7).fork('a')]],
    ['a sibling', () => [Rng.seeded(7).fork('a'), Rng.seeded(7).fork('b')]],
    ['its child', () => [Rng.seeded(7).fork('a'), Rng.seeded(7).fork('a').fork('a')]],
    ['the fork of the next seed', () => [Rng.seeded(7).fork('a'), Rng.seeded(8).fork('a')]],
  ])('is uncorrelated with %s', (_, make) => {
    const [a, b] = make();
    // The product of two independent uniforms on [-1/2, 1/2] has mean 0 and variance 1 / 144.
    const products = draws(100_000, () => (a.uniform() - 0.5) * (b.uniform() - 0.5));
    expect(deviations(products, 0, 1 / 12)).toBeLessThan(5);
  });
});

describe('uniform', () => {
  test('lies in [0, 1) with the moments of the uniform distribution', () => {
    const rng = Rng.seeded(3);
    const xs = draws(200_000, () => rng.uniform());
    expect(xs.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(deviations(xs, 1 / 2, Math.sqrt(1 / 12))).toBeLessThan(5);
    // Var(x^2) = 1/5 - 1/9
    expect(
      deviations(
        xs.map((x) => x * x),
        1 / 3,
        Math.sqrt(4 / 45),
      ),
    ).toBeLessThan(5);
  });

  test('has 53 random bits: the lowest is set about half of the time', () => {
    const rng = Rng.seeded(4);
    const lowest = draws(40_000, () => (rng.uniform() * 2 ** 53) % 2);
    expect(deviations(lowest, 1 / 2, 1 / 2)).toBeLessThan(5);
  });
});

describe('below', () => {
  // 3 * 2^30: without rejection, the lower half of the range would come up twice as often as the upper.
  test.each([2, 7, 10, 1000, 3 * 2 ** 30])('%i is unbiased over ten equal cells', (n) => {
    const rng = Rng.seeded(n);
    const cells = Math.min(n, 10);
    const counts = new Array(cells).fill(0);
    const count = 100_000;
    for (let i = 0; i < count; i++) counts[Math.floor((rng.below(n) / n) * cells)]++;
    const expected = counts.map((_, cell) => {
      const size = Math.ceil(((cell + 1) * n) / cells) - Math.ceil((cell * n) / cells);
      return (count * size) / n;
    });
    const chiSquare = counts.reduce((sum, seen, cell) => sum + (seen - expected[cell]) ** 2 / expected[cell], 0);
    expect(chiSquare).toBeLessThan(45); // 9 degrees of freedom or fewer: chance 1e-6
  });

  test('accepts 1 and 2^32', () => {
    const rng = Rng.seeded(1);
    expect(rng.below(1)).toBe(0);
    expect(rng.below(2 ** 32)).toBeLessThan(2 ** 32);
  });
});

test('chance(p) is uniform() < p, also where the two are equal, next to each other, or p is not a probability', () => {
  const rng = Rng.seeded('chance');
  for (let i = 0; i < 1000; i++) {
    const draw = new Rng('', rng.words.slice()).uniform();
    for (const p of [draw, draw + 2 ** -53, draw - 2 ** -53, 0.5, 0, 1, -1, Infinity, Number.NaN]) {
      expect(new Rng('', rng.words.slice()).chance(p)).toBe(draw < p);
    }
    rng.chance(0.5);
  }
});

test('normal has mean 0, variance 1, no skew and kurtosis 3', () => {
  const rng = Rng.seeded(5);
  const xs = draws(200_000, () => rng.normal());
  // E x^2k of a standard normal: 1, 3, 15, 105 for k = 1 .. 4; the variance of x^k is E x^2k - (E x^k)^2.
  for (const [power, expected, variance] of [
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
  ]) {
    const powers = xs.map((x) => x ** power);
    expect(deviations(powers, expected, Math.sqrt(variance))).toBeLessThan(5);
  }
  // P(|x| > 1.959964) = 0.05
  const tails = xs.map((x) => (Math.abs(x) > 1.959964 ? 1 : 0));
  expect(deviations(tails, 0.05, Math.sqrt(0.05 * 0.95))).toBeLessThan(5);
});

test('laplace has mean 0, mean absolute value 1 and variance 2', () => {
  const rng = Rng.seeded(6);
  const xs = draws(200_000, () => rng.laplace());
  // E |x|^k = k!
  expect(deviations(xs, 0, Math.sqrt(2))).toBeLessThan(5);
  expect(deviations(xs.map(Math.abs), 1, 1)).toBeLessThan(5);
  expect(
    deviations(
      xs.map((x) => x * x),
      2,
      Math.sqrt(20),
    ),
  ).toBeLessThan(5);
});

test('shuffle makes each of the 24 orders of four items equally often', () => {
  const rng = Rng.seeded(8);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const items = [0, 1, 2, 3];
    rng.shuffle(items);
    counts.set(items.join(''), (counts.get(items.join('')) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  const chiSquare = [...counts.values()].reduce((sum, seen) => sum + (seen - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(76); // 23 degrees of freedom: chance 1e-7
});
