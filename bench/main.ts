/**
 * `npm run bench [NAME ...]`: runs every benchmark of this folder (or those named), prints one table each, and writes them
 * with the machine's name to bench/results/NAME.json and .md. A benchmark is a file here that exports `benchmark`.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Benchmark, table } from './benchmark.js';

const here = new URL('./', import.meta.url);
const output = new URL('../../bench/results/', import.meta.url);

async function machine(): Promise<Record<string, string | number>> {
  const ort = createRequire(import.meta.url).resolve('onnxruntime-node');
  const { version } = JSON.parse(await readFile(`${ort.slice(0, ort.lastIndexOf('/dist/'))}/package.json`, 'utf8')) as { version: string };
  return {
    processor: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    platform: `${os.platform()}-${os.arch()}`,
    node: process.version,
    onnxruntime: version,
    date: new Date().toISOString().slice(0, 10),
  };
}

const known = (await readdir(here))
  .filter((file) => file.endsWith('.js') && file !== 'main.js' && file !== 'benchmark.js')
  .map((file) => file.slice(0, -3))
  .sort();
const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!known.includes(name)) {
    console.error(`Unknown benchmark "${name}". There are: ${known.join(', ')}.`);
    process.exit(2);
  }
}

const host = await machine();
await mkdir(output, { recursive: true });
for (const name of wanted.length > 0 ? wanted : known) {
  const { benchmark } = (await import(new URL(`${name}.js`, here).href)) as { benchmark: Benchmark };
  console.error(`${benchmark.name} ...`);
  const { rows } = await benchmark.run();
  const text = `# ${benchmark.name}\n\n${describe(host)}\n\n${table(rows)}\n`;
  console.log(text);
  await writeFile(new URL(`${name}.json`, output), `${JSON.stringify({ name: benchmark.name, machine: host, rows }, null, 2)}\n`);
  await writeFile(new URL(`${name}.md`, output), text);
}
console.error(`Written to ${fileURLToPath(output)}`);

function describe(host: Record<string, string | number>): string {
  return Object.entries(host)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}
