/**
 * One gradient of the experiment relu-vs-tanh: three 5x5 convolutions with overlapping pools on 32x32x3, 89,578 parameters, batch 128,
 * random images; beside it PyTorch on the same CPU, run by the interpreter that ZEROTH_PYTHON names, `python3` without it.
 */
import { execFile } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fourLayers } from '../experiments/relu-vs-tanh/image-training.js';
import { Rng } from '../src/core/rng.js';
import { openNetworkEngine } from '../src/engine/ort-network-engine.js';
import type { Benchmark, Row } from './benchmark.js';

const threads = os.availableParallelism();
const samples = 128;
const steps = 30;

export const benchmark: Benchmark = {
  name: 'A gradient of a convolutional network',
  async run() {
    const rows: Row[] = [];
    for (const activation of ['relu', 'tanh']) {
      const ours = await milliseconds(activation);
      const peer = await pytorch(activation);
      rows.push({ name: `Zeroth, ${activation}`, value: ours, unit: 'ms', note: `${threads} threads, the middle of ${steps}` });
      if (typeof peer === 'string') rows.push({ name: `PyTorch, ${activation}`, value: 'none', unit: 'ms', note: peer });
      else {
        const { version, median } = peer;
        rows.push({
          name: `PyTorch, ${activation}`,
          value: median,
          unit: 'ms',
          note: `${version}, ${threads} threads, the middle of ${steps}`,
        });
        rows.push({ name: `Zeroth / PyTorch, ${activation}`, value: ours / median, unit: '', note: 'time; below 1 is faster' });
      }
    }
    return { rows };
  },
};

async function milliseconds(activation: string): Promise<number> {
  const engine = await openNetworkEngine(fourLayers([3, 32, 32], 10, 32, activation), { provider: 'cpu', threads });
  try {
    const rng = Rng.seeded('conv-step');
    const draw = (size: number, scale: number) => Float32Array.from({ length: size }, () => scale * rng.normal());
    const theta = draw(engine.parameters.dimension, 0.05);
    const batch = { count: samples, inputs: draw(samples * 3072, 1), targets: Int32Array.from({ length: samples }, (_, i) => i % 10) };
    const out = new Float32Array(theta.length);
    const times: number[] = [];
    for (let step = -3; step < steps; step++) {
      const started = performance.now();
      await engine.gradient(theta, batch, out);
      if (step >= 0) times.push(performance.now() - started);
    }
    return times.sort((a, b) => a - b)[steps / 2];
  } finally {
    await engine.close();
  }
}

/** PyTorch's figure, or why there is none. */
async function pytorch(activation: string): Promise<{ median: number; version: string } | string> {
  const script = fileURLToPath(new URL('../../bench/peers/pytorch-conv-step.py', import.meta.url));
  const python = process.env.ZEROTH_PYTHON ?? 'python3';
  try {
    const { stdout } = await promisify(execFile)(python, [script, activation, String(threads), String(steps)]);
    const said = JSON.parse(stdout) as { median: number; version: string } | { missing: string };
    if ('missing' in said) return `${python} has no PyTorch (${said.missing}); ZEROTH_PYTHON names another interpreter`;
    return { median: said.median, version: `PyTorch ${said.version}` };
  } catch (error) {
    return `${python} did not run: ${(error as Error).message.split('\n')[0]}`;
  }
}
