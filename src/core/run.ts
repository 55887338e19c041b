/** One run's book-keeping between question and answer: what still fits the budget, the trace, the incumbent, when to stop. */
import { type Budget, passesPerGradient, secondsOf } from './budget.js';
import type { Best, Harness, HarnessData } from './harness.js';
import type { Metrics, Objective } from './objective.js';
import { objectiveFailed, WrongAnswer } from './objective-error.js';
import { type Population, writeCandidate } from './population.js';
import type { Query } from './query.js';
import { shown } from './settings-check.js';
import { allocate, type Vector } from './space.js';
import type { StopReason } from './strategy.js';
import { cocoTargets } from './targets.js';
import { addRow, emptyTrace, nextRowAfter, type Trace } from './trace.js';

/** Plain data: a run is saved with it. */
export interface RunData {
  readonly harness: HarnessData;
  readonly trace: Trace;
  /** Total cost at which the next row is due. */
  nextRow: number;
  /** Evaluations and gradients since the lowest loss was found. */
  sinceBetter: number;
  targetLogged: boolean;
  /** How many of COCO's targets have been reached; stays 0 where the optimum is not known. */
  targetsReached: number;
  /** Metrics of the best point, and whether they still are. */
  metrics: Metrics | undefined;
  fresh: boolean;
  /**
   * Only where losses are of minibatches: the best point by its full training loss, and what the last question offers: its best
   * candidate, or at a row of the trace the centre of the search distribution, where the strategy has one.
   * A lucky minibatch says little, so points are compared on all data, at the rows of the trace.
   */
  readonly incumbent: { loss: number; readonly point: Vector } | undefined;
  readonly candidate: { loss: number; readonly point: Vector } | undefined;
}

export class Run {
  readonly data: RunData;
  private readonly harness: Harness;
  private readonly objective: Objective;
  private readonly budget: Budget;
  /** Room for one candidate of a described population. */
  private written: Vector | undefined;
  /** Room for the point that a minibatch run measures. */
  private readonly offered: Vector;

  constructor(harness: Harness, objective: Objective, budget: Budget, data: RunData = newRun(harness, objective)) {
    this.harness = harness;
    this.objective = objective;
    this.budget = budget;
    this.data = data;
    this.offered = allocate(harness.data.space, data.incumbent === undefined ? 0 : harness.data.space.dimension);
  }

  /** The best by the measure that the run goes by. */
  get best(): Best {
    const { incumbent, harness } = this.data;
    return incumbent !== undefined && Number.isFinite(incumbent.loss) ? incumbent : harness.best;
  }

  /** How many candidates of a question still fit the budget: all, fewer, or none. A point counts as one. */
  fitting(query: Query<Population>): number {
    const { cost, passesPerEvaluation } = this.harness.data;
    const evaluations = (this.budget.evaluations ?? Number.POSITIVE_INFINITY) - cost.evaluations - cost.gradients;
    const passes = (this.budget.samplePasses ?? Number.POSITIVE_INFINITY) - cost.samplePasses;
    switch (query.kind) {
      case 'losses':
        return Math.max(0, Math.min(query.population.size, evaluations, Math.floor(passes / passesPerEvaluation)));
      case 'gradient':
        return evaluations >= 1 && passes >= passesPerGradient * passesPerEvaluation ? 1 : 0;
      case 'responses':
        return passes >= passesPerEvaluation ? 1 : 0;
    }
  }

  /** Which limit the next question would break. */
  exhausted(): StopReason | undefined {
    const { cost, passesPerEvaluation } = this.harness.data;
    if (cost.evaluations + cost.gradients >= (this.budget.evaluations ?? Number.POSITIVE_INFINITY)) return 'evaluations';
    if (cost.samplePasses + passesPerEvaluation > (this.budget.samplePasses ?? Number.POSITIVE_INFINITY)) return 'sample-passes';
    return undefined;
  }

