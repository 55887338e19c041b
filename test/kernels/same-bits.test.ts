/** The SIMD kernels, in place and on the stage, give the bits of their plain twins, whatever the length, place and values. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allFinite, allFinitePlain } from '../../src/core/finite.js';
import { Rng } from '../../src/core/rng.js';
import type { Space } from '../../src/core/space.js';
import { crossRows, type Mixing } from '../../src/kernels/crossover.js';
import { descend, descendPlainly } from '../../src/kernels/descent.js';
import { crossDonor, type Donor } from '../../src/kernels/difference.js';
import * as fill from '../../src/kernels/fill.js';
import { hitBatch, mutateRow, openHits } from '../../src/kernels/hits.js';
import { type Lanes, seedLanes } from '../../src/kernels/lanes.js';
import { homeOf, openStage, residentArrays } from '../../src/kernels/memory.js';
import { moveSwarm, type Swarm } from '../../src/kernels/swarm.js';
import * as crossoverTwin from '../../src/kernels/twins/crossover.js';
import * as differenceTwin from '../../src/kernels/twins/difference.js';
import * as fillTwin from '../../src/kernels/twins/fill.js';
import { moveParticle } from '../../src/kernels/twins/swarm.js';

const space: Space = { dimension: 1, precision: 'float32', start: [] };
const special = [0, -0, 1, -1, 1e-45, -1e-40, 3.4e38, -3.4e38, Infinity, -Infinity, NaN, 2 ** -126];

/** Short rows, rows around the blocks of 4 and 64, and rows of several pieces. */
const lengths = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 260 }) },
  { weight: 1, arbitrary: fc.constantFrom(8191, 8193, 20_003) },
);

type Numbers = Float32Array | Int32Array | Uint32Array;

/** The first place where the bits differ, -1 if none; every NaN is the same, because its bits are not defined. */
function firstDifference(a: Numbers, b: Numbers): number {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  const { is } = Object; // looked up once: a test's globals are slow
  for (let i = 0; i < a.length; i++) if (!is(a[i], b[i])) return i;
  return -1;
}

/** Normal numbers; if `wild`, a special one every few places. */
function fillRandomly(rng: Rng, array: Float32Array, wild: boolean): void {
  fill.fillNormal(seedLanes(rng.fork('values')), array);
  if (wild) for (let i = rng.below(6); i < array.length; i += 1 + rng.below(6)) array[i] = special[rng.below(special.length)];
}

test('this machine has SIMD, so that the other tests compare something', () => {
  expect(openStage()).toBeDefined();
  expect(homeOf(residentArrays(space, [4])[0])).toBeDefined();
});

test('the committed module is what its sources compile to', () => {
  const root = new URL('../../../', import.meta.url);
  const built = execFileSync(process.execPath, [new URL('scripts/build-kernels.mjs', root).pathname, '--print'], { encoding: 'utf8' });
  expect(built).toBe(readFileSync(new URL('src/kernels/kernels-wasm.ts', root), 'utf8'));
});

