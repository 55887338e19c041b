/** The loop: ask, evaluate, tell, until the budget ends; with progress, interruption and checkpoints between questions. */
import { type Budget, type Cost, checkBudget, secondsOf } from './budget.js';
import { decode, encode } from './codec.js';
import { StoreError, StrategyError, UsageError, ZerothError } from './errors.js';
import { Evaluation } from './evaluation.js';
import { lacks } from './fit.js';
import { functionObjective, type LossFunction } from './function-objective.js';
import { type Best, Harness, type HarnessSettings } from './harness.js';
import { withHorizon } from './horizon.js';
import type { Metrics, Objective } from './objective.js';
import { restoreHarness } from './optimizer.js';
import { parseOptions } from './options.js';
import { Run, type RunData } from './run.js';
import { checkFunction, checkObjective, checkSettings, checkStrategy, shown } from './settings-check.js';
import type { Space } from './space.js';
import type { AnyStrategy, StopReason } from './strategy.js';
import type { Trace } from './trace.js';

export interface MinimizeSettings extends Pick<HarnessSettings, 'options' | 'seed' | 'bounds'> {
  readonly budget: Budget;
  /** Needed where the objective is a plain function. */
  readonly space?: Space;
  /** Ends the run, between two questions, with stop reason `interrupted`. */
  readonly signal?: AbortSignal;
  /** Called about ten times a second, and at the end. */
  readonly onProgress?: (progress: Progress) => void;
  readonly checkpoint?: Checkpoint;
  /** Bytes from a checkpoint: the run goes on where it was, and ends as if it had never stopped. */
  readonly resume?: Uint8Array;
}

export interface Checkpoint {
  /** Seconds between two writes; 0 writes after every question. Default 10. An interrupted run also writes when it stops. */
  readonly everySeconds?: number;
  /** Awaited: no question is asked before the bytes are safe. */
  write(bytes: Uint8Array): void | Promise<void>;
}

export interface Progress {
  readonly cost: Readonly<Cost>;
  /** Best loss so far; Infinity while nothing finite was found. */
  readonly loss: number;
  /** Share of the budget that is spent, 0 to 1, by the limit that is nearest; 0 where only a target is set. */
  readonly fraction: number;
}

export interface MinimizeResult {
  /** Best loss and its point. Where losses are of minibatches: by the full training loss. */
  readonly best: Best;
  readonly stop: StopReason;
  readonly cost: Readonly<Cost>;
  readonly trace: Trace;
  /** Of the best point, where the objective has metrics. */
  readonly metrics?: Metrics;
  /** The strategy's options, defaults filled in. */
  readonly options: unknown;
  readonly seed: number | string;
  /** What is wrong with the result, in words: no evaluation gave a finite loss, so that `best.point` is nothing that was found. */
  readonly warning?: string;
}

/** The names of `MinimizeSettings`. */
export const settingNames: readonly string[] = Object.keys({
  space: true,
  budget: true,
  options: true,
  seed: true,
  bounds: true,
  signal: true,
  onProgress: true,
  checkpoint: true,
  resume: true,
} satisfies Readonly<Record<keyof MinimizeSettings, true>>);

const yieldEvery = 0.05;
const progressEvery = 0.1;

/**
 * Minimizes an objective, or a plain function over `settings.space`.
 * Throws UsageError on settings out of range, StrategyError where the strategy breaks its contract, and ObjectiveError where the
 * objective throws or gives no loss: in it are the best point so far and what the objective threw. Losses may be NaN or infinite.
 *
 * @example
 * const sphere = (x: Float64Array) => x.reduce((sum, xi) => sum + xi * xi, 0);
 * const { best } = await minimize(sphere, pso, { space: boxSpace(10, -5, 5), budget: { evaluations: 20_000 } });
 */
export async function minimize(
  objectiveOrFunction: Objective | LossFunction,
  strategy: AnyStrategy,
  settings: MinimizeSettings,
): Promise<MinimizeResult> {
  checkStrategy(strategy);
  checkSettings('minimize', settings, settingNames);
  checkBudget(settings.budget);
  checkFunction('onProgress', settings.onProgress);
  if (settings.checkpoint !== undefined) {
    checkSettings('checkpoint', settings.checkpoint, ['everySeconds', 'write']);
    checkFunction('checkpoint.write', settings.checkpoint.write ?? null);
  }
  if (settings.signal !== undefined && typeof (settings.signal as Partial<AbortSignal> | null)?.aborted !== 'boolean') {
    throw new UsageError(`signal must be an AbortSignal, for example that of an AbortController; got ${shown(settings.signal)}.`);
  }
  const objective = toObjective(objectiveOrFunction, settings.space);
  checkNeeds(strategy, objective);
  const run = settings.resume === undefined ? start(objective, strategy, settings) : resume(settings.resume, objective, strategy, settings);
  const { harness } = run;
  const evaluation = new Evaluation(objective, harness, run.book);
  const stop = await loop(run, settings, evaluation);
  await run.book.finish();
  settings.onProgress?.(progressOf(run, settings.budget));
  const { metrics, trace } = run.book.data;
  return {
    best: run.book.best,
    stop,
    cost: harness.data.cost,
    trace,
    ...(metrics === undefined ? {} : { metrics }),
    options: harness.data.options,
    seed: harness.data.seed,
    ...nothingFound(harness.data.cost),
  };
}

