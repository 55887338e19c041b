/** A study of strategies that break their contract, each in its own way, among ones that do not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LocalExecutor } from '../../src/study/local-executor.js';
import { type Plan, planStudy } from '../../src/study/plan.js';
import { runOf, type StoredRun } from '../../src/study/run-row.js';
import { parseStudy } from '../../src/study/study-schema.js';

const path = fileURLToPath(new URL('./strategies/ill-behaved.js', import.meta.url));
const workerFile = fileURLToPath(new URL('../../src/study/worker.js', import.meta.url));
const evaluations = 40;
const seeds = [1, 2];

/** Of a run that breaks off: what its error says. */
const errors: Readonly<Record<string, string>> = {
  'throw in start': 'ill-behaved failed in start: start on purpose',
  'throw in ask': 'ill-behaved failed in ask: ask on purpose',
  'throw in tell': 'ill-behaved failed in tell: tell on purpose',
  'throw text': 'ill-behaved failed in ask: text on purpose',
  'hang in ask': `${path} on rastrigin:d3 took longer than its time limit of 3 s and was ended.`,
  'hang in tell': `${path} on rastrigin:d3 took longer than its time limit of 3 s and was ended.`,
  'hang in start': `${path} on rastrigin:d3 took longer than its time limit of 3 s and was ended.`,
  'ask too few numbers': 'ill-behaved asked with a population in 14 numbers; it must be at least 15.',
  'ask another dimension': "ill-behaved asked with a population of dimension 4; it must be dimension 3, the space's.",
  'ask no candidates': 'ill-behaved asked with a population of 0 candidates; it must be a whole number of at least 1.',
  'ask another precision':
    'ill-behaved asked with a population in a Float32Array; it must be a Float64Array: allocate through allocate(space, length).',
  'ask nothing': 'ill-behaved asked with a question of kind undefined; it must be losses, gradient or responses.',
  'ask later': 'ill-behaved answered ask with a promise: a strategy answers at once, without async and await.',
  'tell later': 'ill-behaved answered tell with a promise: a strategy answers at once, without async and await.',
  'ask NaN at first': 'ill-behaved asked for a coordinate that is not a finite number in its first question.',
  'reject unseen': `The process of ${path} on rastrigin:d3 ended 2 times: exit code 1 (Unhandled rejection: TypeError: unseen on purpose (ill-behaved.js:`,
  'keep a function': 'ill-behaved cannot be saved. Cannot save the value.harness.state.extra: a function is not plain data.',
};
const done = ['nothing', 'ask NaN later', 'ask outside'];
const well = ['random-search', 'pso', 'cma-es'];

let plan: Plan;
const runs = new Map<string, StoredRun>();

async function carryOut(strategies: unknown[]): Promise<{ plan: Plan; runs: Map<string, StoredRun> }> {
  const study = parseStudy({ problems: ['rastrigin:d3'], strategies, seeds, budget: { evaluations } });
  const planned = await planStudy(study, () => Promise.resolve({ provider: 'cpu', threads: 1 }));
  const ended = new Map<string, StoredRun>();
  await new LocalExecutor({ workerFile, workers: 2, timeLimit: 3, saveSeconds: 0 }).execute(planned.runs, {
    checkpoint: () => undefined,
    save: () => {},
    finished: (rows) => {
      for (const row of rows) ended.set(row.id, runOf(row));
    },
  });
  return { plan: planned, runs: ended };
}

beforeAll(async () => {
  const ill = [...Object.keys(errors), ...done].map((does) => ({ name: path, label: does, options: { does } }));
  // a well-behaved one after every few, so that each has ill neighbours in its process
  const mixed = ill.flatMap((strategy, i) => (i % 5 === 2 && i < 15 ? [strategy, well[(i - 2) / 5]] : [strategy]));
  const result = await carryOut(mixed);
  plan = result.plan;
  for (const [id, run] of result.runs) runs.set(id, run);
}, 120_000);

function runsOf(label: string): StoredRun[] {
  return plan.runs
    .filter((run) => run.label === label)
    .map(({ id }) => {
      const run = runs.get(id);
      if (run === undefined) throw new Error(`no run ${id} of ${label}`);
      return run;
    });
}

