/** The quick start as a user runs it: wall time, and the peak memory of all its processes together (Linux). */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Benchmark, Row } from './benchmark.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Proportional set size of a process and all its descendants, in bytes: shared pages are counted once. */
function treeBytes(rootPid: number): number {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // the process has ended
    }
  }
  let total = 0;
  const pending = [rootPid];
  for (let pid = pending.pop(); pid !== undefined; pid = pending.pop()) {
    try {
      total += 1024 * Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // the process has ended
    }
    pending.push(...(children.get(pid) ?? []));
  }
  return total;
}

export const benchmark: Benchmark = {
  name: 'Quick start',
  async run() {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'zeroth-quickstart-'));
    const rows: Row[] = [];
    try {
      const start = performance.now();
      const child = spawn(
        process.execPath,
        ['dist/src/cli/main.js', 'compare', 'experiments/quickstart.yaml', '--out', folder, '--quiet'],
        {
          cwd: root,
          stdio: ['ignore', 'ignore', 'inherit'],
        },
      );
      let peak = 0;
      const sampling = setInterval(() => {
        if (os.platform() === 'linux' && child.pid !== undefined) peak = Math.max(peak, treeBytes(child.pid));
      }, 100);
      const code = await new Promise((resolve) => child.once('exit', resolve));
      clearInterval(sampling);
      if (code !== 0) throw new Error(`the quick start ended with exit code ${code}`);
      rows.push({ name: 'wall time', value: (performance.now() - start) / 1000, unit: 's', note: 'goal: at most 180 s on two cores' });
      if (peak > 0) {
        rows.push({
          name: 'peak memory, all processes',
          value: peak / 1e6,
          unit: 'MB',
          note: 'goal: under 1,000 MB; proportional set size, sampled every 0.1 s',
        });
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return { rows };
  },
};
