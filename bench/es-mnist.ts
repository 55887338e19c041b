/**
 * The evolution strategies of the experiment `es-mnist` at a tenth of its budget: 200 iterations on 1,024 samples of MNIST, and
 * beside what they reach what a generation costs them. About a quarter of an hour on two cores.
 */
import os from 'node:os';
import { contestants, experiment, studyOf } from '../experiments/es-mnist.js';
import { minimize } from '../src/core/minimize.js';
import { findProblem } from '../src/problems/registry.js';
import { findStrategy } from '../src/study/strategy-registry.js';
import { parseStudy } from '../src/study/study-schema.js';
import type { Benchmark, Row } from './benchmark.js';

const { iterations, ...full } = experiment.settings.full;
const settings = { ...full, iterations: iterations / 10 };

export const benchmark: Benchmark = {
  name: `Evolution strategies on MNIST, ${settings.iterations} iterations of ${settings.batch} samples`,
  async run() {
    const rows: Row[] = [];
    for (const contestant of contestants) {
      const { problems } = parseStudy(studyOf([contestant], settings));
      const problem = await findProblem(problems[0].id);
      const objective = await problem.open({ seed: 1, provider: 'cpu', threads: os.availableParallelism() });
      try {
        const { label, name, population, options } = contestant;
        const strategy = await findStrategy(name);
        const budget = { evaluations: settings.iterations * population };
        const { metrics, cost } = await minimize(objective, strategy, { seed: 1, options, budget });
        rows.push(
          {
            name: `${label}, test accuracy`,
            value: 100 * (metrics?.testAccuracy ?? Number.NaN),
            unit: '%',
            note: `population ${population}, one seed`,
          },
          { name: `${label}, evaluation of a generation`, value: cost.secondsEvaluate / settings.iterations, unit: 's' },
          {
            name: `${label}, ask and tell of a generation`,
            value: (1000 * (cost.secondsAsk + cost.secondsTell)) / settings.iterations,
            unit: 'ms',
          },
        );
      } finally {
        await objective.close?.();
      }
    }
    return { rows };
  },
};
