/** A problem: something to minimize that has a name, and can be opened for a seed. */
import type { Objective } from '../core/objective.js';
import type { Provider } from '../engine/provider.js';

export interface OpenOptions {
  /** Chooses the data split, the order of minibatches and the problem's instance. Equal for all strategies of a pair. */
  readonly seed: number;
  /** The execution provider to use; resolved beforehand, never `auto`. */
  readonly provider: Provider;
  /** Threads inside one session; 1 where several workers share the machine. */
  readonly threads: number;
}

/** A fact about a problem, for listings and provenance: name and value. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** Problems that differ in their instance alone: `bbob:f8:d10`. All have the same kind and dimension. */
export interface Group {
  readonly id: string;
  readonly title: string;
}

/** What kind of function it is, as far as that is known: the classes by which Rios and Sahinidis (2013) group problems, and its suite's. */
export interface Classes {
  /** Whether the gradient is continuous. */
  readonly smooth?: boolean;
  readonly convex?: boolean;
  /** In words, where its suite has groups. */
  readonly group?: string;
}

export interface Problem {
  /** Canonical id: parsing it again gives this problem. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'function' | 'classification' | 'regression';
  readonly dimension: number;
  /** Least possible loss, where known. */
  readonly optimum?: number;
  /** What it is an instance of: reports make one row of the problems with one group's id. Absent: of nothing but itself. */
  readonly group?: Group;
  readonly classes?: Classes;
  /** For example network, samples, batch, data hash. */
  facts(): Promise<Facts>;
  /** A fresh objective. Throws DataError when its data is missing or malformed. */
  open(options: OpenOptions): Promise<Objective>;
  /**
   * Networks only: the network with these parameters as a plain ONNX model, input `input` [samples, ...], output `output`.
   * It takes the data as it is: standardization, fitted on the training part of the seed, and the scaling of pixels are inside.
   * What it takes and gives, and `facts`, stand in its `metadata_props`; `describeModel` reads them.
   * Throws UsageError on another number of parameters, DataError when the data is missing.
   */
  toOnnx?(theta: ArrayLike<number>, options?: ModelOptions): Promise<Uint8Array>;
}

/** How a model came about and how good it is: for its description. */
export interface ModelFacts {
  readonly strategy?: string;
  readonly loss?: number;
  readonly trainAccuracy?: number;
  readonly testLoss?: number;
  readonly testAccuracy?: number;
}

export interface ModelOptions {
  /** Of the run that trained it: it chose the training part. Default 1. */
  readonly seed?: number;
  readonly facts?: ModelFacts;
}

/** A family of problem ids, one file each. `parse` throws UsageError on an id that is its own but malformed. */
export interface ProblemFamily {
  /** First part of the ids: `iris`, `rastrigin`. */
  readonly name: string;
  readonly title: string;
  /** Example ids, the default first. */
  readonly examples: readonly string[];
  /** True where the name alone is no problem: `csv` needs a file. Such a family is left out of the wildcard `*`. */
  readonly needsSettings?: boolean;
  /** The ids that a pattern with ranges stands for, for example `sphere:d2-5`; an id without ranges gives itself. */
  expand?(pattern: string): string[];
  parse(id: string): Problem | Promise<Problem>;
}
