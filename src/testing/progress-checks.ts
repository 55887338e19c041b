/** Checks that a strategy gets somewhere: to optima in its family's budget, past random search, and through noise. */
import { Rng } from '../core/rng.js';
import { type Space, sampleStart } from '../core/space.js';
import type { AnyStrategy } from '../core/strategy.js';
import { type Demand, demandsOf, learningRates, regionTargets } from './budgets.js';
import { type Check, outcome, skipped, Trial } from './check.js';
import { bbobBox, optimumAt, over, rosenbrock, sphere, type TestObjective, withLosses } from './test-objectives.js';

const seeds = [1, 2, 3];

export const reachesSphere: Check = {
  name: 'sphere',
  claim: "reaches the optimum of the 5-D sphere, or its region if its card says so, in its family's budget, in two of three runs",
  input: (strategy) => inputOf(strategy, 'sphere'),
  run: (strategy) => reaches(strategy, 'sphere', (seed) => over(sphere, bbobBox(5), optimumAt(5, 4, seed))),
};

export const reachesRosenbrock: Check = {
  name: 'rosenbrock',
  claim:
    "reaches the optimum of the 2-D Rosenbrock function, or its region if its card says so, in its family's budget, in two of three runs",
  input: (strategy) => inputOf(strategy, 'rosenbrock'),
  run(strategy) {
    // f8 of BBOB: z = x - x_opt + 1, x_opt in [-3, 3]. A fixed step cannot come down the cliffs of the whole box:
    // strategies that follow gradients start close to the classical (-1.2, 1).
    if (strategy.family === 'gradient') return reaches(strategy, 'rosenbrock', () => over(rosenbrock, classicalStart));
    return reaches(strategy, 'rosenbrock', (seed) => {
      const shift = optimumAt(2, 3, seed).map((x) => x - 1);
      return over(rosenbrock, bbobBox(2), shift);
    });
  },
};

const classicalStart: Space = {
  ...bbobBox(2),
  start: [
    { offset: 0, length: 1, kind: 'normal', mean: -1.2, deviation: 0.1 },
    { offset: 1, length: 1, kind: 'normal', mean: 1, deviation: 0.1 },
  ],
};

function reaches(strategy: AnyStrategy, name: 'sphere' | 'rosenbrock', objective: (seed: number) => TestObjective) {
  const { evaluations, source, target } = demandOf(strategy, name);
  let best: { hits: number; text: string } = { hits: -1, text: '' };
  for (const options of optionsToTry(strategy)) {
    const trials = seeds.map((seed) => new Trial(strategy, objective(seed), { seed, options }).spend(evaluations, target));
    const hits = trials.filter((trial) => trial.best <= target).length;
    const runs = trials
      .map(({ best, spent, harness }) => {
        const stop = harness.stop();
        return `${best.toExponential(1)} after ${spent}${stop === undefined ? '' : `, where it ${stop === 'stagnation' ? 'stagnated' : stop}`}`;
      })
      .join(', ');
    const text = `${hits} of ${seeds.length} runs reached ${target.toExponential(1)} (${runs}; options ${JSON.stringify(options)})`;
    if (hits > best.hits) best = { hits, text };
  }
  return outcome(best.hits >= 2, `${best.text}; allowed: ${evaluations}, ${source}`);
}

function demandOf(strategy: AnyStrategy, name: 'sphere' | 'rosenbrock'): Demand {
  const demand = demandsOf(strategy)[name];
  return strategy.card.settles === 'region' ? { ...demand, target: Math.max(demand.target, regionTargets[name]) } : demand;
}

function inputOf(strategy: AnyStrategy, name: 'sphere' | 'rosenbrock'): string {
  const { evaluations, target } = demandOf(strategy, name);
  const dimension = name === 'sphere' ? 5 : 2;
  return `minimize ${name} in ${dimension} coordinates of [-5, 5] with seeds ${seeds.join(', ')}, budget { evaluations: ${evaluations}, target: ${target} }`;
}

/** Defaults; for a gradient strategy with a learning rate, each of three. */
function optionsToTry(strategy: AnyStrategy): object[] {
  if (strategy.family !== 'gradient') return [{}];
  const tuned = learningRates.map((learningRate) => ({ learningRate })).filter((options) => strategy.options.safeParse(options).success);
  return tuned.length > 0 ? tuned : [{}];
}

