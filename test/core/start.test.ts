/** Starts other than the problem's own: the same point for every strategy, and how far from it the other points are. */
import { describe, expect, test } from '@jest/globals';
import { decode, encode } from '../../src/core/codec.js';
import { Harness } from '../../src/core/harness.js';
import { restoreHarness } from '../../src/core/optimizer.js';
import { Rng } from '../../src/core/rng.js';
import { boxSpace, sampleStart, startDeviation, startMean } from '../../src/core/space.js';
import { startedAt } from '../../src/core/start.js';
import { findProblem } from '../../src/problems/registry.js';
import { allStrategies } from '../../src/study/strategy-registry.js';

const rng = () => Rng.seeded(3).fork('start');
const open = async (id: string) => (await findProblem(id)).open({ seed: 3, provider: 'cpu', threads: 1 });
const strategies = await allStrategies();

describe('a given start', () => {
  test('is the published one where there is one', async () => {
    const { space } = startedAt(await open('more-wild:7'), 'given', rng());
    expect([...(space.first ?? [])]).toEqual([-1.2, 1]); // Rosenbrock's own
  });

  test('is one draw within the bounds elsewhere, the same for all, and another for another seed', async () => {
    const objective = await open('sphere:d4');
    const first = (r: Rng) => [...(startedAt(objective, 'given', r).space.first ?? [])];
    const point = first(rng());
    expect(first(rng())).toEqual(point);
    expect(first(Rng.seeded(4).fork('start'))).not.toEqual(point);
    for (const x of point) expect(Math.abs(x)).toBeLessThanOrEqual(5);
  });

  test('is what the first draw gives; the next are around it', async () => {
    const { space } = startedAt(await open('sphere:d4'), 'given', rng());
    const start = [...(space.first ?? [])];
    const out = new Float64Array(8);
    const draws = Rng.seeded(1);
    sampleStart(space, draws, out, 4);
    expect([...out.subarray(4)]).toEqual(start);
    const sum = new Float64Array(4);
    const squares = new Float64Array(4);
    for (let k = 0; k < 4000; k++) {
      sampleStart(space, draws, out, 0);
      for (let i = 0; i < 4; i++) {
        sum[i] += (out[i] - start[i]) / 4000;
        squares[i] += (out[i] - start[i]) ** 2 / 4000;
      }
    }
    const wide = 10 / Math.sqrt(12); // the deviation of the problem's own uniform start in [-5, 5]
    for (let i = 0; i < 4; i++) {
      expect(Math.abs(sum[i])).toBeLessThan((4 * wide) / Math.sqrt(4000));
      expect(Math.sqrt(squares[i]) / wide).toBeGreaterThan(0.95);
      expect(Math.sqrt(squares[i]) / wide).toBeLessThan(1.05);
    }
  });
});

describe('a start near the optimum', () => {
  test('is the stated share of the way from it to the given start, and so are the deviations', async () => {
    const objective = await open('rastrigin:d3');
    const given = startedAt(objective, 'given', rng()).space.first ?? [];
    const { space } = startedAt(objective, { near: 0.125 }, rng());
    const optimum = objective.optimumAt ?? [];
    for (let i = 0; i < 3; i++) expect(space.first?.[i]).toBeCloseTo(optimum[i] + 0.125 * (given[i] - optimum[i]), 12);
    const deviation = new Float64Array(3);
    startDeviation(space, deviation);
    const own = new Float64Array(3);
    startDeviation(objective.space, own);
    for (let i = 0; i < 3; i++) expect(deviation[i]).toBeCloseTo(own[i] / 8, 12);
    const mean = new Float64Array(3);
    startMean(space, mean);
    expect([...mean]).toEqual([...(space.first ?? [])]);
  });

  test('needs the place of an optimum', async () => {
    const objective = await open('more-wild:15'); // Kowalik and Osborne's, whose minimizer has no formula
    expect(() => startedAt(objective, { near: 0.1 }, rng())).toThrow(/needs to know where that is/);
  });
});

/** They divide or cover the whole box, wherever a run is told to begin. */
const startless = new Set(['direct', 'gp-ei', 'mcs']);

describe.each(strategies.map(({ name }) => name))('%s', (name) => {
  const strategy = strategies.find((each) => each.name === name);
  test('begins where it is told', async () => {
    if (strategy === undefined) throw new Error(name);
    const objective = startedAt(await open('sphere:d3'), { near: 0.001 }, rng());
    const start = (objective.space.first ?? new Float64Array(3)).slice();
    const harness = Harness.start(strategy, objective.space, { seed: 5 });
    const query = harness.ask();
    const points = query?.kind === 'losses' ? query.population.values.subarray(0, 3 * query.population.size) : (query?.point ?? []);
    let least = Infinity;
    let most = 0;
    for (let at = 0; at < points.length; at += 3) {
      const distance = Math.hypot(...[0, 1, 2].map((i) => points[at + i] - start[i]));
      least = Math.min(least, distance);
      most = Math.max(most, distance);
    }
    const deviation = 0.001 * (10 / Math.sqrt(12));
    if (startless.has(name)) expect(most).toBeGreaterThan(1);
    else expect(most).toBeLessThan(40 * deviation); // the whole box is 1000 of them wide
    // those that search from a point begin at it, to the last bit
    if (points.length === 3 && !startless.has(name)) expect(least).toBe(0);
  });

  test('goes on from there after a save', async () => {
    if (strategy === undefined) throw new Error(name);
    const ask = (saved: boolean) => {
      const space = { ...boxSpace(3, -5, 5), first: Float64Array.of(1, 2, 3) };
      const harness = Harness.start(strategy, space, { seed: 5 });
      return (saved ? restoreHarness(decode(encode(harness.data)) as typeof harness.data, strategy) : harness).ask();
    };
    expect(encode(ask(true))).toEqual(encode(ask(false)));
  });
});
