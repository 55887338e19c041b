/** Puts a call's data in the order of a graph's inputs; makes the dropout masks. */
import type { Network, Parameters } from '../../models/network.js';
import type { LayoutSlice } from '../core/space.js';
import { fillDropoutMask } from './dropout-masks.js';
import type { Program } from './programs.js';
import type { TensorData } from './sessions.js';

export interface CallData {
  readonly theta?: Float32Array;
  /** Of a described population. */
  readonly centre?: Float32Array;
  readonly factors?: Float32Array;
  readonly inputs: Float32Array;
  readonly targets?: Int32Array | Float32Array;
  readonly dropoutSeed?: string;
}

export function setInputs(program: Program, network: Network, { layout }: Parameters, data: CallData): void {
  const { graph, inputs } = program;
  for (let i = 0; i < graph.inputs.length; i++) {
    const { name } = graph.inputs[i];
    const given = arrayOf(data, name);
    if (given !== undefined) inputs[i] = exactly(given, program.inputLengths[i]);
    else if (data.theta !== undefined && name.startsWith('theta')) inputs[i] = slice(data.theta, layout[Number(name.slice(5))]);
    else if (data.dropoutSeed !== undefined && name.startsWith('mask'))
      setMask(program, i, network, Number(name.slice(4)), data.dropoutSeed);
    else throw new RangeError(`The graph has an input "${name}" that the engine does not know.`);
  }
  program.maskSeed = data.dropoutSeed;
}

function slice(theta: Float32Array, { offset, length }: LayoutSlice): Float32Array {
  return theta.subarray(offset, offset + length);
}

function arrayOf(data: CallData, name: string): Float32Array | Int32Array | undefined {
  switch (name) {
    case 'theta':
    case 'centre':
    case 'factors':
    case 'inputs':
    case 'targets':
      return data[name];
    default:
      return undefined;
  }
}

/** The same mask is kept for all runs with the same seed. */
function setMask(program: Program, at: number, network: Network, index: number, seed: string): void {
  if (program.maskSeed === seed) return;
  const layer = network.layers[index];
  if (layer.kind !== 'dropout') throw new RangeError(`Layer ${index} has no dropout.`);
  const mask = (program.inputs[at] as Float32Array | undefined) ?? new Float32Array(program.inputLengths[at]);
  fillDropoutMask(seed, index, layer.rate, mask);
  program.inputs[at] = mask;
}

function exactly<T extends TensorData>(values: T, length: number): T {
  return values.length === length ? values : (values.subarray(0, length) as T);
}
