/** The rules that readers of COCO's and IOHprofiler's formats hold files to, on studies good and bad. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cocoFiles } from '../../reports/exports/coco.js';
import { algorithmFolders, type ExportFile } from '../../reports/exports/export-file.js';
import { iohFiles } from '../../reports/exports/ioh.js';
import { removeStale } from '../../reports/exports/stale.js';
import type { RunRecord, StudyResults } from '../../src/study/results.js';
import { badStudies, failed, study } from './synthetic.js';

const empty = { evaluations: 0, gradients: 0, samplePasses: 0, failed: 0, secondsEvaluate: 0, secondsAsk: 0, secondsTell: 0 };

/** One strategy, `a, "b"`, on f8 in 2-D, instance 3; `losses` at `counts`. */
function bbobStudy(...runs: (readonly [counts: number[], losses: (number | null)[]])[]): StudyResults {
  const [problem] = study({ seeds: 1 }).problems;
  const f8 = {
    ...problem,
    id: 'bbob:f8:i3:d2',
    kind: 'function' as const,
    dimension: 2,
    optimum: -100,
    facts: { suite: 'bbob', function: 8, instance: 3, noise: 'none' },
  };
  const label = 'a, "b"';
  const strategy = { label, title: 'A', family: 'random', settings: { name: 'a', options: {} } };
  const records = runs.map(
    ([counts, losses], i): RunRecord => ({
      id: `${i}`,
      settings: {
        problem: f8.id,
        strategy: strategy.settings,
        seed: i + 1,
        budget: { evaluations: 10 },
        bounds: 'clip',
        provider: 'cpu',
        threads: 1,
      },
      label,
      status: 'done',
      cost: { ...empty, evaluations: counts[counts.length - 1] },
      peakBytes: 0,
      trace: {
        evaluations: counts,
        gradients: counts.map(() => 0),
        samplePasses: counts,
        seconds: counts.map(() => 0.1),
        loss: losses,
      },
      final: { loss: losses[losses.length - 1] },
    }),
  );
  return { ...study({ seeds: 1 }), problems: [f8], strategies: [strategy], seeds: records.map((_, i) => i + 1), runs: records };
}

const text = (files: readonly ExportFile[], ending: string) => files.filter(({ name }) => name.endsWith(ending)).map(({ make }) => make());

describe('coco', () => {
  const results = bbobStudy(
    [
      [1, 2, 3, 10],
      [-60, -60, -99.5, -99.5],
    ],
    [
      [1, 2],
      [null, -100],
    ],
  );

  test('an index line for each run: its instance, all its evaluations and how near it came', () => {
    expect(text(cocoFiles(results), '.info')).toEqual(
      [
        "suite = 'bbob', funcId = 8, DIM = 2, Precision = 1.000e-08, algId = 'a-b-d4f4b4', logger = 'zeroth', data_format = 'bbob-new2'\n" +
          '%\n' +
          'data_f8/bbobexp_f8_DIM2.dat, 3:10|5.0e-1, 3:2|0.0e+0\n',
      ].map((line) => line.replace('a-b-d4f4b4', folderOf(results))),
    );
  });

  test('.dat has the first evaluation, improvements and the last; .tdat every row; what is not finite is 3e21', () => {
    const head = '% f evaluations | g evaluations | best noise-free fitness - Fopt | measured fitness | best measured fitness\n';
    const first = '1 0 4e+1 -6e+1 -6e+1\n';
    const end = '3 0 5e-1 -9.95e+1 -9.95e+1\n10 0 5e-1 -9.95e+1 -9.95e+1\n';
    const second = '1 0 3e21 3e21 3e21\n2 0 0e+0 -1e+2 -1e+2\n';
    expect(text(cocoFiles(results), '.dat')).toEqual([`${head}${first}${end}${head}${second}`]);
    expect(text(cocoFiles(results), '.tdat')).toEqual([`${head}${first}2 0 4e+1 -6e+1 -6e+1\n${end}${head}${second}`]);
  });

  test('only BBOB without noise is exported', () => {
    expect(cocoFiles(study())).toEqual([]);
    const [problem] = results.problems;
    const noisy = { ...results, problems: [{ ...problem, facts: { ...problem.facts, noise: 'gauss, severe' } }] };
    expect(cocoFiles(noisy)).toEqual([]);
    expect(iohFiles(noisy).map(({ name }) => name.split('/').at(-1))).toEqual(['IOHprofiler_f1001.json', 'IOHprofiler_f1001_DIM2.dat']);
  });
});

function folderOf(results: StudyResults): string {
  return algorithmFolders(results.strategies).get(results.strategies[0].label) ?? '';
}

/** What iohinspector does: a run begins at each row with evaluation 1. */
function readIoh(files: readonly ExportFile[]) {
  const byName = new Map(files.map((file) => [file.name, file]));
  return files
    .filter(({ name }) => name.endsWith('.json'))
    .map(({ name, make }) => {
      const index = JSON.parse(make());
      const scenarios = index.scenarios.map((scenario: { path: string; dimension: number; runs: { evals: number }[] }) => {
        const data = byName.get(`${name.slice(0, name.lastIndexOf('/'))}/${scenario.path}`)?.make() ?? '';
        const [header, ...rows] = data.trimEnd().split('\n');
        const cells = rows.filter((row) => row !== header).map((row) => row.split(' ').map(Number));
        const starts = cells.flatMap(([count], at) => (count === 1 ? [at] : []));
        return { ...scenario, header, runs: starts.map((start, k) => cells.slice(start, starts[k + 1])), summaries: scenario.runs };
      });
      return { ...index, scenarios };
    });
}

