/**
 * BBOB runs in COCO's format `bbob-new2`, which `cocopp` reads: for each strategy a folder, in it for each function an index
 * (`.info`) and for each dimension the runs, once with the evaluations at which the best improved (`.dat`) and once at the
 * log-spaced ones (`.tdat`). The format: https://numbbo.github.io/coco-doc/ and the sources of cocopp.
 */
import type { RunRecord, StudyResults } from '../../src/study/results.js';
import { distance } from '../tasks.js';
import {
  algorithmFolders,
  type BbobProblem,
  bbobProblems,
  type ExportFile,
  exportable,
  grouped,
  nothingFound,
  type Row,
  rowsOf,
} from './export-file.js';

interface BbobRun {
  readonly run: RunRecord;
  readonly problem: BbobProblem;
}

/** COCO's; below it a distance counts as the optimum. */
const precision = '1.000e-08';
const header = '% f evaluations | g evaluations | best noise-free fitness - Fopt | measured fitness | best measured fitness';

/** The files of `coco/`; none where no run is on a BBOB function without noise. */
export function cocoFiles(results: StudyResults): ExportFile[] {
  const problems = bbobProblems(results);
  const runs = results.runs.flatMap((run): BbobRun[] => {
    const problem = problems.get(run.settings.problem);
    return problem !== undefined && exportable(run) ? [{ run, problem }] : [];
  });
  const folders = algorithmFolders(results.strategies);
  return [...grouped(runs, ({ run }) => run.label)].flatMap(([label, own]) => {
    const folder = folders.get(label) ?? label;
    return [...grouped(own, ({ problem }) => problem.number)].flatMap(([number, ofFunction]) => functionFiles(folder, number, ofFunction));
  });
}

function functionFiles(folder: string, number: number, runs: readonly BbobRun[]): ExportFile[] {
  const scenarios = [...grouped(runs, ({ problem }) => problem.info.dimension)].sort(([a], [b]) => a - b);
  const pathOf = (dimension: number) => `data_f${number}/bbobexp_f${number}_DIM${dimension}`;
  const index = () =>
    scenarios
      .map(([dimension, list]) =>
        [
          `suite = 'bbob', funcId = ${number}, DIM = ${dimension}, Precision = ${precision}, algId = '${folder}', logger = 'zeroth', data_format = 'bbob-new2'`,
          '%',
          [`${pathOf(dimension)}.dat`, ...list.map(summary)].join(', '),
          '',
        ].join('\n'),
      )
      .join('\n');
  return [
    { name: `coco/${folder}/bbobexp_f${number}.info`, make: index },
    ...scenarios.flatMap(([dimension, list]) => [
      { name: `coco/${folder}/${pathOf(dimension)}.dat`, make: () => list.map(improvements).join('') },
      { name: `coco/${folder}/${pathOf(dimension)}.tdat`, make: () => list.map(everyRow).join('') },
    ]),
  ];
}

/** `instance:evaluations|distance`. */
function summary(entry: BbobRun): string {
  const { run, problem } = entry;
  const rows = rowsOf(run);
  const last = rows[rows.length - 1];
  const gap = gapAt(entry, last);
  return `${problem.instance}:${last.count}|${gap === null ? nothingFound : gap.toExponential(1)}`;
}

/** The first evaluation, those that came nearer to the optimum, the last. */
function improvements(entry: BbobRun): string {
  const rows = rowsOf(entry.run);
  let best = Number.POSITIVE_INFINITY;
  const kept = rows.filter((row, index) => {
    const gap = gapAt(entry, row) ?? Number.POSITIVE_INFINITY;
    const better = gap < best;
    best = Math.min(best, gap);
    return better || index === 0 || index === rows.length - 1;
  });
  return lines(entry, kept);
}

function everyRow(entry: BbobRun): string {
  return lines(entry, rowsOf(entry.run));
}

function lines(entry: BbobRun, rows: readonly Row[]): string {
  const text = rows.map((row) => {
    const loss = row.at < 0 ? null : entry.run.trace.loss[row.at];
    const measured = loss === null ? nothingFound : loss.toExponential();
    return `${row.count} 0 ${gapAt(entry, row)?.toExponential() ?? nothingFound} ${measured} ${measured}\n`;
  });
  return `${header}\n${text.join('')}`;
}

function gapAt({ run, problem }: BbobRun, { at }: Row): number | null {
  return at < 0 ? null : distance(problem.info, run.trace.loss[at]);
}
