/**
 * What a study of 10,000 runs costs beside the runs themselves: BBOB's 24 functions x 15 instances in 5-D x 7 strategies x
 * 4 seeds. Then the same study, shortened, by one worker and by two.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minimizeRun, performRun } from '../src/study/perform.js';
import { planStudy } from '../src/study/plan.js';
import { ProblemCache } from '../src/study/problem-cache.js';
import { readResults } from '../src/study/read-results.js';
import { runStudy } from '../src/study/run-study.js';
import { RunStore, type StoredRun } from '../src/study/store.js';
import { parseStudy } from '../src/study/study-schema.js';
import type { Benchmark, Row } from './benchmark.js';

const strategies = ['pso', 'ga', 'de', 'jde', 'cma-es', 'nelder-mead', 'random-search'];
const whole = {
  problems: ['bbob:f*:i1-15:d5'],
  strategies,
  seeds: 4,
  budget: { evaluations: 1000 },
};
/** Runs as long as those of a small real study. */
const scaling = { problems: ['bbob:f*:i1-5:d5'], strategies: ['pso', 'de'], seeds: 1, budget: { evaluations: 10_000 } };
const repeats = 3;
const overheadRuns = 500;

export const benchmark: Benchmark = {
  name: 'Studies',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'zeroth-bench-'));
    try {
      return { rows: [...(await overhead(folder)), ...(await workers(folder))] };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function overhead(folder: string): Promise<Row[]> {
  const started = performance.now();
  const plan = await planStudy(parseStudy(whole), async () => ({ provider: 'cpu', threads: 1 }));
  const planned = performance.now() - started;
  const runs = plan.runs.length;
  const problems = new ProblemCache();
  const samples: StoredRun[] = [];
  for (let k = 0; k < overheadRuns; k++) {
    const task = plan.runs[Math.floor((k * runs) / overheadRuns)];
    const run = await performRun(task, problems, {});
    if (run !== undefined) samples.push(run);
  }
  const rows = [row('plan', planned / runs, `${runs} runs`)];
  const store = RunStore.open(join(folder, 'runs.db'), true);
  const { name, seeds, budget } = plan;
  const order = plan.runs.map(({ id, label }) => ({ id, label }));
  const commands = { study: '', run: {} };
  const provenance = {} as Parameters<RunStore['writeFrame']>[0]['provenance'];
  store.writeFrame({ name, problems: plan.problems, strategies: plan.strategies, seeds, budget, provenance, commands, runs: order });
  const stored = await timed(() => {
    for (const [k, { id }] of plan.runs.entries()) store.addRuns([{ ...samples[k % samples.length], id }]);
  });
  rows.push(row('store', stored / runs, 'each run in a commit of its own, on the disk when it returns'));
  const read = await timed(() => readResults(store));
  rows.push(row('read back', read / runs, 'all runs, for the report'));
  store.close();
  return rows;
}

async function workers(folder: string): Promise<Row[]> {
  const least = [Infinity, Infinity];
  let runs = 0;
  let busy = Infinity;
  // turn by turn, the least of each: what else the machine does slows both
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const count of [1, 2]) {
      const study = parseStudy({ ...scaling, workers: count });
      const out = join(folder, `${count}-${repeat}`);
      const before = process.cpuUsage();
      const time = await timed(async () => {
        runs = (await runStudy(study, { out, command: '' })).results.runs.length;
      });
      const { user, system } = process.cpuUsage(before);
      busy = Math.min(busy, (user + system) / 1000);
      least[count - 1] = Math.min(least[count - 1], time);
    }
  }
  const alone = await timed(() => inThisProcess());
  return [
    row('a whole study, one worker', least[0] / runs, `${runs} runs of ${scaling.budget.evaluations} evaluations, least of ${repeats}`),
    row('the same, two workers', least[1] / runs, ''),
    { name: 'two workers to one', value: least[0] / least[1], unit: 'times', note: 'at least 1.8 wanted' },
    row("the study's own process", busy / runs, 'processor time: plan, messages, store'),
    row('the runs alone, in one process', alone / runs, 'no store, no messages'),
  ];
}

async function inThisProcess(): Promise<void> {
  const plan = await planStudy(parseStudy(scaling), async () => ({ provider: 'cpu', threads: 1 }));
  const problems = new ProblemCache();
  for (const { settings } of plan.runs) await minimizeRun(settings, problems);
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function row(name: string, value: number, note: string): Row {
  return { name, value, unit: 'ms a run', note };
}
