/** A strategy bound to a space, options and a seed, for programs that evaluate by themselves: ask, evaluate, tell. */
import type { Cost } from './budget.js';
import { decode, encode } from './codec.js';
import { StoreError, StrategyError, UsageError } from './errors.js';
import { type Best, Harness, type HarnessData, type HarnessSettings } from './harness.js';
import type { Query } from './query.js';
import { checkSettings, checkStrategy } from './settings-check.js';
import { allocate, type Space, type Vector } from './space.js';
import type { AnyStrategy, StopReason } from './strategy.js';
import { checkTold, type Told } from './told.js';

export type OptimizerSettings = HarnessSettings;

const settingNames = Object.keys({
  options: true,
  seed: true,
  bounds: true,
  regularization: true,
  passesPerEvaluation: true,
  described: true,
} satisfies Readonly<Record<keyof OptimizerSettings, true>>);

/**
 * @example
 * const optimizer = new Optimizer(pso, boxSpace(10, -5, 5), { seed: 7 });
 * while (optimizer.best.loss > 1e-8) {
 *   const query = optimizer.ask();
 *   if (query.kind === 'losses') optimizer.tell(evaluate(query.population));
 * }
 */
export class Optimizer {
  private readonly harness: Harness;

  /** Throws UsageError on settings and options that are unknown or out of range, and on a space that the strategy's card does not allow. */
  constructor(strategy: AnyStrategy, space: Space, settings?: OptimizerSettings);
  /** For `restore`. */
  constructor(harness: Harness);
  constructor(strategy: AnyStrategy | Harness, space?: Space, settings: OptimizerSettings = {}) {
    checkSettings('Optimizer', settings, settingNames);
    this.harness = strategy instanceof Harness ? strategy : Harness.start(strategy, space as Space, settings);
  }

  /** The strategy's next question, its points repaired. Asked again before an answer, the same question. Throws StrategyError when it diverged. */
  ask(): Query {
    const query = this.harness.ask();
    if (query === undefined) {
      throw new StrategyError(
        `${this.harness.strategy.name} has diverged: it asked for a coordinate that is not a finite number. best still holds the best point; start again with smaller steps.`,
      );
    }
    return query;
  }

  /** The answer to the last question. Losses may be NaN or infinite: they rank last. Throws UsageError when it does not fit the question. */
  tell(told: Told): void {
    const { harness } = this;
    const { query, space } = harness.data;
    if (query === undefined)
      throw new UsageError('tell() before ask(): there is no open question. Call ask(), evaluate its points, then tell().');
    const answer = checkTold(told, query, space);
    switch (answer.kind) {
      case 'losses':
        harness.receiveLosses(answer.losses, answer.losses.length);
        break;
      case 'gradient':
        harness.receiveGradient(answer.loss, answer.gradient);
        break;
      case 'responses':
        harness.receiveResponses(answer.layers);
    }
    harness.keepBest();
    harness.pass();
  }

  /** The lowest loss told so far, and its point. */
  get best(): Best {
    return this.harness.data.best;
  }

  /**
   * Where the search stands: the centre of the search distribution, from when it has learned, for strategies that have one; the open
   * question's point for those that follow gradients; else the best point. A copy.
   */
  get centre(): Vector {
    const { harness } = this;
    const { query, space, best } = harness.data;
    const point = allocate(space, space.dimension);
    if (harness.centre(point)) return point;
    point.set(query !== undefined && query.kind !== 'losses' ? query.point : best.point);
    return point;
  }

  /** What was spent so far; `secondsEvaluate` stays 0, for evaluation is the caller's. */
  get cost(): Readonly<Cost> {
    return this.harness.data.cost;
  }

  /** The strategy's options, defaults filled in. */
  get options(): unknown {
    return this.harness.data.options;
  }

  /** Why to stop: the strategy's own reason, or that it diverged; undefined to go on. */
  stop(): StopReason | undefined {
    return this.harness.stop();
  }

  /** Everything, at any moment, as bytes: restored, the run continues bit for bit. */
  save(): Uint8Array {
    return encode(this.harness.data);
  }

  /** Throws StoreError on bytes that are damaged or were not saved by an optimizer of this strategy, UsageError on what are no bytes or no strategy. */
  static restore(bytes: Uint8Array, strategy: AnyStrategy): Optimizer {
    checkStrategy(strategy);
    return new Optimizer(restoreHarness(decode(bytes), strategy));
  }
}

/** Checks that decoded data is a harness's, and of this strategy. */
export function restoreHarness(data: unknown, strategy: AnyStrategy): Harness {
  const saved = data as Partial<HarnessData> | null | undefined;
  if (
    typeof saved !== 'object' ||
    saved === null ||
    typeof saved.strategy !== 'string' ||
    saved.space === undefined ||
    saved.cost === undefined
  ) {
    throw new StoreError('These saved bytes hold no optimizer. Give the bytes that save() returned.');
  }
  if (saved.strategy !== strategy.name) {
    throw new StoreError(`These bytes were saved by strategy ${saved.strategy}; they cannot be restored with ${strategy.name}.`);
  }
  return new Harness(strategy, saved as HarnessData);
}
