/** Writes an experiment's report. Each file is written beside its place and moved there, the page last. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../../src/core/errors.js';
import type { ExperimentResults } from '../../src/lab/results.js';
import type { Language } from '../../src/lab/text.js';
import { folderAdvice } from '../../src/study/make-folder.js';
import { writeWhole } from '../../src/study/output-folder.js';
import { drawPicture } from './draw/draw.js';
import { toPng } from './draw/paint.js';
import { inGroups } from './groups.js';
import { renderLabMarkdown } from './markdown.js';
import { renderLabPage } from './page.js';

/**
 * `index.html`, `report.md`, `report.json` and `charts/*.png` in `folder`; pictures of an earlier report that this one has not are removed.
 * The files' words are in that language, report.json's in both. Throws StoreError when the folder cannot be written.
 */
export async function writeLabReport(
  given: ExperimentResults,
  folder: string,
  language: Language,
): Promise<{ readonly page: string; readonly files: readonly string[] }> {
  const results = { ...given, findings: { ...given.findings, figures: inGroups(given.findings.figures) } };
  const { figures } = results.findings;
  const files: [name: string, make: () => string | Uint8Array | Promise<string>][] = [
    ...figures.map((figure): [string, () => Uint8Array] => [`charts/${figure.id}.png`, () => toPng(drawPicture(figure, language))]),
    ['report.json', () => `${JSON.stringify(given, null, 1)}\n`],
    ['report.md', () => renderLabMarkdown(results, language)],
    ['index.html', () => renderLabPage(results, language)],
  ];
  try {
    await mkdir(join(folder, 'charts'), { recursive: true });
    for (const [name, make] of files) await writeWhole(join(folder, name), await make());
    const kept = new Set(files.map(([name]) => name));
    for (const name of await readdir(join(folder, 'charts'))) {
      if (name.endsWith('.png') && !kept.has(`charts/${name}`)) await rm(join(folder, 'charts', name));
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string') throw error; // not the file system's: a fault of the report itself
    throw new StoreError(`The report cannot be written to ${folder}: ${message}. ${folderAdvice(code)}`, {
      cause: error,
    });
  }
  return { page: join(folder, 'index.html'), files: files.map(([name]) => name) };
}