test('moveSwarm', () => {
  fc.assert(
    fc.property(lengths, fc.integer(), fc.boolean(), fc.boolean(), (dimension, seed, limited, wild) => {
      const size = 3;
      const n = size * dimension;
      const rng = Rng.seeded(seed);
      const pull = { inertia: rng.uniform(), cognitive: 2 * rng.uniform(), social: 2 * rng.uniform() };
      const informants = Int32Array.of(rng.below(3), rng.below(3), rng.below(3));
      const lanes = seedLanes(rng);
      const source = [n, n, n, limited ? dimension : 0].map((length) => new Float32Array(length));
      for (const [k, array] of source.slice(0, 3).entries()) fillRandomly(rng.fork(`array${k}`), array, wild);
      for (let i = 0; i < source[3].length; i++) source[3][i] = Math.abs(rng.normal());

      const run = (arrays: Float32Array[]) => {
        for (const [k, array] of arrays.entries()) array.set(source[k]);
        const [values, velocities, bests, limits] = arrays;
        const population = { kind: 'dense', size, dimension, values } as const;
        const swarm: Swarm = { population, velocities, bests, informants, limits, lanes: lanes.slice() };
        moveSwarm(swarm, pull);
        return [values, velocities, bests, swarm.lanes] as const;
      };
      const ordinary = run(source.map((array) => new Float32Array(array.length)));
      const resident = run(
        residentArrays(
          space,
          source.map((array) => array.length),
        ) as Float32Array[],
      );

      const [x, v, b, limits] = source.map((array) => array.slice());
      const twinLanes = lanes.slice();
      for (let p = 0; p < size; p++) {
        moveParticle(twinLanes, x, v, b, p * dimension, informants[p] * dimension, dimension, pull, limited ? limits : undefined);
      }
      for (const result of [ordinary, resident]) {
        expect(firstDifference(result[0], x)).toBe(-1);
        expect(firstDifference(result[1], v)).toBe(-1);
        expect(firstDifference(result[2], b)).toBe(-1);
        expect(firstDifference(result[3], twinLanes)).toBe(-1);
      }
    }),
    { numRuns: 60 },
  );
});

