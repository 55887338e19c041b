/**
 * `npm run verify [NAME ...]`: runs the verifications of this folder, or those named, beside their published figures. Each one's rows
 * are kept in docs/verification/NAME.json, so that one can be repeated alone; docs/verification.md is written from all of them.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import type { VerificationRow } from './shared/bbob-rows.js';

interface Verification {
  readonly name: string;
  run(progress: (done: string) => void): Promise<VerificationRow[]>;
}

/** JSON has neither NaN nor infinities: null stands for both. */
interface Kept {
  readonly name: string;
  readonly minutes: number;
  readonly machine: string;
  readonly date: string;
  readonly rows: readonly (Omit<VerificationRow, 'ours' | 'published' | 'ratio'> & Record<'ours' | 'published' | 'ratio', number | null>)[];
}

const here = new URL('./', import.meta.url);
const kept = new URL('../../docs/verification/', import.meta.url);
const page = new URL('../../docs/verification.md', import.meta.url);

const known = (await readdir(here))
  .filter((file) => file.endsWith('.js') && file !== 'main.js')
  .map((file) => file.slice(0, -3))
  .sort();
const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!known.includes(name)) {
    console.error(`Unknown verification "${name}". There are: ${known.join(', ')}.`);
    process.exit(2);
  }
}

await mkdir(kept, { recursive: true });
for (const name of wanted.length > 0 ? wanted : known) {
  const { verification } = (await import(new URL(`${name}.js`, here).href)) as { verification: Verification };
  console.error(`${name} ...`);
  const started = performance.now();
  const rows = await verification.run((done) => console.error(`  ${done}`));
  const result: Kept = {
    name,
    minutes: Number(((performance.now() - started) / 60_000).toFixed(1)),
    machine: `${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`,
    date: new Date().toISOString().slice(0, 10),
    rows: rows as Kept['rows'],
  };
  await writeFile(new URL(`${name}.json`, kept), `${JSON.stringify(result, null, 2)}\n`);
}

const results: Kept[] = [];
for (const file of (await readdir(kept)).filter((entry) => entry.endsWith('.json')).sort()) {
  results.push(JSON.parse(await readFile(new URL(file, kept), 'utf8')) as Kept);
}
await writeFile(page, text(results));
console.error('Written to docs/verification.md; npm run docs takes the figures over to docs/strategies.md');

function text(all: readonly Kept[]): string {
  const lines = [
    '# Verification',
    '',
    'Our figures beside published ones, or those of other programs. `npm run verify` repeats all of them, `npm run verify NAME` one; short forms run in the tests.',
    'Evolution strategies on MNIST at the settings of EvoJAX, hours of work, are an experiment of the laboratory: [es-mnist](experiments.md#es-mnist).',
    "A running time is COCO's expected running time: all evaluations of all runs, over the number of runs that reached the target.",
  ];
  for (const { name, rows, minutes, machine, date } of all) {
    lines.push('', `## ${name}`, '', `Measured ${date} in ${minutes} minutes on ${machine}.`, '');
    lines.push('| what | ours | published | ratio | runs | source | note |', '|---|---|---|---|---|---|---|');
    for (const row of rows) {
      const cells = [row.what, digits(row.ours), digits(row.published), ratio(row.ratio), String(row.seeds), row.source, row.note ?? ''];
      lines.push(`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function digits(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return 'none';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(4)));
}

function ratio(value: number | null): string {
  return value === null || !Number.isFinite(value) ? '' : value.toFixed(2);
}
