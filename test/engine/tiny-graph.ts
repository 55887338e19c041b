/** A graph small enough to check by hand: y = x + x, or what another operator makes of (x, x). */
import { create, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, TensorProto_DataType } from 'onnx-buf';
import type { CompiledGraph } from '../../src/engine/compiled-graph.js';

export function tinyGraph(length: number, operator = 'Add'): CompiledGraph {
  const vector = (name: string) => ({
    name,
    type: {
      value: {
        case: 'tensorType' as const,
        value: { elemType: TensorProto_DataType.FLOAT, shape: { dim: [{ value: { case: 'dimValue' as const, value: BigInt(length) } }] } },
      },
    },
  });
  const model = create(ModelProtoSchema, {
    irVersion: 9n,
    opsetImport: [{ domain: '', version: 20n }],
    graph: {
      name: 'tiny',
      node: [{ opType: operator, input: ['x', 'x'], output: ['y'] }],
      input: [vector('x')],
      output: [vector('y')],
    },
  });
  return {
    hash: `tiny ${operator} ${length}`,
    bytes: toBinary(ModelProtoSchema, model),
    inputs: [{ name: 'x', type: 'float32', shape: [length] }],
    outputs: [{ name: 'y', type: 'float32', shape: [length] }],
    peakBytes: 8 * length,
    products: [],
    sums: [],
  };
}
