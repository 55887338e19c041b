/**
 * Every run in the format of IOHprofiler (version 2: a JSON index beside the data), which IOHanalyzer and `iohinspector` read:
 * for each strategy a folder, in it for each function an index and for each dimension the runs. The format: J. de Nobel,
 * F. Ye, D. Vermetten, H. Wang, C. Doerr and T. Bäck 2024, IOHexperimenter, https://doi.org/10.1162/evco_a_00342.
 */

import type { Trace } from '../../src/core/trace.js';
import type { ProblemInfo, RunRecord, StudyResults } from '../../src/study/results.js';
import { distance } from '../tasks.js';
import { algorithmFolders, bbobProblems, type ExportFile, exportable, grouped, nothingFound, rowsOf } from './export-file.js';

/** Of the format; IOHanalyzer reads this layout from 0.3.3 on. */
const version = '0.3.3';
/** `iohinspector` keeps dimensions, functions and instances in 16 bits. */
const largest = 65535;
/** Functions that are not COCO's are numbered from here on, so that none looks like one of COCO's. */
const firstOwnFunction = 1001;

interface IohFunction {
  readonly suite: string;
  readonly id: number;
  readonly name: string;
}

interface IohRun {
  readonly run: RunRecord;
  readonly problem: ProblemInfo;
  readonly f: IohFunction;
  readonly instance: number;
}

/** The files of `ioh/`. `raw_y` is the loss, or its loss above the optimum where that is known. */
export function iohFiles(results: StudyResults): ExportFile[] {
  const functions = functionsOf(results);
  const bbob = bbobProblems(results);
  const infos = new Map(results.problems.map((problem) => [problem.id, problem]));
  const places = new Map(results.seeds.map((seed, index) => [seed, index + 1]));
  const runs = results.runs.flatMap((run): IohRun[] => {
    const problem = infos.get(run.settings.problem);
    const f = functions.get(run.settings.problem);
    if (problem === undefined || f === undefined || !exportable(run)) return [];
    // elsewhere the seed chooses what is minimized: its data split, its minibatches, the place of its optimum
    const instance = bbob.get(problem.id)?.instance ?? places.get(run.settings.seed) ?? 1;
    return [{ run, problem, f, instance: Math.min(instance, largest) }];
  });
  const folders = algorithmFolders(results.strategies);
  return [...grouped(runs, ({ run }) => run.label)].flatMap(([label, own]) => {
    const folder = folders.get(label) ?? label;
    return [...grouped(own, ({ f }) => f)].flatMap(([f, ofFunction]) => functionFiles(results, folder, f, ofFunction));
  });
}

/** By problem: COCO's functions by their numbers, the others by what their ids are without the dimension. */
function functionsOf(results: StudyResults): Map<string, IohFunction> {
  const bbob = bbobProblems(results);
  const known = new Map<string, IohFunction>();
  let own = firstOwnFunction;
  const functions = new Map<string, IohFunction>();
  for (const { id } of results.problems) {
    const number = bbob.get(id)?.number;
    const name = number === undefined ? (/^[\w:=-]+$/.test(id) ? id.replace(/:d\d+(?=:|$)/, '') : id) : `f${number}`;
    const f = known.get(name) ?? { suite: number === undefined ? 'zeroth' : 'bbob', id: number ?? own++, name };
    known.set(name, f);
    functions.set(id, f);
  }
  return functions;
}

function functionFiles(results: StudyResults, folder: string, f: IohFunction, runs: readonly IohRun[]): ExportFile[] {
  const scenarios = [...grouped(runs, ({ problem }) => problem.dimension)].sort(([a], [b]) => a - b);
  const pathOf = (dimension: number) => `data_f${f.id}/IOHprofiler_f${f.id}_DIM${dimension}.dat`;
  const measures = measuresOf(runs);
  const strategy = results.strategies.find(({ label }) => label === runs[0].run.label);
  const index = {
    version,
    suite: f.suite,
    function_id: f.id,
    function_name: f.name,
    maximization: false,
    algorithm: { name: folder, info: `${strategy?.title ?? ''} ${JSON.stringify(strategy?.settings.options ?? {})}`.trim() },
    experiment_attributes: attributesOf(results, scenarios),
    run_attributes: ['seed'],
    attributes: ['evaluations', 'raw_y', 'sample_passes', ...measures.map(([column]) => column)],
    scenarios: scenarios.map(([dimension, list]) => ({
      dimension: Math.min(dimension, largest),
      path: pathOf(dimension),
      runs: list.map(summary),
    })),
  };
  return [
    { name: `ioh/${folder}/IOHprofiler_f${f.id}.json`, make: () => `${JSON.stringify(index, null, 1)}\n` },
    ...scenarios.map(([dimension, list]) => ({
      name: `ioh/${folder}/${pathOf(dimension)}`,
      make: () => list.map((entry) => lines(entry, measures)).join(''),
    })),
  ];
}

/** Names and values hold nothing but letters, digits and dots: a reader evaluates them as Python. */
function attributesOf(results: StudyResults, scenarios: readonly (readonly [number, unknown])[]): Record<string, string>[] {
  const beyond = scenarios.map(([dimension]) => dimension).filter((dimension) => dimension > largest);
  return [
    { zeroth: results.provenance.zeroth.replace(/[^\w.-]/g, '') },
    ...(beyond.length > 0 ? [{ true_dimension: beyond.join(' ') }] : []),
  ];
}

function summary(entry: IohRun): unknown {
  const { run, instance } = entry;
  const rows = rowsOf(run);
  const values = rows.map(({ at }) => valueAt(entry, at));
  let best = values.length - 1;
  while (best > 0 && values[best - 1] === values[best]) best--;
  return {
    instance,
    evals: rows[rows.length - 1].count,
    best: { evals: rows[best].count, y: values[best] ?? Number(nothingFound), x: [] },
    seed: run.settings.seed,
  };
}

/** `unknown`: what stands where nothing was measured yet. */
type Measure = readonly [column: string, of: (trace: Trace) => readonly number[] | undefined, unknown: string];
const allMeasures: readonly Measure[] = [
  ['train_accuracy', (trace) => trace.trainAccuracy, '0'],
  ['test_loss', (trace) => trace.testLoss, nothingFound],
  ['test_accuracy', (trace) => trace.testAccuracy, '0'],
];

/** The measures that every row of every run has: a reader drops rows in which one is missing. */
function measuresOf(runs: readonly IohRun[]): Measure[] {
  return allMeasures.filter(([, of]) =>
    runs.every(({ run: { trace } }) => {
      const values = of(trace);
      return values?.length === trace.loss.length && values.every(Number.isFinite);
    }),
  );
}

function lines(entry: IohRun, measures: readonly Measure[]): string {
  const { trace } = entry.run;
  const columns = measures.map(([, of, unknown]) => ({ values: of(trace) ?? [], unknown }));
  const text = rowsOf(entry.run).map(({ count, at }) => {
    const more = columns.map(({ values, unknown }) => ` ${at < 0 ? unknown : values[at].toExponential()}`);
    return `${count} ${valueAt(entry, at)?.toExponential() ?? nothingFound} ${at < 0 ? 0 : trace.samplePasses[at]}${more.join('')}\n`;
  });
  return `${['evaluations', 'raw_y', 'sample_passes', ...measures.map(([column]) => column)].join(' ')}\n${text.join('')}`;
}

function valueAt({ problem, run }: IohRun, at: number): number | null {
  return at < 0 ? null : distance(problem, run.trace.loss[at]);
}