  /** The loss that ends the run: the budget's target, above the optimum where that is known. */
  private get goal(): number {
    return (this.budget.target ?? Number.NEGATIVE_INFINITY) + (this.objective.optimum ?? 0);
  }

  /** Why the run ends here, between two questions. */
  stop(): StopReason | undefined {
    const { budget, data, harness } = this;
    const reached = data.incumbent === undefined ? harness.data.best.loss : data.incumbent.loss;
    if (reached <= this.goal) return 'target';
    const own = harness.stop();
    if (own !== undefined) return own;
    const spent = this.exhausted();
    if (spent !== undefined) return spent;
    if (budget.seconds !== undefined && secondsOf(harness.data.cost) >= budget.seconds) return 'seconds';
    if (budget.stagnation !== undefined && data.sinceBetter >= budget.stagnation) return 'stagnation';
    return undefined;
  }

  /** After losses: the rows that fell due within the population, at exactly their evaluation; then the best point. */
  async tookLosses(losses: Float64Array): Promise<void> {
    const { data, harness } = this;
    const { population } = harness.data.query as Query<Population> & { kind: 'losses' };
    const row = (p: number): Vector => {
      if (population.kind === 'dense') return population.values.subarray(p * population.dimension, (p + 1) * population.dimension);
      this.written ??= harness.data.best.point.slice();
      writeCandidate(population, p, this.written);
      return this.written;
    };
    if (data.candidate === undefined) await this.tookExactly(losses, row);
    else this.noteCandidate(losses, row);
    this.noteBest(harness.keepBest(), losses.length, losses);
    if (data.candidate !== undefined) await this.measureIfDue();
  }

  /** After a gradient. */
  async tookGradient(loss: number): Promise<void> {
    const { data, harness } = this;
    const { point } = harness.data.query as Query & { kind: 'gradient' };
    const losses = [loss];
    if (data.candidate === undefined) await this.tookExactly(losses, () => point);
    else this.noteCandidate(losses, () => point);
    this.noteBest(harness.keepBest(), 1, losses);
    if (data.candidate !== undefined) await this.measureIfDue();
  }

  /** The last row and the last metrics. Call once, when the run is over. */
  async finish(): Promise<void> {
    const { data, harness } = this;
    const { cost } = harness.data;
    const { trace } = data;
    const last = trace.loss.length - 1;
    const logged = last >= 0 && trace.evaluations[last] === cost.evaluations && trace.gradients[last] === cost.gradients;
    if (data.candidate !== undefined) {
      if (!logged && cost.evaluations + cost.gradients > 0) await this.measure();
      return;
    }
    if (!data.fresh && this.objective.metrics !== undefined) {
      data.metrics = await this.metricsAt(harness.data.best.point);
      data.fresh = true;
    }
    if (!logged && cost.evaluations + cost.gradients > 0) addRow(trace, cost, harness.data.best.loss, data.metrics);
  }

  /** Rows at exact counts. The cost already holds the whole answer; a row inside it is counted back. */
  private async tookExactly(losses: ArrayLike<number>, row: (p: number) => Vector): Promise<void> {
    const { data, harness } = this;
    const { cost, best, passesPerEvaluation } = harness.data;
    const target = this.goal;
    const after = cost.evaluations + cost.gradients;
    let total = after - losses.length;
    let loss = total === 0 ? Number.POSITIVE_INFINITY : best.loss;
    let winner = total === 0 ? 0 : -1;
    let measured = -1;
    for (let p = 0; p < losses.length; p++) {
      total++;
      let hit = false;
      if (losses[p] < loss) {
        loss = losses[p];
        winner = p;
        hit = this.reaches(loss);
      }
      if (!data.targetLogged && loss <= target) {
        data.targetLogged = true;
        hit = true;
      }
      if (total < data.nextRow && !hit) continue;
      if (total >= data.nextRow) data.nextRow = nextRowAfter(total);
      if (this.objective.metrics !== undefined && (winner !== measured || !data.fresh)) {
        data.metrics = await this.metricsAt(winner < 0 ? best.point : row(winner));
        data.fresh = true;
        measured = winner;
      }
      const left = after - total;
      const then =
        left === 0 ? cost : { ...cost, evaluations: cost.evaluations - left, samplePasses: cost.samplePasses - left * passesPerEvaluation };
      addRow(data.trace, then, loss, data.metrics);
    }
    if (winner !== measured) data.fresh = winner < 0 && data.fresh;
  }

