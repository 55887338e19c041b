/**
 * The problems and solvers of `rios-sahinidis`. The 502 problems of the review are not at hand; ours are eight functions in a box, two
 * of each class and of any size, and those of Moré and Wild.
 */
import { expressionId } from '../../src/problems/expression/problem.js';
import type { StudyResults } from '../../src/study/results.js';

type Solved = Pick<StudyResults, 'problems' | 'strategies' | 'runs'>;

const low = -5;
const high = 5;

/** Where the terms of a function have their least value: away from the middle, from the bounds and from one another. */
export function placeOf(i: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  return Number((0.8 * (low + (high - low) * ((i * golden) % 1))).toFixed(3));
}

function away(i: number): string {
  const place = placeOf(i);
  return `abs(x${i}${place < 0 ? '+' : '-'}${Math.abs(place)})`;
}

const each = (dimension: number, term: (i: number) => string, from = 1) =>
  Array.from({ length: dimension + 1 - from }, (_, k) => term(from + k));

/** Not smooth, least value 0. */
const formulas: readonly { readonly convex: boolean; readonly formula: (dimension: number) => string }[] = [
  { convex: true, formula: (n) => each(n, away).join('+') },
  { convex: true, formula: (n) => `max(${each(n, away).join(',')})` },
  { convex: false, formula: (n) => each(n, (i) => `sqrt(${away(i)})`).join('+') },
  // Rosenbrock's valley with absolute values in place of squares
  { convex: false, formula: (n) => each(n, (i) => `10*abs(x${i}-x${i - 1}^2)+abs(1-x${i - 1})`, 2).join('+') },
];

const smooth = ['sphere', 'ellipsoid', 'rosenbrock', 'rastrigin'];

export function boxedFormula(formula: string, dimension: number): string {
  return expressionId({ expression: formula, bounds: each(dimension, (i) => `x${i}:${low}..${high}`).join(', ') });
}

/** What expressions do not tell of themselves, by id. */
function ownFormulas(dimension: number): Map<string, { readonly convex: boolean }> {
  return new Map(formulas.map(({ convex, formula }) => [boxedFormula(formula(dimension), dimension), { convex }]));
}

/** The smooth ones tell where their optimum is, so that a start near it can be given. */
export const smoothBoxed = (sizes: readonly number[]) => sizes.flatMap((size) => smooth.map((name) => `${name}:d${size}`));

/** Two of each class, of every size. */
export const boxed = (sizes: readonly number[]) => sizes.flatMap((size) => [...smoothBoxed([size]), ...ownFormulas(size).keys()]);

export const moreWild = (numbers: readonly number[]) => numbers.flatMap((k) => [`more-wild:${k}`, `more-wild:${k}:nondiff`]);

/** Several studies as one, with the classes and the optimum of our formulas. */
export function together(studies: readonly Solved[]): Solved {
  const problems = new Map(studies.flatMap((study) => study.problems).map((problem) => [problem.id, problem]));
  for (const [id, problem] of problems) {
    const own = id.startsWith('expression') ? ownFormulas(problem.dimension).get(id) : undefined;
    if (own !== undefined) problems.set(id, { ...problem, optimum: 0, classes: { smooth: false, convex: own.convex } });
  }
  const strategies = new Map(studies.flatMap((study) => study.strategies).map((strategy) => [strategy.label, strategy]));
  const order = solvers.map(({ name }) => name);
  return {
    problems: [...problems.values()],
    strategies: [...strategies.values()].sort((a, b) => order.indexOf(a.label) - order.indexOf(b.label)),
    runs: studies.flatMap((study) => study.runs),
  };
}

export interface Solver {
  readonly name: string;
  readonly family: 'local' | 'global deterministic' | 'global stochastic' | 'multistart';
  /** Divides a box: needs bounds, and begins at no given point. */
  readonly boxed?: boolean;
  /** Solves systems as large as the problem at every step: work grows with the cube of the size. */
  readonly cubic?: boolean;
}

export const solvers: readonly Solver[] = [
  { name: 'nelder-mead', family: 'local' },
  { name: 'pattern-search', family: 'local' },
  { name: 'mads', family: 'local' },
  { name: 'quadratic-trust-region', family: 'local', cubic: true },
  { name: 'direct', family: 'global deterministic', boxed: true },
  { name: 'mcs', family: 'global deterministic', boxed: true },
  { name: 'simulated-annealing', family: 'global stochastic' },
  { name: 'cma-es', family: 'global stochastic' },
  { name: 'de', family: 'global stochastic' },
  { name: 'pso', family: 'global stochastic' },
  { name: 'multistart(nelder-mead)', family: 'multistart' },
  { name: 'multistart(quadratic-trust-region)', family: 'multistart', cubic: true },
];

/** As in the review, whose global solvers are deterministic, stochastic, or a local one from many starts. */
export const isLocal = (label: string) => solvers.some(({ name, family }) => name === label && family === 'local');
export const isGlobal = (label: string) => solvers.some(({ name, family }) => name === label && family !== 'local');

/** Those that can run without bounds and from a given point. Multistart of the costly model is left to the boxes. */
export const startable = solvers.filter(
  ({ boxed: needsBox, cubic, family }) => needsBox !== true && !(cubic === true && family === 'multistart'),
);

export const cheap = solvers.filter(({ cubic }) => cubic !== true);
