/** The steps that SHADE and L-SHADE share, each against its formula. */
import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { boxSpace } from '../../src/core/space.js';
import { shade } from '../../strategies/shade.js';
import { goldenTrace } from './golden-trace.js';

type State = ReturnType<typeof shade.start>;

/** First points told, with losses 1, 2, 3, ... in their order. */
function started(options: object, dimension = 3, seed = 1): State {
  const state = shade.start(boxSpace(dimension, -1, 1), shade.options.parse(options), Rng.seeded(seed));
  shade.ask(state);
  shade.tell(state, { kind: 'losses', losses: Float64Array.from({ length: state.parents.size }, (_, i) => i + 1) });
  return state;
}

const tell = (state: State, losses: ArrayLike<number>) => shade.tell(state, { kind: 'losses', losses: Float64Array.from(losses) });
const lose = (state: State) => tell(state, new Float64Array(state.parents.size).fill(Infinity));

describe('the memory', () => {
  test('learns the means of what succeeded, weighted by how much it lowered the loss', () => {
    const state = started({ populationSize: 4, memorySize: 3 });
    shade.ask(state);
    state.scaleFactors.set([0.2, 0.9, 0.6, 0.7]);
    state.crossoverRates.set([0.1, 0.4, 0.8, 0.3]);
    tell(state, [0.5, 2.5, 1.5, 4]); // parents 1, 2, 3, 4: improvements 0.5, none, 1.5, a draw
    // weights 1/4 and 3/4; Lehmer mean of F: (0.04 + 3 * 0.36) / (0.2 + 3 * 0.6) = 1.12 / 2; mean of CR: (0.1 + 3 * 0.8) / 4
    expect(state.scaleFactorMemory[0]).toBeCloseTo(0.56, 14);
    expect(state.crossoverMemory[0]).toBeCloseTo(0.625, 14);
    expect([...state.scaleFactorMemory.subarray(1)]).toEqual([0.5, 0.5]);
    shade.ask(state);
    lose(state); // no success: nothing is learned
    expect(state.next).toBe(1);
    expect(state.generation).toBe(3);
  });

  test('counts a success after a failed evaluation as the largest finite one', () => {
    const state = started({ populationSize: 4, memorySize: 1 });
    state.losses[3] = Infinity;
    shade.ask(state);
    state.scaleFactors.set([0.2, 0.9, 0.6, 0.7]);
    tell(state, [0.5, 9, 9, 8]); // improvements 0.5, none, none, infinite
    expect(state.scaleFactorMemory[0]).toBeCloseTo((0.2 ** 2 + 0.7 ** 2) / (0.2 + 0.7), 14);
  });
});

test('F is Cauchy around M_F, redrawn while not positive and cut to 1; CR is normal around M_CR, cut to [0, 1]', () => {
  const state = started({ populationSize: 1000, memorySize: 1 }, 1);
  state.scaleFactorMemory[0] = 0.3;
  state.crossoverMemory[0] = 0.85;
  const F: number[] = [];
  const CR: number[] = [];
  for (let k = 0; k < 20; k++) {
    shade.ask(state);
    F.push(...state.scaleFactors);
    CR.push(...state.crossoverRates);
    lose(state);
  }
  const share = (values: number[], limit: number) => values.filter((value) => value <= limit).length / values.length;
  // Cauchy distribution function C(x) = 1/2 + atan((x - 0.3) / 0.1) / pi, given x > 0.
  const C = (x: number) => 0.5 + Math.atan((x - 0.3) / 0.1) / Math.PI;
  for (const x of [0.1, 0.25, 0.3, 0.4, 0.8, 0.999]) expect(Math.abs(share(F, x) - (C(x) - C(0)) / (1 - C(0)))).toBeLessThan(0.0142); // 4 deviations of 20,000 draws
  expect(Math.min(...F)).toBeGreaterThan(0);
  expect(Math.max(...F)).toBe(1);
  // Normal: Phi(-1) = 0.15866, Phi(0) = 0.5, Phi(1.5) = 0.93319.
  for (const [x, phi] of [
    [0.75, 0.15866],
    [0.85, 0.5],
    [0.9999999, 0.93319],
  ]) {
    expect(Math.abs(share(CR, x) - phi)).toBeLessThan(0.0142);
  }
  expect(Math.max(...CR)).toBe(1);
});

