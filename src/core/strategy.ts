/** The contract of a strategy: three functions over plain data. */
import type { z } from 'zod';
import type { DensePopulation, Population } from './population.js';
import type { Answer, Query } from './query.js';
import type { Rng } from './rng.js';
import type { Space, Vector } from './space.js';

export type Family =
  | 'gradient'
  | 'gradient estimated'
  | 'random'
  | 'annealing'
  | 'direct search'
  | 'global deterministic'
  | 'model-based'
  | 'genetic'
  | 'differential evolution'
  | 'swarm'
  | 'evolution strategy'
  | 'estimation of distribution';

export interface Reference {
  readonly authors: string;
  readonly year: number;
  readonly title: string;
  /** DOI or address. */
  readonly link?: string;
}

/** What a strategy needs and stands. The conformance suite holds it to every word. */
export interface Card {
  readonly needs: 'losses' | 'gradient';
  /** `required`: the harness refuses a space without finite bounds. `respected`: works with and without. */
  readonly bounds: 'required' | 'respected';
  /** Whether it keeps working when the same point gives different losses. */
  readonly noise: 'tolerates' | 'misled';
  /**
   * Where a run ends up. `optimum` (default): its steps shrink by themselves, to as close as numbers allow. `region`: they have a
   * size that was set beforehand, as is usual for large noisy problems, so that it settles about a step away from an optimum.
   */
  readonly settles?: 'optimum' | 'region';
  /** Largest dimension that it accepts with its default options; beyond it the harness refuses in words before `start` allocates anything. */
  readonly largestDimension: number;
  /**
   * For strategies that make much of few evaluations: the most that it makes with its default options, after which it has converged.
   * The conformance suite then asks for more progress in fewer evaluations. Default: no limit.
   */
  readonly largestBudget?: number;
  /** Bytes of state, as a function of dimension and population size. */
  memory(dimension: number, population: number): number;
  /** Arithmetic operations of ask and tell together for one generation. */
  work(dimension: number, population: number): number;
  /** Properties that the conformance suite then proves. */
  readonly invariances: readonly Invariance[];
}

/** translation: shifting objective and start together; order: any increasing change of the losses; rotation: of the coordinates. */
export type Invariance = 'translation' | 'order' | 'rotation';

/** Why a strategy ends its run by itself: its steps have become too small; nothing got better for long; its numbers have run away. */
export const ownStopReasons = ['converged', 'stagnation', 'diverged'] as const;
export type OwnStopReason = (typeof ownStopReasons)[number];

/** Why a run ended. `converged` comes from a strategy alone; the harness has the budget's reasons, and `diverged` where what is asked is not finite. */
export type StopReason = OwnStopReason | 'target' | 'evaluations' | 'sample-passes' | 'seconds' | 'interrupted';

/** `Asked`: the kind of population that it asks; the harness writes described ones out for objectives that take only dense ones. */
export interface Strategy<Options = unknown, State = unknown, Asked extends Population = DensePopulation> {
  /** Registered name, kebab-case; also the file's name. */
  readonly name: string;
  readonly title: string;
  readonly family: Family;
  readonly reference: Reference;
  readonly card: Card;
  /** Every option with its default, range and meaning (`.describe()`). Parsed from `{}` it gives the defaults. */
  readonly options: z.ZodType<Options>;
  /** The largest dimension with these options, where it depends on them. Without it: the card's for all. */
  largestDimension?(options: Options): number;
  /** The option that says how many evaluations a run will have: where it is left out, `minimize` fills it in from the run's budget. */
  readonly horizon?: string;
  /** Among how many runs that take turns the budget is shared, of options as they were given: each one's horizon is its share. Default 1. */
  horizonShares?(options: unknown): number;
  /** `State` is plain data: numbers, strings, booleans, typed arrays, `Rng`s, and objects and arrays of these. */
  start(space: Space, options: Options, rng: Rng): State;
  /** The next question. The harness repairs its points in place (bounds, max-norm) before they are evaluated. */
  ask(state: State): Query<Asked>;
  /** The answer to the last question. */
  tell(state: State, answer: Answer): void;
  /**
   * Where the search distribution is centred, for strategies that have one: D numbers, not to be kept. Where losses are of
   * minibatches it is measured in place of the last question's best candidate, whose loss is partly luck.
   */
  centre?(state: State): Vector;
  /** Called before each question; a reason ends the run, undefined goes on. Another answer is an error. */
  stop?(state: State): OwnStopReason | undefined;
}

/** A strategy whose type parameters do not matter to the holder. */
// biome-ignore lint/suspicious/noExplicitAny: the state and options of a strategy are its own
export type AnyStrategy = Strategy<any, any, any>;

/** Keeps the type parameters of a strategy written as an object literal. */
export function defineStrategy<Options, State, Asked extends Population = DensePopulation>(
  strategy: Strategy<Options, State, Asked>,
): Strategy<Options, State, Asked> {
  return strategy;
}
