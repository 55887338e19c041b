/** Checks that a strategy works wherever it is put: within bounds of every kind, through failed evaluations, in any dimension and precision. */
import { boundsPolicies } from '../core/bounds.js';
import { allFinite } from '../core/finite.js';
import type { Query } from '../core/query.js';
import { Rng } from '../core/rng.js';
import type { Precision, Space } from '../core/space.js';
import type { AnyStrategy } from '../core/strategy.js';
import { type Check, outcome, Trial } from './check.js';
import { bbobBox, normalSpace, optimumAt, over, sphere, withLosses } from './test-objectives.js';

const precisions: readonly Precision[] = ['float64', 'float32'];

export const staysInBounds: Check = {
  name: 'bounds',
  claim: 'asks only points inside the bounds, exactly, under every bounds policy, in both precisions, also where one side is open',
  input: () => 'minimize sum (x - 100)^2 within [0.1, 0.3], [-1000.7, 1e-3], and bounds open to one side; look at every asked coordinate',
  run(strategy) {
    let count = 0;
    for (const policy of boundsPolicies) {
      for (const precision of precisions) {
        for (const space of awkwardSpaces(strategy, precision)) {
          // The least loss is far outside: a strategy is drawn to the edge and beyond.
          const trial = new Trial(strategy, over(sphere, space, 100), { seed: 5, bounds: policy });
          for (let k = 0; k < 20; k++) {
            let outside = '';
            trial.step((query) => {
              outside ||= firstOutside(query, space);
              count++;
            });
            if (outside !== '') return outcome(false, `question ${k}, ${policy}, ${precision}: ${outside}`);
          }
        }
      }
    }
    return outcome(true, `${count} questions, every coordinate inside`);
  },
};

/** Bounds that are no float32 numbers, very uneven, and open to one side. */
function awkwardSpaces(strategy: AnyStrategy, precision: Precision): Space[] {
  const space = (sides: [number, number][]): Space => ({
    dimension: sides.length,
    precision,
    bounds: { lower: Float64Array.from(sides, ([low]) => low), upper: Float64Array.from(sides, ([, high]) => high) },
    start: sides.map(([low, high], offset) => ({
      offset,
      length: 1,
      kind: 'uniform',
      low: Math.max(low, Math.min(high, 1) - 3),
      high: Math.min(high, Math.max(low, -1) + 3),
    })),
  });
  const finite: [number, number][] = [
    [0.1, 0.3],
    [-1000.7, 1e-3],
    [0.7, 0.7000001],
  ];
  const open: [number, number][] = [
    [Number.NEGATIVE_INFINITY, 0.7],
    [0.1, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  ];
  return strategy.card.bounds === 'required' ? [space(finite)] : [space(finite), space([...finite, ...open])];
}

function firstOutside(query: Query, { bounds, dimension }: Space): string {
  if (bounds === undefined) return '';
  const values = query.kind === 'losses' ? query.population.values : query.point;
  const length = (query.kind === 'losses' ? query.population.size : 1) * dimension;
  for (let i = 0; i < length; i++) {
    const low = bounds.lower[i % dimension];
    const high = bounds.upper[i % dimension];
    if (!(values[i] >= low && values[i] <= high)) return `coordinate ${i % dimension} is ${values[i]}, outside [${low}, ${high}]`;
  }
  return '';
}

export const survivesFailures: Check = {
  name: 'failures',
  claim: 'survives losses that are NaN or infinite, all of a generation at first and a third of them later, and still gets better',
  input: () =>
    'minimize the sphere in 4 coordinates where every loss of the first three questions and a third of all others is NaN or infinite',
  run(strategy) {
    const rng = Rng.seeded(6);
    const bad = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const exact = over(sphere, bbobBox(4), optimumAt(4, 4, 6));
    const failing = withLosses(exact, (loss, p, step) => (step < 3 || rng.below(3) === 0 ? bad[(p + step) % 3] : loss));
    const trial = new Trial(strategy, failing, { seed: 6 });
    let first = Number.NaN;
    let finite = true;
    // As many questions as fill 2,000 evaluations, or as many as its card allows; and at least 30.
    const evaluations = Math.min(strategy.card.largestBudget ?? Infinity, 2000);
    for (let k = 0; k < 30 || trial.spent < evaluations; k++) {
      const going = trial.step((query) => {
        const values = query.kind === 'losses' ? query.population.values : query.point;
        finite &&= allFinite(values, 0, values.length);
      });
      if (!going) return outcome(false, `it asked for a coordinate that is not finite at question ${k}`);
      if (Number.isNaN(first) && Number.isFinite(trial.best)) first = trial.best;
    }
    const detail = `best loss ${first.toPrecision(3)} when the first finite ones came, ${trial.best.toPrecision(3)} after ${trial.spent} evaluations`;
    return outcome(finite && trial.best < first, detail);
  },
};

export const worksInDimensions: Check = {
  name: 'dimensions',
  claim: 'works in 1, 2, 1,000 and, where its card allows, 100,000 coordinates, in float64 and in float32',
  input: () => 'minimize the sphere from a normal start around 3: 20 questions, at 100,000 coordinates two',
  run(strategy) {
    const seen: string[] = [];
    for (const dimension of [1, 2, 1000, 100_000]) {
      if (dimension > strategy.card.largestDimension) continue;
      for (const precision of precisions) {
        const place = `${dimension} coordinates in ${precision}`;
        const bounded = strategy.card.bounds === 'required';
        const trial = new Trial(strategy, over(sphere, normalSpace(dimension, 3, 1, bounded, precision)), { seed: 7 });
        const questions = dimension > 1000 ? 2 : 20;
        let first = Number.NaN;
        for (let k = 0; k < questions; k++) {
          if (!trial.step()) return outcome(false, `${place}: it asked for a coordinate that is not finite`);
          if (k === 0) first = trial.best;
        }
        // One more question is enough for an improvement where there are few coordinates; many may need more than two.
        if (dimension <= 2 && !(trial.best < first)) {
          return outcome(false, `${place}: no better loss than the first question's ${first} in ${questions} questions`);
        }
        if (!Number.isFinite(trial.best)) return outcome(false, `${place}: the best loss is ${trial.best}`);
      }
      seen.push(dimension.toLocaleString('en'));
    }
    return outcome(true, `${seen.join(', ')} coordinates`);
  },
};