describe('the archive', () => {
  test('holds beaten parents alone, and r2 is drawn from it', () => {
    const state = started({ populationSize: 4, archiveRate: 1 }, 1);
    const x = [...state.parents.values];
    shade.ask(state);
    tell(state, [0.9, 2, 2.9, 5]); // 0 and 2 are beaten, 1 is drawn, 3 survives
    expect(state.archived).toBe(2);
    expect([...state.archive.subarray(0, 2)]).toEqual([x[0], x[2]]);
    // Trials x_i + F (x_pbest - x_i + x_r1 - x_r2), CR of no meaning in one coordinate: r2 of the archive must occur.
    const now = [...state.parents.values];
    const pool = [...now, x[0], x[2]];
    const seen = new Set<number>();
    for (let k = 0; k < 400; k++) {
      shade.ask(state);
      state.trials.values.forEach((u, i) => {
        const move = (u - now[i]) / state.scaleFactors[i];
        if (Math.abs(u) > 0.99) return; // met a bound, perhaps
        let found = -1;
        for (let b = 0; b < 4; b++)
          for (let r1 = 0; r1 < 4; r1++)
            for (let r2 = 0; r2 < 6; r2++) {
              if (r1 === i || r2 === i || r1 === r2) continue;
              if (Math.abs(now[b] - now[i] + now[r1] - pool[r2] - move) < 1e-9) found = r2;
            }
        if (found >= 0) seen.add(found);
      });
      lose(state);
    }
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('when a generation adds more than fit, all of them and the old ones have the same chance to stay', () => {
    const size = 6;
    const kept = new Array(size).fill(0);
    let old = 0;
    const repeats = 3000;
    for (let seed = 0; seed < repeats; seed++) {
      const state = started({ populationSize: size, archiveRate: 0.34 }, 1, seed); // round(0.34 * 6) = 2 rows
      state.archive.set([7, 8]);
      state.archived = 2;
      const x = [...state.parents.values];
      shade.ask(state);
      tell(state, new Array(size).fill(0)); // six successes and two old rows: each stays with probability 2 / 8
      for (const value of state.archive) {
        if (value >= 7) old++;
        else kept[x.indexOf(value)]++;
      }
    }
    // Binomial(3000, 1/4): deviation 24; of the two old ones together, at most sqrt(2) times that.
    for (const count of kept) expect(Math.abs(count - repeats / 4)).toBeLessThan(4 * 23.8);
    expect(Math.abs(old - repeats / 2)).toBeLessThan(4 * 33.6);
  });
});

test('a coordinate beyond a bound goes half way from the parent to the bound', () => {
  const state = started({ populationSize: 4, archiveRate: 0, memorySize: 1 }, 1);
  const x = [-0.9, 0.85, -0.8, 1];
  state.parents.values.set(x);
  state.scaleFactorMemory[0] = 50; // F is cut to 1
  const seen = new Set<string>();
  for (let k = 0; k < 200; k++) {
    shade.ask(state);
    state.trials.values.forEach((u, i) => {
      seen.add(`${i}: ${u.toFixed(9)}`);
      expect(Math.abs(u)).toBeLessThanOrEqual(1);
    });
    lose(state);
  }
  // Individual 0 following 0, r1 = 1, r2 = 2: -0.9 + 0.85 + 0.8 = 0.75, inside; r1 = 2, r2 = 1: -0.9 - 0.8 - 0.85, so (-0.9 - 1) / 2.
  expect(seen.has('0: 0.750000000')).toBe(true);
  expect(seen.has('0: -0.950000000')).toBe(true);
  expect(seen.has('0: -1.000000000')).toBe(false);
});

test('the share of best parents is drawn from 2 / N up to its largest', () => {
  const { settings } = started({ populationSize: 50 });
  expect(settings.leastShare).toBe(0.04);
  expect(settings.largestShare).toBe(0.2);
});

test('golden trace', async () => {
  expect(await goldenTrace(shade, { populationSize: 20 })).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 220.8442306627973, 33.31473028023897, 5.231120614944939,
  ]);
});
