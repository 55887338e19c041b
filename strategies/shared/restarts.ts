/**
 * Restarts of any strategy: when a run has converged, or goes on without getting better, the next begins from another first
 * point, with the options that a schedule gives it. Auger and Hansen 2005 (https://doi.org/10.1109/CEC.2005.1554902) showed what
 * they are worth. The harness keeps the best point of all runs.
 */
import { z } from 'zod';
import { UsageError } from '../../src/core/errors.js';
import { checkStop } from '../../src/core/query-check.js';
import type { Rng } from '../../src/core/rng.js';
import type { Space, Vector } from '../../src/core/space.js';
import { startWithin } from '../../src/core/space-copy.js';
import type { Reference, Strategy } from '../../src/core/strategy.js';

/** One run: the inner strategy's options, and the evaluations after which it ends in any case (default: no limit). */
export interface Run<Options> {
  readonly options: Options;
  readonly evaluations?: number;
}

/** Which run comes next. `Memory` is plain data, changed in place. */
export interface Schedule<Options, Memory> {
  /** Before the first run. */
  start(space: Space, options: Options): Memory;
  /** The next run; undefined ends them all. */
  next(memory: Memory, space: Space, options: Options, rng: Rng): Run<Options> | undefined;
  /** A run has ended after so many evaluations. */
  ended(memory: Memory, evaluations: number): void;
}

export interface RestartForm<Inner, Extra extends z.ZodRawShape, Memory> {
  readonly name: string;
  readonly title: string;
  readonly reference: Reference;
  /** Options beside the inner strategy's. */
  readonly options: Extra;
  readonly schedule: Schedule<Inner & z.output<z.ZodObject<Extra>>, Memory>;
}

export interface RestartState<Options, Inner, Memory> {
  readonly space: Space;
  readonly options: Options;
  readonly rng: Rng;
  readonly memory: Memory;
  inner: Inner;
  /** Runs begun. */
  runs: number;
  /** Evaluations of this run (a gradient counts as one), and the most that it may have. */
  spent: number;
  limit: number;
  /** Lowest loss of this run, and evaluations since it was found. */
  best: number;
  sinceBetter: number;
  finished: boolean;
}

/** The strategy that runs `inner` again and again by a schedule, under a name of its own. Takes the inner strategy's options and `form.options`. */
export function scheduled<Inner, InnerState, Extra extends z.ZodRawShape, Memory>(
  inner: Strategy<Inner, InnerState>,
  form: RestartForm<Inner, Extra, Memory>,
): Strategy<Inner & z.output<z.ZodObject<Extra>>, RestartState<Inner & z.output<z.ZodObject<Extra>>, InnerState, Memory>> {
  type Options = Inner & z.output<z.ZodObject<Extra>>;
  const { schedule, name, title, reference } = form;
  // Else an option of that name is the inner strategy's own.
  const restartsByPatience = 'patience' in form.options;
  /** The next run's state and limit; undefined when there is none. */
  const begin = (space: Space, options: Options, rng: Rng, memory: Memory, number: number) => {
    const run = schedule.next(memory, space, options, rng);
    if (run === undefined) return undefined;
    return { inner: startWithin(inner, space, run.options, rng.fork(`run ${number}`)), limit: run.evaluations ?? Infinity };
  };
  return {
    name,
    title,
    family: inner.family,
    reference,
    card: { ...inner.card, memory: (dimension, population) => inner.card.memory(dimension, population) + 16 * dimension },
    options: extended(inner, form.options) as unknown as z.ZodType<Options>,
    ...(inner.largestDimension === undefined ? {} : { largestDimension: (options: Options) => inner.largestDimension?.(options) ?? 0 }),
    ...(inner.horizon === undefined ? {} : { horizon: inner.horizon }),
    ...(inner.horizonShares === undefined ? {} : { horizonShares: (given: unknown) => inner.horizonShares?.(given) ?? 1 }),
    ...(inner.centre === undefined ? {} : { centre: (state: { inner: InnerState }) => inner.centre?.(state.inner) as Vector }),

    start(space, options, given) {
      const rng = given.fork('restarts');
      const memory = schedule.start(space, options);
      const first = begin(space, options, rng, memory, 1);
      if (first === undefined) throw new UsageError(`${name}: its schedule has no first run.`);
      return { space, options, rng, memory, ...first, runs: 1, spent: 0, best: Infinity, sinceBetter: 0, finished: false };
    },

    ask: (state) => inner.ask(state.inner),

    tell(state, answer) {
      const count = answer.kind === 'losses' ? answer.losses.length : 1;
      state.spent += count;
      state.sinceBetter += count;
      const lowest = answer.kind === 'losses' ? least(answer.losses) : answer.kind === 'gradient' ? answer.loss : Infinity;
      if (lowest < state.best) {
        state.best = lowest;
        state.sinceBetter = 0;
      }
      inner.tell(state.inner, answer);
      const patience = restartsByPatience ? (state.options as { patience?: number }).patience : undefined;
      const over = state.spent >= state.limit || (patience !== undefined && state.sinceBetter >= patience);
      if (!over && checkStop(inner.name, inner.stop?.(state.inner)) === undefined) return;
      schedule.ended(state.memory, state.spent);
      const next = begin(state.space, state.options, state.rng, state.memory, state.runs + 1);
      state.finished = next === undefined;
      if (next === undefined) return;
      Object.assign(state, next, { runs: state.runs + 1, spent: 0, best: Infinity, sinceBetter: 0 });
    },

    stop: (state) => (state.finished ? 'converged' : undefined),
  };
}

