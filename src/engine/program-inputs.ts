/** Puts a call's data in the order of a graph's inputs; makes the dropout masks. */
import type { Network, Parameters } from '../../models/network.js';
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
  const { sources, inputs, inputLengths } = program;
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i];
    switch (source.kind) {
      case 'given':
        inputs[i] = exactly(data[source.name] as Float32Array, inputLengths[i]);
        break;
      case 'slice': {
        const { offset, length } = layout[source.index];
        inputs[i] = (data.theta as Float32Array).subarray(offset, offset + length);
        break;
      }
      case 'mask':
        setMask(program, i, network, source.layer, data.dropoutSeed as string);
        break;
      case 'columns':
        inputs[i] = source.columns.of(data.inputs);
        break;
      case 'chosen':
        inputs[i] = source.chosen.of(data.targets as Int32Array);
        break;
    }
  }
  program.maskSeed = data.dropoutSeed;
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