describe('ioh', () => {
  const cases = { 'a whole study': study(), ...badStudies() };
  for (const [name, results] of Object.entries(cases)) {
    test(`${name}: every run is found by its row at evaluation 1, counts rise to its total, numbers are finite`, () => {
      const files = iohFiles(results);
      const indexes = readIoh(files);
      const done = results.runs.filter(({ status }) => status === 'done');
      let found = 0;
      for (const index of indexes) {
        for (const { header, runs, summaries, dimension } of index.scenarios) {
          expect(header).toBe(index.attributes.join(' '));
          expect(runs).toHaveLength(summaries.length);
          expect(dimension).toBeLessThanOrEqual(65535);
          runs.forEach((rows: number[][], k: number) => {
            found++;
            rows.forEach((row, at) => {
              expect(row.every(Number.isFinite)).toBe(true);
              expect(row).toHaveLength(index.attributes.length);
              if (at > 0) expect(row[0]).toBeGreaterThan(rows[at - 1][0]);
            });
            expect(rows[rows.length - 1][0]).toBe(summaries[k].evals);
            expect(Object.keys(summaries[k].best)).toEqual(['evals', 'y', 'x']);
            expect(rows.find(([count]) => count === summaries[k].best.evals)?.[1]).toBe(summaries[k].best.y);
          });
        }
      }
      expect(found).toBe(done.length);
      expect(new Set(files.map((file) => file.name.toLowerCase())).size).toBe(files.length);
      for (const file of files) expect(file.name).toMatch(/^ioh\/[\w.-]+(\/[\w.-]+)+$/);
    });
  }

  test('a network with more parameters than 16 bits count has its dimension as an attribute', () => {
    const whole = study({ seeds: 1 });
    const problems = whole.problems.map((problem) => (problem.id === 'iris' ? { ...problem, dimension: 101770 } : problem));
    const [iris] = readIoh(iohFiles({ ...whole, problems }));
    expect(iris.scenarios[0].dimension).toBe(65535);
    expect(iris.experiment_attributes).toContainEqual({ true_dimension: '101770' });
  });

  test('attributes, which a reader evaluates, hold nothing but names and numbers', () => {
    const whole = study({ seeds: 1 });
    const provenance = { ...whole.provenance, zeroth: "__import__('os').getcwd()" };
    const [index] = readIoh(iohFiles({ ...whole, provenance }));
    for (const attribute of index.experiment_attributes) for (const value of Object.values(attribute)) expect(value).toMatch(/^[\w. -]*$/);
  });

  test('one function in several dimensions is one index with a scenario each', () => {
    const whole = study({ seeds: 2 });
    const [, , rastrigin] = whole.problems;
    const problems = [{ ...rastrigin, id: 'rastrigin:d3', dimension: 3 }, rastrigin];
    const runs = whole.runs.flatMap((run) =>
      run.settings.problem === 'rastrigin:d10'
        ? [run, { ...run, id: `${run.id}-3`, settings: { ...run.settings, problem: 'rastrigin:d3' } }]
        : [],
    );
    const indexes = readIoh(iohFiles({ ...whole, problems, runs }));
    expect(
      indexes.map(({ function_name, scenarios }) => [function_name, scenarios.map((s: { dimension: number }) => s.dimension)]),
    ).toEqual(whole.strategies.map(() => ['rastrigin', [3, 10]]));
  });

  test('two executions that differ in times alone give the same bytes', () => {
    const all = (results: StudyResults) => iohFiles(results).map(({ name, make }) => [name, make()]);
    expect(all(study({ clock: 1 }))).toEqual(all(study({ clock: 2 })));
  });

  test('runs that failed are left out', () => {
    const whole = study({ seeds: 2 });
    const runs = whole.runs.map((run) => (run.settings.seed === 1 ? failed(run, 'no') : run));
    for (const { scenarios } of readIoh(iohFiles({ ...whole, runs }))) expect(scenarios[0].runs).toHaveLength(1);
  });
});

test('strategies whose names differ in capitals or signs alone have folders of their own', () => {
  const [strategy] = study().strategies;
  const labels = ['pso', 'PSO', 'Pso', 'a b', 'a/b', '..', '///'];
  const folders = [...algorithmFolders(labels.map((label) => ({ ...strategy, label }))).values()];
  expect(new Set(folders.map((folder) => folder.toLowerCase())).size).toBe(labels.length);
  for (const folder of folders) expect(folder).toMatch(/^[\w-][\w.-]*$/);
});

describe('an earlier report', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zeroth-exports-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('loses its exports; what is kept and what the user put there stays', async () => {
    const put = async (name: string) => {
      await mkdir(join(folder, name, '..'), { recursive: true });
      await writeFile(join(folder, name), name);
    };
    const old = ['ioh/old/IOHprofiler_f1.json', 'ioh/old/data_f1/IOHprofiler_f1_DIM2.dat', 'coco/old/data_f1/bbobexp_f1_DIM2.tdat'];
    const kept = ['ioh/new/IOHprofiler_f1.json', 'ioh/mine/notes.txt', 'coco/bbobexp_f1.info'];
    for (const name of [...old, ...kept]) await put(name);
    await removeStale(
      folder,
      [kept[0], kept[2]].map((name) => ({ name, make: () => '' })),
    );
    const there = await readdir(folder, { recursive: true });
    expect(there.filter((name) => name.includes('.')).sort()).toEqual([...kept].sort());
    expect(there.filter((name) => name.includes('old'))).toEqual([]);
    expect(await readFile(join(folder, kept[1]), 'utf8')).toBe(kept[1]);
  });
});
