/**
 * The graph that providers are tried on: two chained products of 512 x 512 matrices, 0.54 GFLOP a run. Large enough that a
 * real GPU beats the processor in spite of the copies, small enough that a software GPU answers in a second or two.
 */
import { create, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, TensorProto_DataType } from 'onnx-buf';

export const trialSize = 512;

/** Floating-point operations of one run. */
export const trialFlops = 2 * 2 * trialSize ** 3;

/** x [512, 512] -> y = x x x. */
export function trialGraph(): Uint8Array {
  const dims = [trialSize, trialSize].map((extent) => ({ value: { case: 'dimValue' as const, value: BigInt(extent) } }));
  const matrix = (name: string) => ({
    name,
    type: { value: { case: 'tensorType' as const, value: { elemType: TensorProto_DataType.FLOAT, shape: { dim: dims } } } },
  });
  const model = create(ModelProtoSchema, {
    irVersion: 9n,
    opsetImport: [{ domain: '', version: 20n }],
    graph: {
      name: 'trial',
      node: [
        { opType: 'MatMul', input: ['x', 'x'], output: ['xx'] },
        { opType: 'MatMul', input: ['xx', 'x'], output: ['y'] },
      ],
      input: [matrix('x')],
      output: [matrix('y')],
    },
  });
  return toBinary(ModelProtoSchema, model);
}
