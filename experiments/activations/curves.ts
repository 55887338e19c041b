/** An activation as the engine computes it: its values, and its slopes as they pass a gradient back. */
import { mlp } from '../../models/mlp.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';

export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly slope: readonly number[];
}

/**
 * By a network of one such unit, weight 1 and bias 0, between an input and an output that pass on what they get. The targets are chosen so
 * that every sample's error is 1: then what comes back through the unit is its slope.
 */
export async function curveOf(activation: string, x: readonly number[]): Promise<Curve> {
  const engine = await openNetworkEngine(mlp([1, 1, 1], { activation, loss: 'squared-error' }), { provider: 'cpu', threads: 1 });
  try {
    const theta = Float32Array.of(1, 0, 1, 0);
    const count = x.length;
    const inputs = Float32Array.from(x);
    const values = await engine.predict(theta, inputs, count);
    const targets = values.map((value) => value - count / 2); // d mean (out - t)^2 / d out = 2 (out - t) / count
    const [hidden] = await engine.probes(theta, { count, inputs, targets });
    return { x, y: Array.from(values), slope: Array.from(hidden.signal) };
  } finally {
    await engine.close();
  }
}

/** The largest difference between the slopes and central differences of the values, points next to a jump of the slope left out. */
export function slopeError({ x, y, slope }: Curve): number {
  let worst = 0;
  for (let i = 1; i + 1 < x.length; i++) {
    if (Math.abs(slope[i + 1] - slope[i - 1]) > 0.2) continue;
    worst = Math.max(worst, Math.abs((y[i + 1] - y[i - 1]) / (x[i + 1] - x[i - 1]) - slope[i]));
  }
  return worst;
}
