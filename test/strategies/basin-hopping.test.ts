import { describe, expect, test } from '@jest/globals';
import type { Space } from '../../src/core/space.js';
import { basinHopping } from '../../strategies/basin-hopping.js';
import { Asking } from './asking.js';
import { goldenTrace } from './golden-trace.js';

/** 4 sum (r^-12 - r^-6) over all pairs of atoms. */
function lennardJones(x: number[]): number {
  let energy = 0;
  for (let a = 0; a < x.length; a += 3) {
    for (let b = 0; b < a; b += 3) {
      const r2 = (x[a] - x[b]) ** 2 + (x[a + 1] - x[b + 1]) ** 2 + (x[a + 2] - x[b + 2]) ** 2;
      const s = 1 / (r2 * r2 * r2);
      energy += 4 * (s * s - s);
    }
  }
  return energy;
}

function around(dimension: number, reach: number): Space {
  return { dimension, precision: 'float64', start: [{ offset: 0, length: dimension, kind: 'uniform', low: -reach, high: reach }] };
}

// The Cambridge Cluster Database, table of Wales and Doye 1997. Six atoms: the octahedron; a second minimum lies at -12.302928.
test.each([
  [4, -6],
  [5, -9.103852],
  [6, -12.712062],
  [7, -16.505384],
])('finds the least energy of %i atoms, %f', (atoms, energy) => {
  const search = new Asking(basinHopping, around(3 * atoms, 1.2), { displacement: 0.6 });
  let best = Infinity;
  for (let evaluations = 0; best > energy + 1e-6 && evaluations < 300_000; evaluations++) {
    search.step((x) => {
      const loss = lennardJones(x);
      best = Math.min(best, loss);
      return loss;
    });
  }
  expect(best).toBeCloseTo(energy, 5);
});

describe('a hop', () => {
  /** Minima at the whole numbers, each 1 higher than the one before to its left. */
  const { round } = Math;
  const stairs = ([x]: number[]) => {
    const step = round(x);
    return step + 8 * (x - step) ** 2;
  };

  /** Runs until so many hops were decided. */
  function hops(search: Asking<unknown, { hops: number }>, count: number, each: () => void): void {
    for (let before = search.state.hops; search.state.hops < count; ) {
      search.step(stairs);
      if (search.state.hops !== before) each();
      before = search.state.hops;
    }
  }

  test('to a higher minimum is never taken at temperature 0, and to a lower one always', () => {
    const search = new Asking(basinHopping, around(1, 1), { temperature: 0, displacement: 2, adjustEvery: 10_000 });
    let last = Infinity;
    hops(search, 60, () => {
      expect(search.state.loss).toBeLessThanOrEqual(last);
      last = search.state.loss;
    });
    expect(last).toBeLessThan(-5);
  });

  test('is accepted uphill with probability exp(-1 / T) per step of the stairs, so that the way down is slower', () => {
    const search = new Asking(basinHopping, around(1, 1), { temperature: 1, displacement: 1.2, adjustEvery: 10_000 });
    let up = 0;
    let offered = 0;
    let last = Number.NaN;
    const { state } = search;
    // every hop's offer is read before its decision
    for (let before = 0; state.hops < 400; before = state.hops) {
      const [point] = search.ask();
      const [loss, found] = [state.loss, Math.min(state.foundLoss, stairs(point))];
      search.tell(stairs(point));
      if (state.hops !== before && before > 0 && Math.round(found - loss) === 1) {
        offered++;
        if (state.loss > loss) up++;
      }
      last = state.loss;
    }
    expect(last).toBeLessThan(0);
    expect(offered).toBeGreaterThan(30);
    const p = Math.exp(-1);
    expect(Math.abs(up / offered - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / offered));
  });

  test('becomes shorter by 0.9 where less than half were accepted, longer by 1 / 0.9 where more were', () => {
    const search = new Asking(basinHopping, around(1, 1), { temperature: 0, displacement: 1, adjustEvery: 5 });
    hops(search, 5, () => {});
    search.state.accepted = 0;
    expect([0.9, 1 / 0.9]).toContain(search.state.size);
    const before = search.state.size;
    search.state.loss = -Infinity; // nothing is lower
    hops(search, 10, () => {});
    expect(search.state.size).toBeCloseTo(0.9 * before, 12);
    search.state.loss = Infinity;
    hops(search, 15, () => {
      search.state.loss = Infinity; // everything is lower
    });
    expect(search.state.size).toBeCloseTo(before, 12);
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(basinHopping)).toEqual([
    706.0702951868878, 658.8194990785282, 364.9292478833156, 105.90659475045199, 11.859773038729456, 3.9860181190211232,
  ]);
  expect(await goldenTrace(basinHopping, { localSearch: 'nelder-mead', localTolerance: 0.01, temperature: 0.5 })).toEqual([
    706.0702951868878, 300.76651219273947, 50.71617117820516, 28.820550202057227, 5.092164203382735, 4.291248800416838,
  ]);
});
