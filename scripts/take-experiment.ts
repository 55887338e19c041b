/**
 * `node dist/scripts/take-experiment.js DIR [FIGURE ...]`: commits what a full run of an experiment in DIR gave, as
 * docs/experiments/NAME.json and the pictures named (the first one where none is), for docs/experiments.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawPicture } from '../reports/lab/draw/draw.js';
import { toPng } from '../reports/lab/draw/paint.js';
import { inGroups } from '../reports/lab/groups.js';
import type { Findings } from '../src/lab/experiment.js';
import type { ExperimentResults } from '../src/lab/results.js';

/** What is committed: the figures' data are not, their pictures are. */
export interface ExperimentRecord extends Omit<ExperimentResults, 'findings'> {
  readonly findings: Omit<Findings, 'figures'>;
  readonly pictures: readonly Pick<Findings['figures'][number], 'id' | 'title' | 'reading'>[];
}

const mostBytes = 150_000;
const folder = new URL('../../docs/experiments/', import.meta.url);
const [given, ...chosen] = process.argv.slice(2);
const results = JSON.parse(readFileSync(join(given, 'report.json'), 'utf8')) as ExperimentResults;
if (results.form !== 'full') throw new Error(`${given} holds the ${results.form} form; only full runs are committed.`);
const { figures, ...findings } = results.findings;
const wanted = chosen.length === 0 ? [figures[0].id] : chosen;
const taken = wanted.map((id) => {
  const figure = inGroups(figures).find((one) => one.id === id);
  if (figure === undefined) throw new Error(`There is no figure ${id}; there are ${figures.map((one) => one.id).join(', ')}.`);
  return figure;
});
const { name } = results.experiment;
mkdirSync(folder, { recursive: true });
for (const figure of taken) {
  const pngs = [1.5, 1.25, 1].map((ratio) => toPng(drawPicture(figure, 'en'), ratio));
  const png = pngs.find(({ length }) => length < mostBytes);
  if (png === undefined) throw new Error(`${figure.id} takes ${pngs[2].length} bytes as a picture; ${mostBytes} are allowed.`);
  writeFileSync(new URL(`${name}-${figure.id}.png`, folder), png);
}
const record: ExperimentRecord = {
  ...results,
  command: `npx zeroth lab ${name} --full`,
  findings,
  pictures: taken.map(({ id, title, reading }) => ({ id, title, reading })),
};
writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(record, null, 2)}\n`);
