/** The kernels for search distributions give the bits of their plain twins, in whatever length, and write nothing beside their rows. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Rng } from '../../src/core/rng.js';
import type { Space, Vector } from '../../src/core/space.js';
import { addNoise, addOuter, addSquaredNoise, mirrorRows } from '../../src/kernels/estimate.js';
import { fillNormal } from '../../src/kernels/fill.js';
import { seedLanes } from '../../src/kernels/lanes.js';
import { homeOf, residentArrays } from '../../src/kernels/memory.js';
import * as fillTwin from '../../src/kernels/twins/fill.js';

const space: Space = { dimension: 1, precision: 'float32', start: [] };

/** The same normal numbers in resident and in ordinary arrays. */
function both(lengths: readonly number[], seed: number): [Vector[], Vector[]] {
  const near = residentArrays(space, lengths);
  expect(homeOf(near[0])).toBeDefined();
  const lanes = seedLanes(Rng.seeded(seed));
  for (const array of near) fillNormal(lanes, array);
  return [near, near.map((array) => array.slice())];
}

function same(near: readonly Vector[], far: readonly Vector[]): void {
  near.forEach((array, k) => {
    expect(Buffer.compare(Buffer.from(array.buffer, array.byteOffset, array.byteLength), Buffer.from(far[k].buffer))).toBe(0);
  });
}

const length = fc.integer({ min: 1, max: 70 });

test('mirrored rows and sums over noise', () => {
  fc.assert(
    fc.property(length, fc.integer({ min: 1, max: 4 }), fc.integer(), (n, pairs, seed) => {
      const arrays = both([n, n, n + 13, 2 * pairs * n, n], seed);
      const rng = Rng.seeded(seed);
      const offsets = Int32Array.from({ length: pairs }, () => rng.below(14));
      const weights = Float64Array.from({ length: pairs }, () => rng.normal());
      for (const [centre, deviations, noise, out, sum] of arrays) {
        mirrorRows(centre, deviations, noise, offsets, out);
        addNoise(sum, noise, offsets, weights);
        addSquaredNoise(sum, noise, offsets, weights);
      }
      same(...arrays);
    }),
  );
});

test('sums of outer products', () => {
  fc.assert(
    fc.property(length, length, fc.integer({ min: 1, max: 9 }), fc.integer(), (rows, columns, count, seed) => {
      const arrays = both([rows * columns + 9, count * (rows + 3), count * columns + 5], seed);
      for (const [sum, a, b] of arrays) {
        addOuter(sum, 4, { values: a, at: 1, step: rows + 2 }, { values: b, at: 5, step: columns }, rows, columns, count);
      }
      same(...arrays);
    }),
  );
});

test('normal numbers filled in place are those of the twin', () => {
  for (const n of [8, 16, 8200]) {
    const [array] = residentArrays(space, [n]);
    const expected = new Float32Array(n);
    const [lanes, others] = [seedLanes(Rng.seeded(1)), seedLanes(Rng.seeded(1))];
    fillNormal(lanes, array, 2, 3);
    fillTwin.fillNormal(others, expected, 2, 3);
    same([array], [expected]);
    expect(lanes).toEqual(others);
  }
});
