/** What `Optimizer.tell` accepts, held to the open question. */
import { UsageError } from './errors.js';
import type { Population } from './population.js';
import type { LayerResponses, Query } from './query.js';
import { shown } from './settings-check.js';
import type { Space } from './space.js';

/** The losses alone, in the population's order, or an answer of the question's kind. Nothing of it is kept or changed. */
export type Told = ArrayLike<number> | ToldAnswer;

type ToldAnswer =
  | { readonly kind: 'losses'; readonly losses: ArrayLike<number> }
  | { readonly kind: 'gradient'; readonly loss: number; readonly gradient: ArrayLike<number> }
  | { readonly kind: 'responses'; readonly layers: readonly LayerResponses[] };

/** What was told as an answer. Throws UsageError where it is none, or not one to this question. */
export function checkTold(told: Told, query: Query<Population>, { dimension }: Space): ToldAnswer {
  if (typeof told !== 'object' || told === null) {
    throw new UsageError(`tell() needs the losses as a list, or an answer such as { kind: '${query.kind}', ... }; got ${shown(told)}.`);
  }
  const answer = 'kind' in told ? told : ({ kind: 'losses', losses: told } as const);
  if (answer.kind !== query.kind) {
    throw new UsageError(
      `tell() was given ${answer.kind}; the open question is for ${query.kind}. Answer with { kind: '${query.kind}', ... }.`,
    );
  }
  if (answer.kind === 'losses' && query.kind === 'losses') {
    checkNumbers(answer.losses, query.population.size, `${query.population.size} losses, one for each candidate`, 'loss');
  } else if (answer.kind === 'gradient') {
    if (typeof answer.loss !== 'number') throw new UsageError(`tell() needs a loss beside the gradient; got ${shown(answer.loss)}.`);
    checkNumbers(answer.gradient, dimension, `a gradient of ${dimension} numbers`, 'number');
  }
  return answer;
}

/** `one`: what a single entry is called. */
function checkNumbers(values: ArrayLike<number>, length: number, wanted: string, one: string): void {
  const given = (values as Partial<ArrayLike<number>> | null | undefined)?.length;
  if (typeof values !== 'object' || given === undefined) throw new UsageError(`tell() needs ${wanted}; got ${shown(values)}.`);
  if (given !== length) throw new UsageError(`tell() needs ${wanted}; got ${given}.`);
  if (values instanceof Float64Array || values instanceof Float32Array) return;
  for (let i = 0; i < length; i++) {
    if (typeof values[i] !== 'number') throw new UsageError(`tell() needs ${wanted}; ${one} ${i + 1} is ${shown(values[i])}.`);
  }
}
