/** A network under training by any strategy, gradients or none: it can be looked at, saved and taken up again at any step. */
import type { Objective } from '../../src/core/objective.js';
import { Optimizer } from '../../src/core/optimizer.js';
import type { Vector } from '../../src/core/space.js';
import type { AnyStrategy } from '../../src/core/strategy.js';

export interface TrainingSettings {
  readonly options?: unknown;
  readonly seed: number | string;
}

export class Training {
  readonly #objective: Objective;
  readonly #optimizer: Optimizer;
  #losses = new Float64Array(0);
  /** Questions answered so far: gradients, or populations. */
  step: number;

  private constructor(objective: Objective, optimizer: Optimizer, step: number) {
    this.#objective = objective;
    this.#optimizer = optimizer;
    this.step = step;
  }

  static start(objective: Objective, strategy: AnyStrategy, { options, seed }: TrainingSettings): Training {
    const { space, regularization = {}, passesPerEvaluation } = objective;
    return new Training(objective, new Optimizer(strategy, space, { options, seed, regularization, passesPerEvaluation }), 0);
  }

  /** From what `save` gave: goes on bit for bit. */
  static restore(objective: Objective, strategy: AnyStrategy, saved: Saved): Training {
    return new Training(objective, Optimizer.restore(Buffer.from(saved.bytes, 'base64'), strategy), saved.step);
  }

  save(): Saved {
    return { step: this.step, bytes: Buffer.from(this.#optimizer.save()).toString('base64') };
  }

  /** Answers questions until `step` are answered, or the strategy has no more. Throws when `signal` is aborted: half a step is none. */
  async advanceTo(step: number, signal?: AbortSignal): Promise<void> {
    while (this.step < step && this.#optimizer.stop() === undefined) {
      signal?.throwIfAborted();
      await this.#answer();
      this.step++;
    }
  }

  /** Where the search stands: the point of gradient descent, the centre of a search distribution, or else the best point. */
  get point(): Float32Array {
    if (this.#optimizer.stop() === undefined) this.#optimizer.ask();
    return this.#optimizer.centre as Float32Array;
  }

  /** The best point by the losses that were seen. */
  get best(): Vector {
    return this.#optimizer.best.point;
  }

  async #answer(): Promise<void> {
    const query = this.#optimizer.ask();
    if (query.kind === 'losses') {
      if (this.#losses.length !== query.population.size) this.#losses = new Float64Array(query.population.size);
      await this.#objective.losses(query.population, this.step, this.#losses);
      this.#optimizer.tell(this.#losses);
    } else if (query.kind === 'gradient' && this.#objective.gradient !== undefined) {
      const gradient = query.point.slice();
      const loss = await this.#objective.gradient(query.point, this.step, gradient);
      this.#optimizer.tell({ kind: 'gradient', loss, gradient });
    } else throw new RangeError(`No answer to a question for ${query.kind}.`);
  }
}

/** Plain JSON. */
export interface Saved {
  readonly step: number;
  readonly bytes: string;
}
