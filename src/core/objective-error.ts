/** An objective that fails ends the run, but what the run had found by then is not lost: it stands in the error. */
import { ZerothError } from './errors.js';
import type { Best } from './harness.js';
import type { Vector } from './space.js';

export interface ObjectiveFailure {
  /** Losses and gradients asked for, counted from 1, up to the one that failed; the first of a population that failed as a whole. */
  readonly evaluation: number;
  /** Of the one that failed, a copy; undefined where a population failed as a whole. */
  readonly point: Vector | undefined;
  /** The best loss before, and its point: copies. The loss is Infinity where nothing finite was found. */
  readonly best: Best;
}

/** The objective threw, or its answer was not what was asked for. `cause` is what it threw. */
export class ObjectiveError extends ZerothError implements ObjectiveFailure {
  readonly evaluation: number;
  readonly point: Vector | undefined;
  readonly best: Best;

  constructor(message: string, { evaluation, point, best }: ObjectiveFailure, options?: ErrorOptions) {
    super(message, options);
    this.evaluation = evaluation;
    this.point = point;
    this.best = best;
  }
}

/** A function's failure on one candidate of a population, for the run, which knows the rest. */
export class CandidateError extends Error {
  /** Its number in the population, from 0. */
  readonly candidate: number;

  constructor(candidate: number, cause: unknown) {
    super(`The objective failed on candidate ${candidate + 1} of its population: ${reasonOf(cause)}.`, { cause });
    this.candidate = candidate;
  }
}

/** An answer that is none. The message follows "it" or a method's name, and ends without a point. */
export class WrongAnswer extends Error {}

/**
 * What a run throws for an error that came out of its objective: an error of Zeroth's own, such as an engine's, as it is; of any
 * other an ObjectiveError. `where`: which call failed, as words that follow "The objective failed".
 */
export function objectiveFailed(error: unknown, where: string, { evaluation, point, best }: ObjectiveFailure): unknown {
  if (error instanceof ZerothError) return error;
  const wrong = error instanceof WrongAnswer;
  const sentences = [`The objective failed ${where}: ${wrong ? error.message : reasonOf(error)}.`];
  if (Number.isFinite(best.loss)) sentences.push(`The best before, a loss of ${best.loss}, is in this error's best.`);
  if (!wrong) sentences.push('To go on past such points, catch what is thrown and give NaN.');
  const copies = { evaluation, point: point?.slice(), best: { loss: best.loss, point: best.point.slice() } };
  return new ObjectiveError(sentences.join(' '), copies, wrong ? {} : { cause: error });
}

/** What was thrown, as words that follow a colon and end without a point. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message } = error;
  const told = message === '' ? name : name === 'Error' || error instanceof WrongAnswer ? message : `${name}: ${message}`;
  return told.replace(/\.$/, '');
}
