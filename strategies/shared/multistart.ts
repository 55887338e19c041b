/**
 * Multistart of any strategy: several runs from different first points, side by side. They take turns, one question each, so that
 * a good basin is found early whichever run is in it; a run that has stopped leaves its turns to the others. Runs that pace themselves
 * are told their share of the budget.
 */
import { z } from 'zod';
import { checkStop } from '../../src/core/query-check.js';
import { startWithin } from '../../src/core/space-copy.js';
import type { AnyStrategy, Strategy } from '../../src/core/strategy.js';
import { extended } from './restarts.js';

interface MultistartState<State> {
  readonly runs: State[];
  /** Runs that have not stopped, in their order. */
  readonly going: number[];
  /** Which of `going` is asked. */
  turn: number;
}

const options = {
  starts: z.int().min(2).max(100_000).default(10).describe('Runs side by side. 2 to 100,000.'),
};

/** Bytes of a run's state that its own card need not count, such as a generator's words; of several runs they add up. */
const smallParts = 2048;

/**
 * `strategy` from several first points; takes its options and `starts`; its name becomes `multistart(NAME)`. Throws UsageError where
 * the strategy has an option of that name.
 */
export function multistart<Options, State>(
  strategy: Strategy<Options, State>,
): Strategy<Options & { starts: number }, MultistartState<State>> {
  const all = extended(strategy, options) as unknown as z.ZodType<Options & { starts: number }>;
  const inner: AnyStrategy = strategy;
  const { card } = strategy;
  return {
    name: `multistart(${strategy.name})`,
    title: `${strategy.title}, multistart`,
    family: strategy.family,
    reference: strategy.reference,
    card: {
      ...card,
      memory: (dimension, population) => options.starts.parse(undefined) * (card.memory(dimension, population) + smallParts),
    },
    options: all,
    ...(inner.largestDimension === undefined ? {} : { largestDimension: (given: Options) => inner.largestDimension?.(given) ?? 0 }),

    ...(inner.horizon === undefined ? {} : { horizon: inner.horizon, horizonShares: startsOf }),

    start: (space, given, rng) => ({
      runs: Array.from({ length: given.starts }, (_, k) => startWithin(inner, space, given, rng.fork(`run ${k + 1}`))),
      going: Array.from({ length: given.starts }, (_, k) => k),
      turn: 0,
    }),

    ask: ({ runs, going, turn }) => inner.ask(runs[going[turn]]),

    tell(state, answer) {
      const { runs, going, turn } = state;
      const run = runs[going[turn]];
      inner.tell(run, answer);
      // The last one stays, for there must be somebody to ask.
      if (checkStop(inner.name, inner.stop?.(run)) !== undefined && going.length > 1) going.splice(turn, 1);
      else state.turn++;
      if (state.turn >= going.length) state.turn = 0;
    },

    stop: ({ runs, going }) => (going.length === 1 ? inner.stop?.(runs[going[0]]) : undefined),
  };
}

/** Of options that are not checked yet. */
function startsOf(given: unknown): number {
  const { data } = options.starts.safeParse((given as { starts?: unknown }).starts);
  return data ?? 1;
}