describe('crossRows', () => {
  const mixings: [Mixing, number][] = [
    ['uniform', 0],
    ['blend', 0.3],
    ['simulated-binary', 2],
    ['simulated-binary', 0],
    ['arithmetic', 0.7],
  ];
  test.each(mixings)('%s, %f', (mixing, amount) => {
    fc.assert(
      fc.property(lengths, fc.integer(), fc.boolean(), (n, seed, wild) => {
        const rng = Rng.seeded(seed);
        const lanes = seedLanes(rng);
        const source = new Float32Array(3 * n);
        const before = new Float32Array(3 * n);
        fillRandomly(rng.fork('parents'), source, wild);
        fillRandomly(rng.fork('children'), before, false);
        const run = (parents: Float32Array, children: Float32Array) => {
          const moved = lanes.slice();
          parents.set(source);
          children.set(before);
          crossRows(moved, mixing, amount, parents, 2, 0, children, 1, n);
          return { children, moved };
        };
        const ordinary = run(new Float32Array(3 * n), new Float32Array(3 * n));
        const [parents, children] = residentArrays(space, [3 * n, 3 * n]) as Float32Array[];
        const resident = run(parents, children);

        const expected = before.slice();
        const moved = lanes.slice();
        if (mixing === 'uniform') crossoverTwin.crossUniform(moved, source, 2 * n, 0, expected, n, n);
        else if (mixing === 'blend') crossoverTwin.crossBlend(moved, source, 2 * n, 0, expected, n, n, amount);
        else if (mixing === 'simulated-binary') crossoverTwin.crossSimulatedBinary(moved, source, 2 * n, 0, expected, n, n, amount);
        else crossoverTwin.crossArithmetic(source, 2 * n, 0, expected, n, n, amount);
        for (const result of [ordinary, resident]) {
          expect(firstDifference(result.children, expected)).toBe(-1);
          expect(firstDifference(result.moved, moved)).toBe(-1);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('crossDonor', () => {
  const rates = fc.constantFrom(0, 1e-12, 0.3, 0.9, 1 - 2 ** -32, 1 - 2 ** -40, 1);
  fc.assert(
    fc.property(lengths, rates, fc.integer(), fc.boolean(), fc.boolean(), (n, crossoverRate, seed, archived, wild) => {
      const rng = Rng.seeded(seed);
      const source = [4 * n, 3 * n, 2 * n].map((length) => new Float32Array(length));
      for (const [k, array] of source.entries()) fillRandomly(rng.fork(`array${k}`), array, wild && k < 2);
      const run = (arrays: readonly Float32Array[], cross: typeof crossDonor) => {
        for (const [k, array] of arrays.entries()) array.set(source[k]);
        const [parents, archive, trials] = arrays;
        const pool = archived ? archive : parents;
        const donor: Donor = { base: 1, toward: 3, plus: 0, minus: 2, pool, scaleFactor: 0.7, crossoverRate };
        const own = rng.fork('draws');
        cross(own, donor, parents, trials, 1, n);
        return { trials, words: own.words };
      };
      const expected = run(
        source.map((array) => array.slice()),
        differenceTwin.crossDonor,
      );
      for (const arrays of [
        source.map((array) => array.slice()),
        residentArrays(
          space,
          source.map((array) => array.length),
        ) as Float32Array[],
      ]) {
        const result = run(arrays, crossDonor);
        expect(firstDifference(result.trials, expected.trials)).toBe(-1);
        expect(result.words).toEqual(expected.words);
      }
    }),
    { numRuns: 100 },
  );
});

test('crossDonor takes every coordinate of the donor with rate 1, and none with rate 0', () => {
  const n = 101;
  const [parents, trials] = residentArrays(space, [4 * n, n]) as Float32Array[];
  fillRandomly(Rng.seeded(1), parents, false);
  const row = (p: number) => Float64Array.from(parents.subarray(p * n, (p + 1) * n));
  const [own, base, plus, minus] = [row(0), row(1), row(2), row(3)];
  const donor = (crossoverRate: number): Donor => ({
    base: 1,
    toward: 1,
    plus: 2,
    minus: 3,
    pool: parents,
    scaleFactor: 0.5,
    crossoverRate,
  });
  crossDonor(Rng.seeded(1), donor(1), parents, trials, 0, n);
  expect(trials).toEqual(Float32Array.from(base, (x, i) => x + 0.5 * (plus[i] - minus[i])));
  crossDonor(Rng.seeded(1), donor(0), parents, trials, 0, n);
  expect(trials).toEqual(Float32Array.from(own));
});

test('descend', () => {
  fc.assert(
    fc.property(lengths, fc.integer(), fc.boolean(), (n, seed, wild) => {
      const rng = Rng.seeded(seed);
      const [point, gradient] = [new Float32Array(n), new Float32Array(n)];
      fillRandomly(rng.fork('point'), point, wild);
      fillRandomly(rng.fork('gradient'), gradient, wild);
      const expected = point.slice();
      const rate = 10 ** (8 * rng.uniform() - 6);
      descend(point, gradient, rate);
      descendPlainly(expected, gradient, rate);
      expect(firstDifference(point, expected)).toBe(-1);
    }),
    { numRuns: 100 },
  );
});

test('mutateRow, over rows that end within a batch of hits, at its end and behind it', () => {
  const rates = fc.constantFrom(1, 0.9, 0.3, 0.02, 1e-4, 1e-9, 0);
  fc.assert(
    fc.property(fc.constantFrom(1, 3, 100, hitBatch, 5000), rates, fc.integer(), fc.boolean(), (n, rate, seed, wild) => {
      const rows = 4;
      const rng = Rng.seeded(seed);
      const source = new Float32Array(rows * n);
      const sizes = new Float32Array(n);
      fillRandomly(rng.fork('rows'), source, wild);
      fillRandomly(rng.fork('deviations'), sizes, wild);
      const run = (children: Float32Array, deviations: Float32Array, room: Float32Array[]) => {
        const hits = openHits(rng, rate, 'normal', room);
        children.set(source);
        deviations.set(sizes);
        for (let row = 0; row < rows; row++) {
          hits.scale = 0.7 / (row + 1);
          mutateRow(hits, children, row * n, n, deviations);
        }
        return { children, hits };
      };
      const plain = run(new Float32Array(rows * n), new Float32Array(n), []);
      const [children, deviations, ...room] = residentArrays(space, [rows * n, n, hitBatch, hitBatch]) as Float32Array[];
      const resident = run(children, deviations, room);
      expect(firstDifference(resident.children, plain.children)).toBe(-1);
      expect(resident.hits.ahead).toBe(plain.hits.ahead);
      expect(resident.hits.next).toBe(plain.hits.next);
      for (const key of ['gaps', 'steps', 'gapLanes', 'stepLanes'] as const) {
        expect(firstDifference(resident.hits[key], plain.hits[key])).toBe(-1);
      }
    }),
    { numRuns: 60 },
  );
});

test('allFinite', () => {
  const around = (from: number, length: number) => {
    const [values] = residentArrays(space, [length + from + 3]) as Float32Array[];
    values.fill(NaN, 0, from).fill(NaN, from + length);
    for (let i = from; i < from + length; i++) values[i] = [0, -0, 3.4028234663852886e38, -3.4028234663852886e38, 1e-45, 1][i % 6];
    return values;
  };
  for (let length = 1; length < 20; length++) {
    for (const from of [0, 1, 2]) {
      const values = around(from, length);
      expect(homeOf(values)).toBeDefined();
      expect(allFinite(values, from, from + length)).toBe(true);
      for (let i = from; i < from + length; i++) {
        for (const wrong of [NaN, Infinity, -Infinity]) {
          const kept = values[i];
          values[i] = wrong;
          expect(allFinite(values, from, from + length)).toBe(false);
          expect(allFinitePlain(values, from, from + length)).toBe(false);
          values[i] = kept;
        }
      }
    }
  }
});

test('allFinite of a long ordinary array, which goes through the stage', () => {
  for (const length of [1024, 8192, 8193, 20_003]) {
    const values = new Float32Array(length).fill(-3.4028234663852886e38);
    expect(homeOf(values)).toBeUndefined();
    expect(allFinite(values, 0, length)).toBe(true);
    for (const at of [0, 1, 1023, length - 1]) {
      for (const wrong of [NaN, Infinity, -Infinity]) {
        values[at] = wrong;
        expect(allFinite(values, 0, length)).toBe(false);
        values[at] = 0;
      }
    }
    expect(allFinite(values, 0, length)).toBe(true);
  }
});

describe('fills', () => {
  type Filler = (lanes: Lanes, out: Float32Array | Int32Array) => void;
  const fillers: { name: string; kernel: Filler; twin: Filler; out: (n: number) => Float32Array | Int32Array }[] = [
    {
      name: 'uniform',
      kernel: (lanes, out) => fill.fillUniform(lanes, out as Float32Array, -3, 7.1),
      twin: (lanes, out) => fillTwin.fillUniform(lanes, out as Float32Array, -3, 7.1),
      out: (n) => new Float32Array(n),
    },
    {
      name: 'normal',
      kernel: (lanes, out) => fill.fillNormal(lanes, out as Float32Array, 0.1, 2.3),
      twin: (lanes, out) => fillTwin.fillNormal(lanes, out as Float32Array, 0.1, 2.3),
      out: (n) => new Float32Array(n),
    },
    ...[-1e9, -9.49, -0.001, 0].map((factor) => ({
      name: `gaps, factor ${factor}`,
      kernel: (lanes: Lanes, out: Float32Array | Int32Array) => fill.fillGaps(lanes, out as Int32Array, factor),
      twin: (lanes: Lanes, out: Float32Array | Int32Array) => fillTwin.fillGaps(lanes, out as Int32Array, factor),
      out: (n: number) => new Int32Array(n),
    })),
  ];
  test.each(fillers)('$name', ({ kernel, twin, out }) => {
    fc.assert(
      fc.property(lengths, fc.integer(), (n, seed) => {
        const lanes = seedLanes(Rng.seeded(seed));
        const twinLanes = lanes.slice();
        const ownLanes = lanes.slice();
        const filled = out(n);
        const [room] = residentArrays(space, [n]);
        const inPlace = filled instanceof Int32Array ? new Int32Array(room.buffer, room.byteOffset, n) : (room as Float32Array);
        const expected = out(n);
        kernel(lanes, filled);
        kernel(ownLanes, inPlace);
        twin(twinLanes, expected);
        for (const result of [filled, inPlace]) expect(firstDifference(result, expected)).toBe(-1);
        for (const result of [lanes, ownLanes]) expect(firstDifference(result, twinLanes)).toBe(-1);
      }),
      { numRuns: 40 },
    );
  });
});
