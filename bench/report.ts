/** The report of 10,080 runs (24 functions, 15 instances, 4 strategies, 7 seeds, 5-D) from their store: time, memory, sizes. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rowOf } from '../src/study/run-row.js';
import { RunStore } from '../src/study/store.js';
import { largeStudy } from '../test/reports/large-study.js';
import type { Benchmark } from './benchmark.js';

/** Reads the store and writes the report in a process of its own; prints what it took. */
const program = (folder: string) => `
  const { readResults } = await import(${JSON.stringify(new URL('../src/study/read-results.js', import.meta.url).href)});
  const { RunStore } = await import(${JSON.stringify(new URL('../src/study/store.js', import.meta.url).href)});
  const { writeReport } = await import(${JSON.stringify(new URL('../reports/write.js', import.meta.url).href)});
  const started = performance.now();
  const results = readResults(RunStore.open(${JSON.stringify(join(folder, 'runs.db'))}));
  const read = performance.now();
  await writeReport(results, ${JSON.stringify(join(folder, 'report'))});
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(JSON.stringify({
    read: (read - started) / 1000, whole: (performance.now() - started) / 1000, processor: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024,
  }));
`;

export const benchmark: Benchmark = {
  name: 'Report of 10,080 runs',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'zeroth-bench-report-'));
    try {
      const { runs, missing: _, ...frame } = largeStudy();
      const store = RunStore.open(join(folder, 'runs.db'), true);
      store.writeFrame({ ...frame, runs: runs.map(({ id, label }) => ({ id, label })) });
      store.addRuns(runs.map(rowOf));
      store.close();
      const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program(folder)], {
        cwd: fileURLToPath(new URL('../../', import.meta.url)),
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`the report failed: ${stderr}`);
      const { read, whole, processor, peak } = JSON.parse(stdout) as Record<'read' | 'whole' | 'processor' | 'peak', number>;
      const page = (await stat(join(folder, 'report', 'index.html'))).size / 1e6;
      return {
        rows: [
          { name: 'reading the store', value: read, unit: 's' },
          { name: 'the whole report', value: whole, unit: 's', note: 'page, pictures, tables, exports; at most 10 s is wanted' },
          { name: 'processor time of it', value: processor, unit: 's', note: 'with start-up' },
          { name: 'peak resident memory', value: peak, unit: 'MB', note: 'at most 1,000 MB is wanted' },
          { name: 'index.html', value: page, unit: 'MB', note: 'at most 5 MB is wanted' },
        ],
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
