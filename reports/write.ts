/** Writes the whole report. Each file is written beside its place and moved there, so that none is ever seen half-written. */
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreError } from '../src/core/errors.js';
import { folderAdvice, makeFolder } from '../src/study/make-folder.js';
import type { StudyResults } from '../src/study/results.js';
import type { ChartSection } from './chart.js';
import { csvFiles } from './csv.js';
import { cocoFiles } from './exports/coco.js';
import { iohFiles } from './exports/ioh.js';
import { removeStale } from './exports/stale.js';
import { renderHtml } from './html.js';
import { renderJson } from './json.js';
import { renderMarkdown } from './markdown.js';
import { renderPng } from './png.js';
import { buildReport, picturesOf } from './report.js';
import { chartSections } from './sections.js';

export interface WriteOptions {
  /** Kinds of charts; default all of `reports/charts/`. */
  readonly sections?: readonly ChartSection[];
  /** Label of the strategy whose times set the run-length targets; default the best of the study. */
  readonly reference?: string | undefined;
  /** Called after each file with how many are written of how many. */
  readonly onProgress?: (written: number, total: number) => void;
}

export interface WrittenReport {
  /** Absolute or relative as `folder` was given. */
  readonly page: string;
  /** Every file, relative to the folder. */
  readonly files: readonly string[];
}

/**
 * Writes `index.html`, `report.md`, `report.json`, `charts/*.png`, `csv/*.csv` and the exports `ioh/` and `coco/` into `folder`, which
 * is made where it does not exist. Pictures, tables and exports of an earlier report that this one has not are removed. The page
 * comes last: where it is, the rest is too.
 * Throws UsageError where the reference is none of the study's strategies, StoreError when the folder cannot be written.
 */
export async function writeReport(results: StudyResults, folder: string, options: WriteOptions = {}): Promise<WrittenReport> {
  const report = buildReport(results, options.sections ?? (await chartSections()), options.reference);
  const exports = [...iohFiles(results), ...cocoFiles(results)];
  const parts: [name: string, make: () => Content | Promise<string>][] = [
    ...exports.map(({ name, make }): [string, () => string] => [name, make]),
    ...picturesOf(report).map((chart): [string, () => Uint8Array] => [`charts/${chart.id}.png`, () => renderPng(chart)]),
    ...[...csvFiles(report)].map(([name, make]): [string, () => Iterable<string>] => [`csv/${name}.csv`, make]),
    ['report.json', () => renderJson(report)],
    ['report.md', () => renderMarkdown(report)],
    ['index.html', () => renderHtml(report)],
  ];
  try {
    for (const part of ['charts', 'csv']) await makeFolder(join(folder, part));
    // While one file is written the next one is made; they still appear one after the other.
    let writing: Promise<void> = Promise.resolve();
    for (const [index, [name, make]] of parts.entries()) {
      const content = await make();
      await writing;
      writing = place(join(folder, name), content).then(() => options.onProgress?.(index + 1, parts.length));
      writing.catch(() => undefined); // it is awaited above or below
    }
    await writing;
    await removeStale(folder, exports);
    const kept = new Set(parts.map(([name]) => name));
    for (const [part, ending] of [
      ['charts', '.png'],
      ['csv', '.csv'],
    ]) {
      for (const name of await readdir(join(folder, part))) {
        if (name.endsWith(ending) && !kept.has(`${part}/${name}`)) await rm(join(folder, part, name));
      }
    }
  } catch (error) {
    // Errors of the file system have a code; any other is a fault of the report itself.
    const { code, message } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string') throw error;
    throw new StoreError(`The report cannot be written to ${folder}: ${message}. ${folderAdvice(code)}`, {
      cause: error,
    });
  }
  return { page: join(folder, 'index.html'), files: parts.map(([name]) => name) };
}

type Content = string | Uint8Array | Iterable<string>;

async function place(path: string, content: Content): Promise<void> {
  const beside = join(dirname(path), `.${process.pid}-${Date.now()}.part`);
  try {
    await makeFolder(dirname(path));
    await writeFile(beside, content);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