/** An annealer wanders at first, by design: it is compared when it has had time to cool. */
const evaluationsBeside = ({ family }: AnyStrategy) => (family === 'annealing' ? 40_000 : 2000);
/** One of few evaluations gets a tenth of those of random search, at most all that it makes. */
const evaluationsOf = (strategy: AnyStrategy) =>
  Math.min(strategy.card.largestBudget ?? Infinity, evaluationsBeside(strategy) / (strategy.card.largestBudget === undefined ? 1 : 10));

export const beatsRandom: Check = {
  name: 'beats-random',
  claim:
    'finds lower losses than random search with as many evaluations (with ten times as many where its card names a largest budget), on the 10-D sphere, in five of five runs',
  input: (strategy) =>
    `minimize the sphere in 10 coordinates of [-5, 5] with it, budget { evaluations: ${evaluationsOf(strategy)} }, and with random-search, budget { evaluations: ${evaluationsBeside(strategy)} }, seeds 1 to 5`,
  run(strategy) {
    if (strategy.family === 'random') return skipped('it is random search that the others are compared with');
    const evaluations = evaluationsBeside(strategy);
    const pairs = [1, 2, 3, 4, 5].map((seed) => {
      const objective = over(sphere, bbobBox(10), optimumAt(10, 4, seed));
      const own = Math.min(
        ...optionsToTry(strategy).map((options) => new Trial(strategy, objective, { seed, options }).spend(evaluationsOf(strategy)).best),
      );
      return { own, random: bestOfRandom(objective, evaluations, seed) };
    });
    const wins = pairs.filter(({ own, random }) => own < random).length;
    return outcome(
      wins === pairs.length,
      `${wins} of ${pairs.length} runs: ${pairs.map(({ own, random }) => `${own.toPrecision(2)} against ${random.toPrecision(2)}`).join(', ')}`,
    );
  },
};

function bestOfRandom(objective: TestObjective, evaluations: number, seed: number): number {
  const rng = Rng.seeded(seed).fork('random search');
  const values = new Float64Array(objective.space.dimension);
  const out = new Float64Array(1);
  let best = Number.POSITIVE_INFINITY;
  for (let n = 0; n < evaluations; n++) {
    sampleStart(objective.space, rng, values);
    objective.losses({ kind: 'dense', size: 1, dimension: values.length, values }, 0, out);
    best = Math.min(best, out[0]);
  }
  return best;
}

const evaluationsWithNoise = ({ card }: AnyStrategy) => Math.min(card.largestBudget ?? Infinity, 5000);

export const toleratesNoise: Check = {
  name: 'noise',
  claim: 'where its card says so, gets close to the optimum of the 5-D sphere although every loss is off by a normal number',
  input: (strategy) =>
    `minimize the sphere in 5 coordinates plus a standard normal number, seeds ${seeds.join(', ')}, budget { evaluations: ${evaluationsWithNoise(strategy)} }`,
  run(strategy) {
    if (strategy.card.noise !== 'tolerates') return skipped('its card says that noise misleads it');
    // The mean loss of a first point is 5 (25 + 16) / 3 = 68; noise has deviation 1.
    const objectives = seeds.map((seed) => ({ seed, exact: over(sphere, bbobBox(5), optimumAt(5, 4, seed)) }));
    const reached = objectives.map(({ seed, exact }) => {
      const rng = Rng.seeded(seed).fork('noise');
      const noisy = withLosses(exact, (loss) => loss + rng.normal());
      const { point } = new Trial(strategy, noisy, { seed }).spend(evaluationsWithNoise(strategy)).harness.data.best;
      const out = new Float64Array(1);
      exact.losses({ kind: 'dense', size: 1, dimension: 5, values: point }, 0, out);
      return out[0];
    });
    return outcome(
      reached.filter((loss) => loss <= 6.8).length >= 2,
      `exact losses at the best points: ${reached.map((loss) => loss.toPrecision(2)).join(', ')}; allowed: 6.8, a tenth of a random point's, in two of three`,
    );
  },
};