  /** Undefined where the objective has none. */
  private async metricsAt(point: Vector): Promise<Metrics | undefined> {
    const { objective, harness } = this;
    if (objective.metrics === undefined) return undefined;
    try {
      const metrics: Partial<Metrics> | undefined = await objective.metrics(point);
      if (typeof metrics?.trainLoss === 'number') return metrics as Metrics;
      throw new WrongAnswer(`metrics must return an object with trainLoss, a number; it returned ${shown(metrics)}`);
    } catch (error) {
      const at = point.slice();
      harness.keepBest();
      const { evaluations, gradients } = harness.data.cost;
      const evaluation = evaluations + gradients;
      const where = `in metrics after evaluation ${evaluation.toLocaleString('en')}`;
      throw objectiveFailed(error, where, { evaluation, point: at, best: this.best });
    }
  }

  /** Whether a new best loss is the first at one of COCO's targets, which it then counts. */
  private reaches(loss: number): boolean {
    const { data } = this;
    const { optimum } = this.objective;
    if (optimum === undefined) return false;
    const before = data.targetsReached;
    while (data.targetsReached < cocoTargets.length && loss - optimum <= cocoTargets[data.targetsReached]) data.targetsReached++;
    return data.targetsReached > before;
  }

  private noteBest(winner: number, count: number, losses: ArrayLike<number>): void {
    if (winner < 0 || !Number.isFinite(losses[winner])) this.data.sinceBetter += count;
    else this.data.sinceBetter = count - 1 - winner;
  }

  private noteCandidate(losses: ArrayLike<number>, row: (p: number) => Vector): void {
    const { candidate } = this.data;
    if (candidate === undefined) return;
    let winner = 0;
    for (let p = 1; p < losses.length; p++) if (losses[p] < losses[winner]) winner = p;
    candidate.loss = losses[winner];
    candidate.point.set(row(winner));
  }

  private async measureIfDue(): Promise<void> {
    const { cost } = this.harness.data;
    if (cost.evaluations + cost.gradients < this.data.nextRow) return;
    this.data.nextRow = nextRowAfter(cost.evaluations + cost.gradients);
    await this.measure();
  }

  /** A row of a minibatch run: the strategy's centre, or else the last candidate, against the incumbent, on all data. */
  private async measure(): Promise<void> {
    const { data, harness } = this;
    const { candidate, incumbent } = data;
    if (candidate === undefined || incumbent === undefined) return;
    if (!harness.centre(this.offered)) this.offered.set(candidate.point);
    const metrics = await this.metricsAt(this.offered);
    if (metrics === undefined) return;
    if (metrics.trainLoss < incumbent.loss || data.metrics === undefined) {
      incumbent.loss = Number.isFinite(metrics.trainLoss) ? metrics.trainLoss : Number.POSITIVE_INFINITY;
      incumbent.point.set(this.offered);
      data.metrics = metrics;
    }
    addRow(data.trace, harness.data.cost, incumbent.loss, data.metrics);
  }
}

function newRun(harness: Harness, objective: Objective): RunData {
  const { space } = harness.data;
  const minibatch = !objective.deterministic && objective.metrics !== undefined;
  const kept = () => (minibatch ? { loss: Number.POSITIVE_INFINITY, point: allocate(space, space.dimension) } : undefined);
  return {
    harness: harness.data,
    trace: emptyTrace(),
    nextRow: 1,
    sinceBetter: 0,
    targetLogged: false,
    targetsReached: 0,
    metrics: undefined,
    fresh: false,
    incumbent: kept(),
    candidate: kept(),
  };
}
