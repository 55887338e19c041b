import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { boxSpace } from '../../src/core/space.js';
import { initialPopulation, lShade } from '../../strategies/l-shade.js';
import { published } from '../../verify/shared/bent-cigar.js';
import { goldenTrace } from './golden-trace.js';

test('bent cigar in 10 coordinates: the errors of the authors’ program', async () => {
  // 11 runs against their 30. At 20,000 evaluations single runs spread over a factor 10; medians of 11 over about 1.3.
  const { dimension, maxEvaluations, at, medians } = published[0];
  const checkpoints = at.filter((used) => used <= 31_698);
  const runs = await runsApart(dimension, maxEvaluations, checkpoints, 11);
  checkpoints.forEach((used, k) => {
    const ours = runs.map((run) => run[k]).sort((a, b) => a - b)[5];
    expect({ used, within: ours / medians[k] > 1 / 2 && ours / medians[k] < 2, ours }).toMatchObject({ used, within: true });
  });
});

/** In a process of its own: within Jest's sandbox arithmetic on globals is many times slower. */
async function runsApart(dimension: number, maxEvaluations: number, at: readonly number[], seeds: number): Promise<number[][]> {
  const module = new URL('../../verify/shared/bent-cigar.js', import.meta.url).href;
  const program = `
    const { bentCigarRun } = await import(${JSON.stringify(module)});
    const runs = Array.from({ length: ${seeds} }, (_, k) => bentCigarRun(${dimension}, ${maxEvaluations}, ${JSON.stringify(at)}, k + 1));
    process.stdout.write(JSON.stringify(runs));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  return JSON.parse(stdout) as number[][];
}

test('the population shrinks linearly over the budget, from 18 D to 4, and keeps its best', () => {
  const state = lShade.start(boxSpace(10, -1, 1), lShade.options.parse({ maxEvaluations: 20_000 }), Rng.seeded(1));
  let used = 0;
  while (used < 21_000) {
    const query = lShade.ask(state);
    if (query.kind !== 'losses') throw new Error(query.kind);
    const { size, values } = query.population;
    // N = round((4 - 180) / 20,000 used + 180)
    expect(size).toBe(Math.max(4, Math.round(180 - (176 * used) / 20_000)));
    expect(values).toHaveLength(10 * size);
    const losses = new Float64Array(size);
    for (let i = 0; i < 10 * size; i++) losses[Math.floor(i / 10)] += values[i] * values[i];
    const before = Float64Array.from(state.losses);
    lShade.tell(state, { kind: 'losses', losses });
    const all = Float64Array.from(before, (loss, i) => Math.min(loss, losses[i])).sort();
    expect(Float64Array.from(state.losses).sort()).toEqual(all.subarray(0, state.parents.size));
    expect(state.archived).toBeLessThanOrEqual(Math.round(1.4 * state.parents.size));
    used += size;
  }
  expect(state.parents.size).toBe(4);
});

test('once no crossover succeeds but of single coordinates, a place of the memory keeps CR = 0', () => {
  const state = lShade.start(boxSpace(3, -1, 1), lShade.options.parse({ populationSize: 4, memorySize: 1 }), Rng.seeded(1));
  lShade.ask(state);
  lShade.tell(state, { kind: 'losses', losses: Float64Array.of(4, 4, 4, 4) });
  lShade.ask(state);
  state.scaleFactors.set([0.2, 0.6, 0.5, 0.5]);
  state.crossoverRates.set([0.1, 0.8, 0.5, 0.5]);
  lShade.tell(state, { kind: 'losses', losses: Float64Array.of(3, 1, 9, 9) });
  // weights 1/4 and 3/4: Lehmer means (0.01 + 3 * 0.64) / (0.1 + 3 * 0.8) and (0.04 + 3 * 0.36) / (0.2 + 3 * 0.6)
  expect(state.crossoverMemory[0]).toBeCloseTo(1.93 / 2.5, 14);
  expect(state.scaleFactorMemory[0]).toBeCloseTo(1.12 / 2, 14);
  lShade.ask(state);
  state.crossoverRates.fill(0);
  lShade.tell(state, { kind: 'losses', losses: Float64Array.of(2, 0.9, 9, 9) });
  lShade.ask(state);
  expect([...state.crossoverRates]).toEqual([0, 0, 0, 0]);
  state.crossoverRates.fill(0.9);
  lShade.tell(state, { kind: 'losses', losses: Float64Array.of(1, 0.8, 9, 9) });
  lShade.ask(state);
  expect([...state.crossoverRates]).toEqual([0, 0, 0, 0]);
});

test('the first population is 18 for each coordinate, within 1,800 individuals and 10 million numbers', () => {
  expect([1, 10, 100, 1000, 100_000].map(initialPopulation)).toEqual([18, 180, 1800, 1800, 100]);
});

test('golden trace', async () => {
  expect(await goldenTrace(lShade, { maxEvaluations: 300, populationSize: 30 })).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 220.8442306627973, 62.71580549312377, 16.361231454890067,
  ]);
});
