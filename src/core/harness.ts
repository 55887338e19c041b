/**
 * What every strategy gets for free: its options checked, its questions repaired (bounds, regularization), its answers made safe
 * (no NaN), its cost counted, its best point kept, and all of it saved. `Optimizer` and `minimize` are two faces of this.
 */
import { type BoundsPolicy, boundsPolicies, type Limits, limitsOf, repairRow } from './bounds.js';
import { type Cost, noCost, passesPerGradient } from './budget.js';
import { StrategyError, UsageError, ZerothError } from './errors.js';
import { allFinite } from './finite.js';
import { checkRoom } from './fit.js';
import type { Regularization } from './objective.js';
import { parseOptions } from './options.js';
import { materialize, type Population, writeCandidate } from './population.js';
import type { Answer, LayerResponses, Query } from './query.js';
import { checkQuery, checkStop } from './query-check.js';
import { decay, type MaxNorm, maxNormOf, penalizes, penalty } from './regularization.js';
import { Rng } from './rng.js';
import { checkSeed, checkStrategy } from './settings-check.js';
import { allocate, type Space, startMean, type Vector } from './space.js';
import { checkSpaceForm } from './space-check.js';
import { copySpace } from './space-copy.js';
import type { AnyStrategy, StopReason } from './strategy.js';

export interface HarnessSettings {
  /** The strategy's options; what is left out takes its default. */
  readonly options?: unknown;
  /** Default 1. */
  readonly seed?: number | string;
  /** What happens to coordinates out of bounds. Default `clip`. */
  readonly bounds?: BoundsPolicy;
  readonly regularization?: Regularization;
  /** Sample-passes of one evaluation. Default 1. */
  readonly passesPerEvaluation?: number;
  /** Whether described populations are wanted as they are; default false: they are written out. */
  readonly described?: boolean;
}

export interface Best {
  /** The lowest loss so far; Infinity while nothing finite was found. */
  readonly loss: number;
  /** Where it was found; before the first answer, the mean of the starting distribution. Do not change it. */
  readonly point: Vector;
}

/** All that a saved run consists of: plain data. */
export interface HarnessData {
  readonly strategy: string;
  readonly options: unknown;
  readonly seed: number | string;
  readonly bounds: BoundsPolicy;
  readonly regularization: Regularization;
  readonly passesPerEvaluation: number;
  readonly described: boolean;
  readonly space: Space;
  readonly repairs: Rng;
  state: unknown;
  /** The question that waits for its answer; it points into the state. */
  query: Query<Population> | undefined;
  /** Questions answered so far. */
  step: number;
  readonly cost: Cost;
  readonly best: { loss: number; readonly point: Vector };
  diverged: boolean;
}

export class Harness {
  readonly strategy: AnyStrategy;
  readonly data: HarnessData;
  /** The last answer, as the strategy sees it. */
  answer: Answer | undefined;
  private readonly limits: Limits | undefined;
  private readonly maxNorm: MaxNorm | undefined;
  private readonly penalized: boolean;
  private losses: Float64Array = new Float64Array(0);
  private gradient: Vector | undefined;
  /** Room for a described population, written out. */
  private written: Vector | undefined;

  /** Over data that was saved, or made by `startHarness`. */
  constructor(strategy: AnyStrategy, data: HarnessData) {
    this.strategy = strategy;
    this.data = data;
    this.limits = limitsOf(data.space);
    this.maxNorm = maxNormOf(data.space, data.regularization);
    this.penalized = penalizes(data.regularization);
  }

  static start(strategy: AnyStrategy, space: Space, settings: HarnessSettings): Harness {
    checkStrategy(strategy);
    checkSpaceForm(space);
    const { seed = 1, bounds = 'clip', regularization = {}, passesPerEvaluation = 1, described = false } = settings;
    if (!boundsPolicies.includes(bounds)) {
      throw new UsageError(`bounds must be one of ${boundsPolicies.join(', ')}; got ${String(bounds)}.`);
    }
    checkSeed(seed);
    const options = parseOptions(strategy, settings.options);
    checkRoom(strategy, space, options);
    const rng = Rng.seeded(seed);
    const best = { loss: Number.POSITIVE_INFINITY, point: allocate(space, space.dimension) };
    startMean(space, best.point);
    const harness = new Harness(strategy, {
      strategy: strategy.name,
      options,
      seed,
      bounds,
      regularization,
      passesPerEvaluation,
      described,
      space,
      repairs: rng.fork('bounds'),
      state: undefined,
      query: undefined,
      step: 0,
      cost: noCost(),
      best,
      diverged: false,
    });
    harness.data.state = harness.guard('start', () => strategy.start(copySpace(space), options, rng.fork('strategy')));
    return harness;
  }

