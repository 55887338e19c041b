import { describe, expect, test } from '@jest/globals';
import { boxSpace } from '../../src/core/space.js';
import { deepGa, replay } from '../../strategies/deep-ga.js';
import { Asking } from './asking.js';
import { goldenTrace } from './golden-trace.js';

const sphere = (x: number[]) => x.reduce((sum, xi) => sum + xi * xi, 0);
const small = { populationSize: 30, truncation: 4, noiseTable: 2000 };

describe('deep-ga', () => {
  test.each(['float64', 'float32'] as const)('a genome replays to its parent, bit for bit, after many generations in %s', (precision) => {
    const asking = new Asking(deepGa, boxSpace(6, -3, 3, precision), small);
    for (let g = 0; g < 40; g++) asking.step(sphere);
    const { parents, genomes } = asking.state;
    expect(genomes).toHaveLength(4);
    expect(Math.max(...genomes.map((genome) => genome.length))).toBeGreaterThan(5);
    genomes.forEach((genome, t) => {
      const point = parents.slice(0, 6);
      replay(asking.state, genome, point);
      expect([...point]).toEqual([...parents.subarray(6 * t, 6 * t + 6)]);
    });
  });

  test('children are mutations of the best T, and the best itself is asked first again', () => {
    const asking = new Asking(deepGa, boxSpace(2, -3, 3), { ...small, units: 'absolute', mutationPower: 0.01 });
    const points = asking.step(sphere);
    const best = [...points].sort((a, b) => sphere(a) - sphere(b)).slice(0, 4);
    const children = asking.ask();
    expect(children[0]).toEqual(best[0]);
    const parents = new Set<number>();
    for (const child of children.slice(1)) {
      const distances = best.map((parent) => Math.hypot(child[0] - parent[0], child[1] - parent[1]));
      const nearest = distances.indexOf(Math.min(...distances));
      parents.add(nearest);
      // 0.01 times a normal vector of two coordinates: longer than 0.06 with a chance of exp(-18)
      expect(distances[nearest]).toBeLessThan(0.06);
    }
    expect(parents.size).toBe(4);
  });

  test('the best never gets worse', () => {
    const asking = new Asking(deepGa, boxSpace(5, -3, 3), small);
    let last = Infinity;
    for (let g = 0; g < 30; g++) {
      const best = Math.min(...asking.step(sphere).map(sphere));
      expect(best).toBeLessThanOrEqual(last);
      last = best;
    }
    expect(last).toBeLessThan(0.5);
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(deepGa, small)).toEqual([
    1000.5791511539567, 1000.5791511539567, 1000.5791511539567, 291.9481597806056, 199.34049125353488, 89.20928412660332,
  ]);
});
