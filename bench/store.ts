/**
 * What a study of 10,000 runs costs beside the runs themselves: BBOB's 24 functions x 15 instances in 5-D x 7 strategies x
 * 4 seeds; stored alone, then carried out whole by one worker and by two.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minimizeRun, performRun } from '../src/study/perform.js';
import { planStudy } from '../src/study/plan.js';
import { ProblemCache } from '../src/study/problem-cache.js';
import { readResults } from '../src/study/read-results.js';
import { rowOf, type StoredRun } from '../src/study/run-row.js';
import { runStudy } from '../src/study/run-study.js';
import { RunStore } from '../src/study/store.js';
import { parseStudy } from '../src/study/study-schema.js';
import type { Benchmark, Row } from './benchmark.js';

const study = {
  problems: ['bbob:f*:i1-15:d5'],
  strategies: ['pso', 'ga', 'de', 'jde', 'cma-es', 'nelder-mead', 'random-search'],
  seeds: 4,
  budget: { evaluations: 10_000 },
};
const wholeRuns = 10_080;
const perSeed = wholeRuns / study.seeds;
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
  const plan = await planStudy(parseStudy(study), async () => ({ provider: 'cpu', threads: 1 }));
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
    for (const [k, { id }] of plan.runs.entries()) store.addRuns([rowOf({ ...samples[k % samples.length], id })]);
  });
  rows.push(row('store', stored / runs, 'each run in a commit of its own, on the disk when it returns'));
  const read = await timed(() => readResults(store));
  rows.push(row('read back', read / runs, 'all runs, for the report'));
  store.close();
  return rows;
}

/**
 * The whole study by one worker, and before and after it by two, because the speed of a machine changes from minute to minute; then
 * the same with runs twice as long, beside which starting, planning, storing and reading count half.
 */
async function workers(folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const factor of [1, 2]) {
    const evaluations = factor * study.budget.evaluations;
    const before = await whole(folder, 2, evaluations);
    const one = await whole(folder, 1, evaluations);
    const after = await whole(folder, 2, evaluations);
    const two = (before.time + after.time) / 2;
    const each = `${evaluations.toLocaleString('en')} evaluations`;
    const both = `${seconds(before.time)} s and ${seconds(after.time)} s, before and after`;
    rows.push(
      row(`${each}, one worker`, one.time / wholeRuns, `10,080 runs in ${seconds(one.time)} s`),
      row(`${each}, two workers`, two / wholeRuns, both),
      { name: `${each}, two workers to one`, value: one.time / two, unit: 'times', note: 'at least 1.8 wanted' },
      row(`${each}, the study's own process`, (before.own + after.own) / 2 / wholeRuns, 'processor time with two workers'),
    );
  }
  const alone = await timed(() => inThisProcess());
  return [...rows, row('10,000 evaluations, the runs alone', alone / perSeed, 'in one process, one seed of four; no store, no messages')];
}

/** Milliseconds: `own` of processor time in this process. */
async function whole(folder: string, workers: number, evaluations: number): Promise<{ readonly time: number; readonly own: number }> {
  const out = join(folder, 'study');
  await rm(out, { recursive: true, force: true });
  const before = process.cpuUsage();
  const time = await timed(() => runStudy(parseStudy({ ...study, workers, budget: { evaluations } }), { out, command: '' }));
  const { user, system } = process.cpuUsage(before);
  return { time, own: (user + system) / 1000 };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

async function inThisProcess(): Promise<void> {
  const plan = await planStudy(parseStudy({ ...study, seeds: 1 }), async () => ({ provider: 'cpu', threads: 1 }));
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