describe('a plug-in that breaks its contract', () => {
  test.each(Object.entries(errors))('by %s fails its own runs with an error that names it', (does, error) => {
    const failed = runsOf(does);
    expect(failed).toHaveLength(seeds.length);
    for (const run of failed) {
      expect(run.status).toBe('failed');
      expect(run.error).toContain(error);
      expect(run.error).toContain('ill-behaved');
    }
  });

  test('by points outside the bounds is evaluated at points inside', () => {
    for (const run of runsOf('ask outside')) {
      expect(run).toMatchObject({ status: 'done', stop: 'evaluations' });
      const best = new Float64Array(Uint8Array.from(run.best ?? []).buffer);
      // Rastrigin's function is searched within [-5.12, 5.12]: coordinates of 1e9 are clipped
      expect([...best]).toEqual([5.12, 5.12, 5.12]);
    }
  });

  test('by NaN after some answers keeps what it had found, and says that it diverged', () => {
    for (const run of runsOf('ask NaN later')) {
      expect(run).toMatchObject({ status: 'done', stop: 'diverged', cost: { evaluations: 10 } });
      expect(run.final.loss).toBeGreaterThan(0);
    }
  });

  test('harms no other run', async () => {
    const alone = await carryOut([...well, { name: path, label: 'nothing', options: { does: 'nothing' } }]);
    for (const label of [...well, 'nothing']) {
      for (const run of runsOf(label)) {
        expect(run).toMatchObject({ status: 'done', cost: { evaluations } });
        expect(run.final).toEqual(alone.runs.get(run.id)?.final);
        expect(run.best).toEqual(alone.runs.get(run.id)?.best);
      }
    }
  }, 60_000);
});

describe('a plug-in whose module', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zeroth-plugins-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const good = fileURLToPath(new URL('../../strategies/random-search.js', import.meta.url));
  /** A strategy under another name, and beside it what its module does. */
  const file = (name: string, does: string) => {
    const at = join(folder, `${name}.mjs`);
    writeFileSync(
      at,
      `import { randomSearch } from ${JSON.stringify(pathToFileURL(good).href)};\nimport { z } from ${JSON.stringify(zod)};\n${does}`,
    );
    return at;
  };
  const zod = import.meta.resolve('zod');
  const exported = 'export const found = { ...randomSearch, name: "found" };';
  const modules: Readonly<Record<string, readonly [does: string, told: string]>> = {
    throws: [`throw new Error('import on purpose');`, 'cannot be loaded: import on purpose'],
    exits: [`process.exit(3); ${exported}`, 'cannot be loaded: its process ended with exit code 3.'],
    leaves: [`process.exit(0); ${exported}`, 'cannot be loaded: its process ended with exit code 0.'],
    hangs: [`for (;;) {} ${exported}`, 'cannot be loaded: its process took longer than 8 s and was ended.'],
    waits: [`await new Promise(() => {}); ${exported}`, 'cannot be loaded: its process took longer than 8 s and was ended.'],
    'holds nothing': ['export const a = 1;', 'must export exactly one strategy'],
    'reads options badly': [
      'export const found = { ...randomSearch, name: "found", options: z.strictObject({ a: z.number().default(1).refine((a) => a < 2 || process.exit(5)) }) };',
      'cannot be loaded: its process ended with exit code 5.',
    ],
  };

  async function planned(strategies: unknown[]) {
    const study = parseStudy({ problems: ['sphere:d2'], strategies, seeds: 1, budget: { evaluations } });
    return planStudy(study, () => Promise.resolve({ provider: 'cpu', threads: 1 }), { limit: 8 });
  }

  test('does any harm where it is loaded is refused by name, and the others are planned', async () => {
    const entries = Object.entries(modules).map(([name, [does, told]]) => ({ name, path: file(name.replaceAll(' ', '-'), does), told }));
    const strategies = entries.map(({ name, path: at }) => ({ name: at, options: name === 'reads options badly' ? { a: 3 } : {} }));
    const { runs: all } = await planned(['pso', ...strategies, good, `restarted(${good})`]);
    const told = all.map(({ refused }) => refused);
    expect([told[0], ...told.slice(-2)]).toEqual([undefined, undefined, undefined]);
    entries.forEach(({ path: at, told: words }, i) => {
      expect(told[i + 1]).toContain(at);
      expect(told[i + 1]).toContain(words);
    });
    // what a plug-in says of itself is what it says when it is loaded here
    expect(all.at(-2)).toMatchObject({ label: 'random-search', settings: { strategy: { options: { populationSize: 100 } } } });
  }, 120_000);

  test('is wrong is told at once where there is nothing else to run, and where its options are wrong', async () => {
    await expect(planned([file('alone', `throw new Error('alone on purpose');`)])).rejects.toThrow('alone on purpose');
    await expect(planned(['pso', join(folder, 'absent.mjs')])).rejects.toThrow('study.strategies[1]: There is no file');
    await expect(planned(['pso', { name: good, options: { population: 3 } }])).rejects.toThrow(
      'study.strategies[1].options: random-search has no option "population"',
    );
  });
});