const plain = {
  maximumRestarts: z
    .int()
    .min(0)
    .max(1e9)
    .default(1e9)
    .describe('Restarts after the first run. 0 to 1e9; by default the budget ends them.'),
  patience: z
    .int()
    .min(1)
    .max(1e12)
    .optional()
    .describe('Evaluations without a lower loss of the run after which it is ended. Absent: a run ends when it has converged.'),
};

/**
 * `strategy`, started anew from other first points with the same options, and with `maximumRestarts` and `patience`; its name becomes
 * `restarted(NAME)`. Throws UsageError where the strategy has options of these names.
 *
 * @example
 * const { best } = await minimize('rastrigin:d5', restarted(await findStrategy('nelder-mead')), { budget: { evaluations: 20_000 } });
 */
export function restarted<Options, State>(strategy: Strategy<Options, State>) {
  return scheduled(strategy, {
    name: `restarted(${strategy.name})`,
    title: `${strategy.title}, restarted`,
    reference: strategy.reference,
    options: plain,
    schedule: {
      start: () => ({ runs: 0 }),
      next: (memory, _space, options) => (memory.runs++ > options.maximumRestarts ? undefined : { options }),
      ended: () => {},
    },
  });
}

/** The schema of a strategy's options with more of them. Throws UsageError where its options are no object, or have the same names. */
export function extended<Extra extends z.ZodRawShape>(strategy: Strategy<never, never> | { name: string; options: unknown }, extra: Extra) {
  if (typeof strategy !== 'object' || strategy === null) {
    throw new UsageError(
      `Restarts and multistart go around a strategy; got ${String(strategy)}. Of a name, await findStrategy(name) is one.`,
    );
  }
  if (!(strategy.options instanceof z.ZodObject)) {
    throw new UsageError(`The options of ${strategy.name} are no object schema (z.strictObject), so none can be added to them.`);
  }
  const taken = Object.keys(extra).filter((name) => name in (strategy.options as z.ZodObject).shape);
  if (taken.length > 0) {
    throw new UsageError(
      `${strategy.name} already has the ${taken.length === 1 ? 'option' : 'options'} ${taken.join(' and ')}, which restarts or multistart would add: use it as it is.`,
    );
  }
  return strategy.options.extend(extra);
}

function least(losses: Float64Array): number {
  let lowest = Infinity;
  for (let p = 0; p < losses.length; p++) if (losses[p] < lowest) lowest = losses[p];
  return lowest;
}
