/** Large dimensions: every strategy whose card allows it, 100 generations at D = 101,770, beside the memory that its card states. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { allStrategies } from '../src/study/strategy-registry.js';
import type { Benchmark, Row } from './benchmark.js';
import { generations, type Measured, problem } from './large/task.js';

const dimension = 101_770;
const child = fileURLToPath(new URL('large/child.js', import.meta.url));
const run = promisify(execFile);
const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0);

export const benchmark: Benchmark = {
  name: 'Large dimensions: 100 generations at D = 101,770',
  async run() {
    const rows: Row[] = [];
    for (const { name, card } of await allStrategies()) {
      if (card.largestDimension < dimension) continue;
      console.error(`  ${name}`);
      const measured = JSON.parse((await run(process.execPath, [child, name])).stdout) as Measured;
      const { asked, population, stateBytes, claimedBytes, peakBytes, secondsOwn, secondsEvaluate } = measured;
      if (asked !== generations) throw new Error(`${name} ended after ${asked} of ${generations} generations: ${measured.stop}`);
      const within = stateBytes <= claimedBytes + 4096 ? 'within' : 'ABOVE';
      rows.push({
        name,
        value: (1000 * (secondsOwn + secondsEvaluate)) / asked,
        unit: 'ms a generation',
        note:
          `population ${population}; ask + tell ${((100 * secondsOwn) / (secondsOwn + secondsEvaluate)).toFixed(0)} %; ` +
          `state ${megabytes(stateBytes)} MB, ${within} the ${megabytes(claimedBytes)} MB of its card; process ${megabytes(peakBytes)} MB at the peak`,
      });
    }
    rows.push({ name: 'problem', value: problem, unit: '', note: 'a generation is one question: a population, a point or a gradient' });
    return { rows };
  },
};
