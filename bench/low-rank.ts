/**
 * Low-rank noise beside dense noise on 784-128-10 relu, 256 candidates: what a whole generation on 256 samples of MNIST costs each,
 * ask, evaluation and tell, in one run; and the test accuracy that each reaches in equal seconds with the same settings.
 */
import os from 'node:os';
import { minimize } from '../src/core/minimize.js';
import type { Objective } from '../src/core/objective.js';
import type { AnyStrategy } from '../src/core/strategy.js';
import { findProblem } from '../src/problems/registry.js';
import { lowRankEs } from '../strategies/low-rank-es.js';
import { openaiEs } from '../strategies/openai-es.js';
import type { Benchmark, Row } from './benchmark.js';

const size = 256;
const batch = 256;
const generations = 20;
const rounds = 5;
const seconds = 30;
const options = { populationSize: size };

export const benchmark: Benchmark = {
  name: `Low-rank and dense noise, 784-128-10, P = ${size}, N = ${batch}`,
  async run() {
    const problem = await findProblem(`mnist(784-128-10,relu,batch=${batch})`);
    const open = () => problem.open({ seed: 1, provider: 'cpu', threads: os.availableParallelism() });
    const objective = await open();
    const { metrics: _, ...bare } = objective; // metrics at trace points are no part of a generation
    const dense: Spent[] = [];
    const low: Spent[] = [];
    try {
      await spent(openaiEs, bare);
      await spent(lowRankEs, bare);
      for (let round = 0; round < rounds; round++) {
        dense.push(await spent(openaiEs, bare));
        low.push(await spent(lowRankEs, bare));
      }
      const rows: Row[] = [...generationRows('openai-es', dense), ...generationRows('low-rank-es', low)];
      rows.push({
        name: 'openai-es / low-rank-es, a whole generation',
        value: least(dense, 'total') / least(low, 'total'),
        unit: '',
        note: 'goal: at least 5',
      });
      for (const strategy of [openaiEs, lowRankEs]) {
        const { metrics, cost } = await minimize(objective, strategy, { seed: 1, options, budget: { seconds } });
        rows.push({
          name: `${strategy.name}, test accuracy after ${seconds} s`,
          value: 100 * (metrics?.testAccuracy ?? Number.NaN),
          unit: '%',
          note: `${cost.evaluations} evaluations; default settings`,
        });
      }
      return { rows };
    } finally {
      await objective.close?.();
    }
  },
};

/** Milliseconds of one generation. */
interface Spent {
  readonly ask: number;
  readonly evaluate: number;
  readonly tell: number;
  readonly total: number;
}

async function spent(strategy: AnyStrategy, objective: Objective): Promise<Spent> {
  const { cost } = await minimize(objective, strategy, { seed: 1, options, budget: { evaluations: generations * size } });
  const each = (total: number) => (1000 * total) / generations;
  const [ask, evaluate, tell] = [each(cost.secondsAsk), each(cost.secondsEvaluate), each(cost.secondsTell)];
  return { ask, evaluate, tell, total: ask + evaluate + tell };
}

function least(runs: readonly Spent[], part: keyof Spent): number {
  return Math.min(...runs.map((run) => run[part]));
}

function generationRows(name: string, runs: readonly Spent[]): Row[] {
  const note = `best of ${rounds} runs of ${generations} generations`;
  return (['ask', 'evaluate', 'tell', 'total'] as const).map((part) => ({
    name: `${name} ${part}`,
    value: least(runs, part),
    unit: 'ms',
    note,
  }));
}
