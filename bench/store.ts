/**
 * What a study of 10,000 runs costs beside the runs themselves: BBOB's 24 functions x 15 instances in 5-D x 7 strategies x
 * 4 seeds. Then studies of longer runs by one worker and by two.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
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

const strategies = ['pso', 'ga', 'de', 'jde', 'cma-es', 'nelder-mead', 'random-search'];
const whole = {
  problems: ['bbob:f*:i1-15:d5'],
  strategies,
  seeds: 4,
  budget: { evaluations: 1000 },
};
/** Runs as long as those of a small real study, of two lengths. */
const scaling = { problems: ['bbob:f*:i1-15:d5'], strategies: ['pso', 'de'], seeds: [1, 4], budget: { evaluations: 10_000 } };
const perSeed = 720;
const wholeRuns = 10_080;
const roundsMeasured = 3;
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
    for (const [k, { id }] of plan.runs.entries()) store.addRuns([rowOf({ ...samples[k % samples.length], id })]);
  });
  rows.push(row('store', stored / runs, 'each run in a commit of its own, on the disk when it returns'));
  const read = await timed(() => readResults(store));
  rows.push(row('read back', read / runs, 'all runs, for the report'));
  store.close();
  return rows;
}

/**
 * Whole studies by one worker and by two. Starting the processes, and the first runs of each, which are slow until the machine
 * code is there, take a second or two of every study: of 10,080 runs that is little, of a study short enough to measure much.
 * So two lengths are measured, and a study of 10,080 runs is the shorter one and the rest at the rate between the two. A machine's
 * speed may change within a minute: one worker and two take turns, and of the rounds the middle one by the ratio is told.
 */
async function workers(folder: string): Promise<Row[]> {
  const rounds: Round[] = [];
  for (let k = 0; k < roundsMeasured; k++) {
    rounds.push(await round(folder));
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
  }
  rounds.sort((a, b) => a.ratio - b.ratio);
  const { one, two, ratio } = rounds[(roundsMeasured - 1) / 2];
  const alone = await timed(() => inThisProcess());
  const all = rounds.map((each) => each.ratio.toFixed(2)).join(', ');
  return [
    row('a study of 10,080 runs, one worker', one.whole, one.note),
    row('the same, two workers', two.whole, two.note),
    { name: 'two workers to one', value: ratio, unit: 'times', note: `at least 1.8 wanted; the middle of ${all}` },
    row("the study's own process", two.own, 'processor time with two workers: plan, messages, store'),
    row('the runs alone, in one process', alone / perSeed, 'no store, no messages'),
  ];
}

interface Measured {
  /** Milliseconds a run of a study of 10,080 runs. */
  readonly whole: number;
  /** Processor milliseconds a run of the study's own process, in the longer study. */
  readonly own: number;
  readonly note: string;
}

interface Round {
  readonly one: Measured;
  readonly two: Measured;
  readonly ratio: number;
}

async function round(folder: string): Promise<Round> {
  const times: number[][] = [[], []];
  const own: number[] = [];
  for (const seeds of scaling.seeds) {
    for (const [k, workers] of [1, 2].entries()) {
      const study = parseStudy({ ...scaling, seeds, workers });
      const before = process.cpuUsage();
      times[k].push(await timed(() => runStudy(study, { out: join(folder, `${workers}-${seeds}`), command: '' })));
      const { user, system } = process.cpuUsage(before);
      own[k] = (user + system) / 1000 / (seeds * perSeed);
    }
  }
  const [one, two] = times.map((each, k) => measured(each, own[k]));
  return { one, two, ratio: one.whole / two.whole };
}

function measured([short, long]: readonly number[], own: number): Measured {
  const [few, many] = scaling.seeds.map((seeds) => seeds * perSeed);
  const rate = (long - short) / (many - few);
  const note = `${few} runs in ${seconds(short)} s, ${many} in ${seconds(long)} s: ${rate.toFixed(2)} ms for each further run`;
  return { whole: (short + (wholeRuns - few) * rate) / wholeRuns, own, note };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

async function inThisProcess(): Promise<void> {
  const plan = await planStudy(parseStudy({ ...scaling, seeds: 1 }), async () => ({ provider: 'cpu', threads: 1 }));
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
