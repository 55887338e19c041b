/**
 * Nanoseconds for one evaluation of each BBOB function at D = 10, in populations of 256, through the objective. Beside them
 * COCO's C, where ZEROTH_COCO names the folder that holds coco.c and coco.h of a release (the PyPI package coco-experiment's
 * source has them); it is compiled with `cc -O2` into a folder of its own, and nothing of it is kept.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProblem } from '../src/problems/registry.js';
import type { Benchmark, Row } from './benchmark.js';

const dimension = 10;
const size = 256;
const calls = 2;
const repeats = 300;

export const benchmark: Benchmark = {
  name: 'BBOB functions in 10-D',
  async run() {
    const values = new Float64Array(size * dimension);
    for (let p = 0; p < size; p++) {
      for (let i = 0; i < dimension; i++) {
        values[p * dimension + i] = (((7 * (i + 1) ** 2 + 3 * p + p * p * i) % 191) / 191) * 10 - 5;
      }
    }
    const population = { kind: 'dense', size, dimension, values } as const;
    const out = new Float64Array(size);
    const rows: Row[] = [];
    const peers = await coco();
    for (let f = 1; f <= 24; f++) {
      const problem = await findProblem(`bbob:f${f}:i1:d${dimension}`);
      // The engine makes faster code for the first instance of a function that it sees: a run in a study is seldom that one.
      for (const other of [2, 3]) {
        const earlier = await (await findProblem(`bbob:f${f}:i${other}:d${dimension}`)).open({ seed: 1, provider: 'cpu', threads: 1 });
        for (let call = 0; call < 50; call++) void earlier.losses(population, call, out);
      }
      const objective = await problem.open({ seed: 1, provider: 'cpu', threads: 1 });
      const peer = peers.get(f);
      let least = Infinity;
      for (let repeat = 0; repeat < repeats; repeat++) {
        const start = performance.now();
        for (let call = 0; call < calls; call++) void objective.losses(population, call, out);
        least = Math.min(least, performance.now() - start);
      }
      rows.push({
        name: problem.title,
        value: (least * 1e6) / (calls * size),
        unit: 'ns',
        ...(peer !== undefined && { peer }),
        note: `least of ${repeats} times ${calls * size}`,
      });
    }
    const ratios = rows.flatMap(({ value, peer }) => (peer === undefined ? [] : [Number(value) / peer]));
    if (ratios.length > 0)
      rows.push({ name: 'largest ratio', value: Math.max(...ratios), unit: '', note: "to COCO's C; at most 2 is wanted" });
    return { rows };
  },
};

/** Nanoseconds by function; empty where there is no COCO. */
async function coco(): Promise<Map<number, number>> {
  const source = process.env.ZEROTH_COCO;
  if (source === undefined) return new Map();
  const folder = await mkdtemp(join(tmpdir(), 'zeroth-bench-bbob-'));
  try {
    const program = join(folder, 'peer');
    const own = fileURLToPath(new URL('../../bench/peers/coco-bbob.c', import.meta.url));
    execFileSync('cc', ['-O2', '-w', '-I', source, '-o', program, own, '-lm'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const lines = execFileSync(program, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .trim()
      .split('\n');
    return new Map(lines.map((line) => line.split(' ').map(Number) as [number, number]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
