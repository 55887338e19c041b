/** What all measurements of the experiment say, in numbers. */
import type { StartName } from '../shared/starts.js';
import { geometricMean } from '../shared/statistics.js';
import type { Deep } from './deep.js';
import type { Wide } from './wide.js';

export const activations = ['logistic', 'tanh', 'relu', 'leaky-relu'] as const;
export type ActivationOf = (typeof activations)[number];

export interface Measured {
  readonly depths: readonly number[];
  /** The depth that single pictures are of. */
  readonly focus: number;
  readonly deep: Readonly<Record<ActivationOf, ReadonlyMap<number, readonly Deep[]>>>;
  readonly tanh: Readonly<Record<'standard' | 'glorot', readonly Wide[]>>;
  readonly relu: Readonly<Record<'lecture' | 'lecun', readonly Wide[]>>;
  /** Error flow of chains, by weight. */
  readonly chains: ReadonlyMap<number, readonly number[]>;
}

export function runsOf({ deep }: Measured, activation: ActivationOf, depth: number, start: StartName): readonly Deep[] {
  return (deep[activation].get(depth) ?? []).filter((one) => one.start === start);
}

/** Movement of the layer next to the input over that of the outputs' layer, after training; the geometric mean over seeds. */
export function movementRatio(measured: Measured, activation: ActivationOf, depth: number, start: StartName): number {
  const ratios = runsOf(measured, activation, depth, start).flatMap(({ trained }) => {
    const last = trained?.movement[trained.movement.length - 1];
    return last === undefined ? [] : [last[0] / last[last.length - 1]];
  });
  return geometricMean(ratios);
}

/** Movement of the layer next to the input, after training; the geometric mean over seeds. */
export function firstMovement(measured: Measured, activation: ActivationOf, depth: number, start: StartName): number {
  return geometricMean(
    runsOf(measured, activation, depth, start).flatMap(({ trained }) => {
      const last = trained?.movement[trained.movement.length - 1];
      return last === undefined ? [] : [last[0]];
    }),
  );
}

/** Training loss at the depth in focus, with the lecture's start; the mean over seeds. */
export function trainedLoss(measured: Measured, activation: ActivationOf): number {
  const losses = runsOf(measured, activation, measured.focus, 'lecture').flatMap(({ trained }) => trained?.loss ?? []);
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** Signal at the first hidden layer over that at the last hidden one, before training; the geometric mean over seeds. */
export function signalRatio(measured: Measured, activation: ActivationOf, depth: number, start: StartName): number {
  return geometricMean(runsOf(measured, activation, depth, start).map(({ signal }) => signal[0] / signal[depth - 1]));
}

/** The mean factor from one layer to the next, from the second layer on, in which the input's size no longer counts. */
export function factorPerLayer(lists: readonly (readonly number[])[]): number {
  return geometricMean(lists.flatMap((values) => values.slice(2).map((value, i) => value / values[i + 1])));
}

/** The largest over the least value of a list; the geometric mean over lists. */
export function spread(lists: readonly (readonly number[])[]): number {
  return geometricMean(lists.map((values) => Math.max(...values) / Math.min(...values)));
}

/** The weight at which the chain's error flow would be level, from the factor per layer at weight `w`. */
export function levelWeight(w: number, flow: readonly number[]): number {
  return w / flow[0] ** (1 / (flow.length - 1));
}

/** Spearman's rank correlation of two lists without ties. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const ranks = (values: readonly number[]) => values.map((value) => values.filter((other) => other < value).length);
  const [ra, rb] = [ranks(a), ranks(b)];
  const n = a.length;
  const squares = ra.reduce((sum, rank, i) => sum + (rank - rb[i]) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}
