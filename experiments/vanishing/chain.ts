/**
 * Hochreiter's chain: one logistic unit a layer, all weights w, and biases with which every unit stands where its slope is greatest.
 * There the error flow changes by w / 4 from layer to layer; elsewhere by less.
 */
import { mlp } from '../../models/mlp.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';

/** |dLoss/ds| of the hidden layers, from the input, relative to the last one's. */
export async function errorFlow(w: number, depth: number): Promise<number[]> {
  const network = mlp([1, ...new Array<number>(depth).fill(1), 1], { activation: 'logistic', loss: 'squared-error' });
  const engine = await openNetworkEngine(network, { provider: 'cpu', threads: 1 });
  try {
    const theta = new Float32Array(engine.parameters.dimension);
    for (const { layer, role, offset } of engine.parameters.layout) {
      // An output of 0.5 comes in everywhere but at the first unit, whose input is 0.
      theta[offset] = role === 'weights' ? w : layer === 0 || layer === depth ? 0 : -w / 2;
    }
    const probes = await engine.probes(theta, { count: 1, inputs: Float32Array.of(0), targets: Float32Array.of(-1) });
    const signal = probes.slice(0, depth).map((probe) => Math.abs(probe.signal[0]));
    return signal.map((value) => value / signal[depth - 1]);
  } finally {
    await engine.close();
  }
}