function nothingFound({ failed, evaluations, gradients }: Cost): { warning?: string } {
  const count = evaluations + gradients;
  if (count === 0 || failed < count) return {};
  const all = count === 1 ? 'The only evaluation' : `All ${count.toLocaleString('en')} evaluations`;
  return { warning: `${all} gave NaN or an infinity, so nothing was found. Check the objective, and the space that it is defined in.` };
}

interface Running {
  readonly harness: Harness;
  readonly book: Run;
}

async function loop(run: Running, settings: MinimizeSettings, evaluation: Evaluation): Promise<StopReason> {
  const { harness, book } = run;
  const { signal, onProgress, checkpoint } = settings;
  let yielded = performance.now();
  let reported = yielded;
  let saved = yielded;
  for (;;) {
    const reason = book.stop();
    if (reason !== undefined) return reason;
    const now = performance.now();
    if (now - yielded > 1000 * yieldEvery) {
      await new Promise((resolve) => setTimeout(resolve));
      yielded = performance.now();
    }
    if (signal?.aborted) {
      await checkpoint?.write(bytesOf(run));
      return 'interrupted';
    }
    if (onProgress !== undefined && now - reported > 1000 * progressEvery) {
      onProgress(progressOf(run, settings.budget));
      reported = now;
    }
    if (checkpoint !== undefined && harness.data.step > 0 && now - saved >= 1000 * (checkpoint.everySeconds ?? 10)) {
      await checkpoint.write(bytesOf(run));
      saved = performance.now();
    }
    const query = harness.askDescribed();
    if (query === undefined) {
      if (harness.data.step > 0) return 'diverged';
      throw new StrategyError(`${harness.strategy.name} asked for a coordinate that is not a finite number in its first question.`);
    }
    if (!(await evaluation.answer(query))) {
      // Cut or left out: the limit that stood in the way.
      return book.exhausted() ?? (settings.budget.samplePasses === undefined ? 'evaluations' : 'sample-passes');
    }
    harness.pass();
  }
}

/** All of a run as bytes; the error names the strategy whose state cannot be. */
function bytesOf({ harness, book }: Running): Uint8Array {
  try {
    return encode(book.data);
  } catch (error) {
    if (!(error instanceof ZerothError)) throw error;
    throw new StrategyError(`${harness.strategy.name} cannot be saved. ${error.message}`, { cause: error });
  }
}

function start(objective: Objective, strategy: AnyStrategy, settings: MinimizeSettings): Running {
  const { regularization, passesPerEvaluation } = objective;
  const harness = Harness.start(strategy, objective.space, {
    ...settings,
    options: withHorizon(strategy, settings.options, settings.budget, passesPerEvaluation),
    passesPerEvaluation,
    described: objective.describedLosses !== undefined,
    ...(regularization === undefined ? {} : { regularization }),
  });
  return { harness, book: new Run(harness, objective, settings.budget) };
}

function resume(bytes: Uint8Array, objective: Objective, strategy: AnyStrategy, settings: MinimizeSettings): Running {
  const data = decode(bytes) as Partial<RunData> | null | undefined;
  if (typeof data !== 'object' || data === null || data.harness === undefined || data.trace === undefined) {
    throw new StoreError('These saved bytes hold no run. Give the bytes that a checkpoint of minimize wrote.');
  }
  const harness = restoreHarness(data.harness, strategy);
  const { space, seed, options, bounds } = harness.data;
  const differs = (what: string, saved: unknown, given: unknown) =>
    new UsageError(
      `The saved run has ${what} ${JSON.stringify(saved)}; this call has ${JSON.stringify(given)}. Resume with the same settings.`,
    );
  if (space.dimension !== objective.space.dimension) throw differs('dimension', space.dimension, objective.space.dimension);
  if (space.precision !== objective.space.precision) throw differs('precision', space.precision, objective.space.precision);
  if (String(seed) !== String(settings.seed ?? 1)) throw differs('seed', seed, settings.seed ?? 1);
  if (bounds !== (settings.bounds ?? 'clip')) throw differs('bounds policy', bounds, settings.bounds ?? 'clip');
  const given = parseOptions(strategy, withHorizon(strategy, settings.options, settings.budget, objective.passesPerEvaluation));
  if (JSON.stringify(options) !== JSON.stringify(given)) throw differs('options', options, given);
  return { harness, book: new Run(harness, objective, settings.budget, data as RunData) };
}

function toObjective(given: Objective | LossFunction, space: Space | undefined): Objective {
  if (typeof given !== 'function') {
    checkObjective(given);
    return given;
  }
  if (space === undefined) {
    throw new UsageError('minimize needs to know where a plain function is defined: give space, for example boxSpace(10, -5, 5).');
  }
  return functionObjective(given, space);
}

function checkNeeds(strategy: AnyStrategy, objective: Objective): void {
  if (strategy.card.needs === 'gradient' && objective.gradient === undefined) throw lacks(strategy, 'gradients');
}

function progressOf(run: Running, budget: Budget): Progress {
  const { cost } = run.harness.data;
  const shares = [
    (cost.evaluations + cost.gradients) / (budget.evaluations ?? Number.POSITIVE_INFINITY),
    cost.samplePasses / (budget.samplePasses ?? Number.POSITIVE_INFINITY),
    secondsOf(cost) / (budget.seconds ?? Number.POSITIVE_INFINITY),
  ];
  return { cost: { ...cost }, loss: run.book.best.loss, fraction: Math.min(1, Math.max(...shares)) };
}
