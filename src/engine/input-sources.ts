/** What is fed to each input of a graph, by its name (graph/compile.ts). */
import type { TensorInfo } from './compiled-graph.js';
import { Chosen, Columns } from './prepared-inputs.js';

export type InputSource =
  /** An array of the call, as it is. */
  | { readonly kind: 'given'; readonly name: 'theta' | 'centre' | 'factors' | 'inputs' | 'targets' }
  /** `theta<index>`: a slice of the parameters' layout. */
  | { readonly kind: 'slice'; readonly index: number }
  /** `mask<layer>`: the mask of a dropout layer. */
  | { readonly kind: 'mask'; readonly layer: number }
  /** Written from the call's inputs, or its targets. */
  | { readonly kind: 'columns'; readonly columns: Columns }
  | { readonly kind: 'chosen'; readonly chosen: Chosen };

export function inputSource({ name, shape }: TensorInfo): InputSource {
  switch (name) {
    case 'theta':
    case 'centre':
    case 'factors':
    case 'inputs':
    case 'targets':
      return { kind: 'given', name };
    case 'columns':
      return { kind: name, columns: new Columns(shape[0] - 1, shape[1]) };
    case 'chosen':
      return { kind: name, chosen: new Chosen(shape[0], shape[1]) };
  }
  const [, kind, number] = /^(theta|mask)(\d+)$/.exec(name) ?? [];
  if (kind === 'theta') return { kind: 'slice', index: Number(number) };
  if (kind === 'mask') return { kind: 'mask', layer: Number(number) };
  throw new RangeError(`The graph has an input "${name}" that the engine does not know.`);
}
