/**
 * What the optimum checks demand of each family: how close, and within how many evaluations.
 *
 * For strategies that use losses, the budget is three times the expected running time to 1e-8 of an entrant of that family in
 * BBOB-2009 (Hansen et al. 2010, https://doi.org/10.1145/1830761.1830790): f1 (sphere) in 5 and f8 (Rosenbrock) in 2 dimensions,
 * 15 runs each. By Markov's inequality a strategy as good as the entrant then misses in at most a third of its runs.
 */
import type { AnyStrategy, Family } from '../core/strategy.js';

export interface Demand {
  readonly target: number;
  readonly evaluations: number;
  readonly source: string;
}

export interface Demands {
  readonly sphere: Demand;
  readonly rosenbrock: Demand;
}

/** Three times the entrant's expected running time; without an entrant's name, a demand of our own. */
function bbob(entrant: string, time: number, target = 1e-8): Demand {
  return { target, evaluations: 3 * time, source: `3 times the running time of ${entrant} in BBOB-2009 (${time} to 1e-8)` };
}

const randomEvaluations = 20_000;

/**
 * Of n uniform points in a box of volume V, about n v(t) / V lie where f <= t, v(t) the volume there; at 5 expected points the
 * chance of none is exp(-5) = 0.7 %. Sphere in 5 dimensions: v = (8 / 15) pi^2 t^(5/2). Rosenbrock in 2: near the optimum an
 * ellipse of area 2 pi t / sqrt(det H), det H = 400.
 */
const randomShare = 5 / randomEvaluations;
const random: Demands = {
  sphere: {
    target: ((randomShare * 10 ** 5) / ((8 / 15) * Math.PI ** 2)) ** (2 / 5),
    evaluations: randomEvaluations,
    source: 'the volume of the ball that 5 of so many uniform points are expected in',
  },
  rosenbrock: {
    target: (randomShare * 10 ** 2 * Math.sqrt(400)) / (2 * Math.PI),
    evaluations: randomEvaluations,
    source: 'the area of the ellipse that 5 of so many uniform points are expected in',
  },
};

/**
 * Fixed-step gradient descent on a quadratic shrinks the error of an eigenvalue h by 1 - eta h a step, and needs eta < 2 / h.
 * At Rosenbrock's optimum h = 1001.6 and 0.399, so with eta = 1e-3 the loss falls by 1e-10 in ln(1e10) / (2 * 0.399e-3) = 29,000
 * steps; three times that, as for the others. The sphere (h = 2) at the smallest rate tried, 1e-3, takes 6,000.
 */
const gradient: Demands = {
  sphere: { target: 1e-8, evaluations: 18_000, source: '3 times ln(1e10) / (2 eta h), h = 2, eta = 1e-3' },
  rosenbrock: { target: 1e-8, evaluations: 87_000, source: '3 times ln(1e10) / (2 eta h), h = 0.399, eta = 1e-3' },
};

/** Families without an entrant of their own are held to the nearest one's. */
export const demands: Readonly<Record<Family, Demands>> = {
  gradient,
  random,
  'gradient estimated': { sphere: bbob('(1+1)-ES with one-fifth rule', 384), rosenbrock: bbob('(1+1)-ES with one-fifth rule', 12_728) },
  annealing: { sphere: bbob('GA', 198_046), rosenbrock: bbob('DASA', 105_172) },
  'direct search': { sphere: bbob('Nelder-Mead', 236), rosenbrock: bbob('Nelder-Mead', 137) },
  'global deterministic': { sphere: bbob('DIRECT', 2315), rosenbrock: bbob('DIRECT', 3370) },
  'model-based': { sphere: bbob('BFGS', 13), rosenbrock: bbob('BFGS', 124) },
  // The GA of 2009 reached Rosenbrock's 1e-8 in none of 15 runs of 201,240 evaluations. DASA searches along coordinates, as mutation
  // does; at 1e-5 random search would have to hit by a chance of 1 % in its time.
  genetic: { sphere: bbob('GA', 198_046), rosenbrock: bbob('DASA', 105_172, 1e-5) },
  'differential evolution': { sphere: bbob('DE-PSO', 3081), rosenbrock: bbob('EDA-PSO', 27_783) },
  swarm: { sphere: bbob('PSO', 6592), rosenbrock: bbob('PSO', 9105) },
  'evolution strategy': { sphere: bbob('BIPOP-CMA-ES', 726), rosenbrock: bbob('(1+1)-ES with one-fifth rule', 12_728) },
  'estimation of distribution': { sphere: bbob('BayEDA', 8548), rosenbrock: bbob('EDA-PSO', 27_783) },
};

/**
 * How close a strategy whose card says that it settles in a region must come, in its family's budget: on the sphere to a hundredth
 * of a first point's mean loss, 5 (25 + 16) / 3; on Rosenbrock's function to where random search is expected after 20,000 points,
 * which lies in the bent valley.
 */
export const regionTargets = { sphere: 0.68, rosenbrock: random.rosenbrock.target };

/** Strategies that are of another class than their family's entrant, and whose they are. */
const others: Readonly<Record<string, Partial<Demands>>> = {
  // Polls a mesh, without a model or a simplex that turns into the valley: as DIRECT, which divides one.
  mads: { rosenbrock: bbob('DIRECT', 3370) },
  // A deviation for each coordinate, and no path along which steps add up: it creeps along the bent valley as DASA does, which
  // searches along coordinates.
  snes: { rosenbrock: bbob('DASA', 105_172) },
};

/**
 * A strategy that makes only so many evaluations must reach in a hundredth of random search's what that is expected to: it thinks long
 * about each. No entrant of BBOB-2009 is of that class.
 */
function small(largestBudget: number): Demands {
  const evaluations = Math.min(largestBudget, randomEvaluations / 100);
  const source = `what random search reaches in ${randomEvaluations.toLocaleString('en')}; its card says at most ${largestBudget}`;
  return { sphere: { ...random.sphere, evaluations, source }, rosenbrock: { ...random.rosenbrock, evaluations, source } };
}

/** What is demanded of this strategy, by its family and budget; a family that is not known is held to what random search reaches. */
export function demandsOf({ name, family, card }: Pick<AnyStrategy, 'name' | 'family' | 'card'>): Demands {
  const inner = /^multistart\((.*)\)$/.exec(name)?.[1];
  if (inner !== undefined) return sideBySide(demandsOf({ name: inner, family, card }));
  if (card.largestBudget !== undefined) return small(card.largestBudget);
  return { ...(demands[family] ?? random), ...others[name] };
}

/** Runs that take turns need the budget of one each; by default there are ten. */
function sideBySide({ sphere, rosenbrock }: Demands): Demands {
  const each = (demand: Demand) => ({ ...demand, evaluations: 10 * demand.evaluations, source: `${demand.source}, for each of ten runs` });
  return { sphere: each(sphere), rosenbrock: each(rosenbrock) };
}

/** Learning rates that a gradient strategy may be given: the right one is a property of the problem. The budget is for each. */
export const learningRates: readonly number[] = [1e-1, 1e-2, 1e-3];
