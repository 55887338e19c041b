/** Holds a strategy to its contract: every question has a known kind and the space's dimension and precision, every stop a known reason. */
import { StrategyError } from './errors.js';
import type { Population } from './population.js';
import type { Query } from './query.js';
import { shown } from './settings-check.js';
import type { Space, Vector } from './space.js';
import { type OwnStopReason, ownStopReasons } from './strategy.js';

/** Throws StrategyError, naming the strategy, on a question that is malformed. */
export function checkQuery(name: string, space: Space, query: Query<Population>): void {
  switch (query?.kind) {
    case 'losses': {
      const { population } = query;
      if (population?.kind !== 'dense' && population?.kind !== 'low-rank') {
        throw broken(name, `a population of kind ${String((population as Population | undefined)?.kind)}`, 'dense or low-rank');
      }
      if (population.dimension !== space.dimension) {
        throw broken(name, `a population of dimension ${population.dimension}`, `dimension ${space.dimension}, the space's`);
      }
      if (!Number.isInteger(population.size) || population.size < 1) {
        throw broken(name, `a population of ${population.size} candidates`, 'a whole number of at least 1');
      }
      if (population.kind === 'dense') {
        checkValues(name, space, population.values, population.size * space.dimension, 'a population');
      } else {
        checkValues(name, space, population.centre, space.dimension, 'a centre');
        checkValues(name, space, population.factors, population.size * population.width, 'factors');
      }
      break;
    }
    case 'gradient':
    case 'responses':
      if (query.point?.length !== space.dimension) {
        throw broken(name, `a point of ${String(query.point?.length)} coordinates`, `${space.dimension}, the space's dimension`);
      }
      checkValues(name, space, query.point, space.dimension, 'a point');
      break;
    default:
      throw broken(name, `a question of kind ${String((query as Query | undefined)?.kind)}`, 'losses, gradient or responses');
  }
}

function checkValues(name: string, space: Space, values: Vector, length: number, what: string): void {
  const right = space.precision === 'float32' ? values instanceof Float32Array : values instanceof Float64Array;
  if (!right) {
    const wanted = space.precision === 'float32' ? 'Float32Array' : 'Float64Array';
    throw broken(
      name,
      `${what} in a ${values?.constructor?.name ?? typeof values}`,
      `a ${wanted}: allocate through allocate(space, length)`,
    );
  }
  if (values.length < length) throw broken(name, `${what} in ${values.length} numbers`, `at least ${length}`);
}

/** A strategy's answer to `stop`. Throws StrategyError, naming the strategy, where it is no reason that a strategy can have. */
export function checkStop(name: string, answer: unknown): OwnStopReason | undefined {
  if (answer === undefined || ownStopReasons.includes(answer as OwnStopReason)) return answer as OwnStopReason | undefined;
  throw new StrategyError(`${name} answered stop with ${shown(answer)}; it must be undefined to go on, or ${ownStopReasons.join(' or ')}.`);
}

function broken(name: string, given: string, wanted: string): StrategyError {
  return new StrategyError(`${name} asked with ${given}; it must be ${wanted}.`);
}