  /** The pending question, or the next one, its population written out; undefined when the strategy has diverged. */
  ask(): Query | undefined {
    const query = this.askDescribed();
    if (query?.kind !== 'losses' || query.population.kind === 'dense') return query as Query | undefined;
    throw new UsageError('This harness was made for an objective that takes described populations: call askDescribed().');
  }

  /** The same, but with `described` the population may be a described one, where no bound or penalty needs it written out. */
  askDescribed(): Query<Population> | undefined {
    const { data } = this;
    if (data.query !== undefined || data.diverged) return data.query;
    const started = performance.now();
    const asked = this.guard('ask', () => this.strategy.ask(data.state) as Query<Population>);
    checkQuery(this.strategy.name, data.space, asked);
    const query = this.writtenOut(asked);
    if (this.repair(query)) data.query = query;
    else data.diverged = true;
    data.cost.secondsAsk += (performance.now() - started) / 1000;
    return data.query;
  }

  /**
   * Takes the first `count` losses of the pending population: adds penalties, turns what is not finite into +Infinity, counts.
   * The result is this.answer; neither the best point nor the strategy knows of it yet.
   */
  receiveLosses(raw: ArrayLike<number>, count: number): Float64Array {
    const { space, cost, regularization, passesPerEvaluation } = this.data;
    const { population } = this.pending('losses');
    if (this.losses.length !== count) this.losses = new Float64Array(count);
    const { losses } = this;
    for (let p = 0; p < count; p++) {
      let loss = raw[p];
      const at = p * space.dimension;
      if (this.penalized && population.kind === 'dense') loss += penalty(regularization, population.values, at, at + space.dimension);
      if (!Number.isFinite(loss)) {
        loss = Number.POSITIVE_INFINITY;
        cost.failed++;
      }
      losses[p] = loss;
    }
    cost.evaluations += count;
    cost.samplePasses += count * passesPerEvaluation;
    this.answer = { kind: 'losses', losses };
    return losses;
  }

  /** Takes the loss and gradient at the pending point; a gradient that is not finite becomes zeros, its loss +Infinity. Returns the loss. */
  receiveGradient(raw: number, rawGradient: ArrayLike<number>): number {
    const { space, cost, regularization, passesPerEvaluation } = this.data;
    const { point } = this.pending('gradient');
    this.gradient ??= allocate(space, space.dimension);
    this.gradient.set(rawGradient);
    let loss = this.penalized ? raw + penalty(regularization, point, 0, point.length) : raw;
    if (!Number.isFinite(loss) || !allFinite(this.gradient, 0, this.gradient.length)) {
      this.gradient.fill(0);
      loss = Number.POSITIVE_INFINITY;
      cost.failed++;
    }
    cost.gradients++;
    cost.samplePasses += passesPerGradient * passesPerEvaluation;
    this.answer = { kind: 'gradient', loss, gradient: this.gradient };
    return loss;
  }

  receiveResponses(layers: readonly LayerResponses[]): void {
    this.pending('responses');
    this.data.cost.samplePasses += this.data.passesPerEvaluation;
    this.answer = { kind: 'responses', layers };
  }

  /** Lets the best point take the answer into account. Returns the number of the answer's candidate that is now best, or -1. */
  keepBest(): number {
    const { query, best, space, cost } = this.data;
    const { answer } = this;
    if (query === undefined || answer === undefined || answer.kind === 'responses') return -1;
    if (answer.kind === 'gradient') {
      if (!(answer.loss < best.loss || cost.evaluations + cost.gradients === 1)) return -1;
      best.loss = answer.loss;
      best.point.set((query as Query & { kind: 'gradient' }).point);
      return 0;
    }
    const first = cost.evaluations === answer.losses.length && cost.gradients === 0;
    let winner = first ? 0 : -1;
    if (first) best.loss = answer.losses[0];
    for (let p = 0; p < answer.losses.length; p++) {
      if (answer.losses[p] < best.loss) {
        best.loss = answer.losses[p];
        winner = p;
      }
    }
    if (winner >= 0) {
      const { population } = query as Query<Population> & { kind: 'losses' };
      if (population.kind === 'low-rank') writeCandidate(population, winner, best.point);
      else best.point.set(population.values.subarray(winner * space.dimension, (winner + 1) * space.dimension));
    }
    return winner;
  }

