/**
 * One strategy for 100 generations on a network of 101,770 parameters, in a process of its own so that its peak memory is its
 * own. Argument: the strategy's name. Prints one JSON line.
 */
import process from 'node:process';
import { arrayBytes } from '../../src/core/codec.js';
import type { AnyStrategy } from '../../src/core/strategy.js';
import { minimize } from '../../src/study/minimize.js';
import { findStrategy } from '../../src/study/strategy-registry.js';
import { generations, type Measured, problem } from './task.js';

console.log(JSON.stringify(await measure(await findStrategy(process.argv[2]))));

/** Runs a strategy for 100 questions. */
async function measure(strategy: AnyStrategy): Promise<Measured> {
  let state: unknown;
  let asked = 0;
  let population = 1;
  let stateBytes = 0;
  const watched: AnyStrategy = {
    ...strategy,
    start(...given) {
      state = strategy.start(...given);
      return state;
    },
    tell(...given) {
      strategy.tell(...given);
      asked++;
      if (asked <= 3 || asked === generations) stateBytes = Math.max(stateBytes, arrayBytes(state));
    },
    ask(given) {
      const query = strategy.ask(given);
      if (query.kind === 'losses') population = Math.max(population, query.population.size);
      return query;
    },
    stop: (given) => strategy.stop?.(given) ?? (asked >= generations ? 'converged' : undefined),
  };
  const { best, cost, stop } = await minimize(problem, watched, { provider: 'cpu', seed: 1, budget: { evaluations: 1e9 } });
  return {
    asked,
    population,
    stop,
    stateBytes,
    claimedBytes: strategy.card.memory(best.point.length, population),
    peakBytes: 1024 * process.resourceUsage().maxRSS,
    loss: best.loss,
    secondsEvaluate: cost.secondsEvaluate,
    secondsOwn: cost.secondsAsk + cost.secondsTell,
  };
}