  /** Gives the answer to the strategy; the next `ask` is a new question. */
  pass(): void {
    const { data, answer } = this;
    if (answer === undefined) throw new StrategyError('pass() before an answer.');
    const started = performance.now();
    this.guard('tell', () => this.strategy.tell(data.state, answer));
    data.query = undefined;
    this.answer = undefined;
    data.step++;
    data.cost.secondsTell += (performance.now() - started) / 1000;
  }

  /** The strategy's own reason to stop, or `diverged`. */
  stop(): StopReason | undefined {
    if (this.data.diverged) return 'diverged';
    const { strategy, data } = this;
    if (strategy.stop === undefined) return undefined;
    return checkStop(
      strategy.name,
      this.guard('stop', () => strategy.stop?.(data.state)),
    );
  }

  /**
   * Writes the centre of the strategy's search distribution into `out`, brought inside bounds and limits as candidates are.
   * False where the strategy has none, or has learned nothing yet, or a coordinate is not finite.
   */
  centre(out: Vector): boolean {
    const { strategy, data, limits, maxNorm } = this;
    if (strategy.centre === undefined || data.step === 0) return false;
    const centre = this.guard('centre', () => strategy.centre?.(data.state)) as Vector;
    if (centre.length !== out.length) {
      throw new StrategyError(`${strategy.name} gave a centre of ${centre.length} numbers; the space has ${out.length}.`);
    }
    out.set(centre);
    if (!allFinite(out, 0, out.length)) return false;
    maxNorm?.(out, 0);
    return limits === undefined || repairRow(out, 0, limits, 'clip', data.repairs);
  }

  private pending<Kind extends Query['kind']>(kind: Kind): Extract<Query<Population>, { kind: Kind }> {
    const { query } = this.data;
    if (query?.kind !== kind) {
      throw new UsageError(
        query === undefined
          ? `An answer before a question: call ask() first.`
          : `The question was for ${query.kind}; the answer is ${kind}.`,
      );
    }
    return query as Extract<Query<Population>, { kind: Kind }>;
  }

  /** With a dense population in the place of a described one, where the objective, bounds or penalties need that. */
  private writtenOut(query: Query<Population>): Query<Population> {
    if (query.kind !== 'losses' || query.population.kind === 'dense') return query;
    if (this.data.described && this.limits === undefined && this.maxNorm === undefined && !this.penalized) return query;
    const { size, dimension } = query.population;
    if (this.written?.length !== size * dimension) this.written = allocate(this.data.space, size * dimension);
    return { kind: 'losses', population: materialize(query.population, this.written) };
  }

  /** Decay, bounds, max-norm, in place. False when a coordinate is not finite. */
  private repair(query: Query<Population>): boolean {
    const { dimension } = this.data.space;
    if (query.kind !== 'losses') {
      // A gradient strategy's point is its state: each one after the first is the result of an update.
      if (query.kind === 'gradient' && this.penalized && this.data.step > 0) decay(this.data.regularization, query.point);
      return this.repairRow(query.point, 0);
    }
    if (query.population.kind === 'low-rank') {
      const { centre, factors, size, width } = query.population;
      return allFinite(centre, 0, dimension) && allFinite(factors, 0, size * width);
    }
    const { size, values } = query.population;
    if (this.limits === undefined && this.maxNorm === undefined) return allFinite(values, 0, size * dimension);
    for (let p = 0; p < size; p++) if (!this.repairRow(values, p * dimension)) return false;
    return true;
  }

  private repairRow(values: Vector, at: number): boolean {
    const { limits, maxNorm, data } = this;
    if (limits === undefined) {
      if (!allFinite(values, at, at + data.space.dimension)) return false;
    } else if (!repairRow(values, at, limits, data.bounds, data.repairs)) return false;
    if (maxNorm === undefined) return true;
    maxNorm(values, at);
    return limits === undefined || repairRow(values, at, limits, 'clip', data.repairs);
  }

  private guard<T>(step: string, work: () => T): T {
    try {
      const result = work();
      if (isPromise(result)) {
        result.then(undefined, () => {}); // its own failure would end the process
        throw new StrategyError(
          `${this.strategy.name} answered ${step} with a promise: a strategy answers at once, without async and await.`,
        );
      }
      return result;
    } catch (error) {
      if (error instanceof ZerothError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new StrategyError(`${this.strategy.name} failed in ${step}: ${reason}`, { cause: error });
    }
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}
