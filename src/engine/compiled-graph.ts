/**
 * A graph that is ready for a session: its ONNX bytes, and what goes in and out. Shapes are static.
 *
 * Losses must not depend, in any bit, on how a population was chunked or on the number of threads. On the CPU provider of
 * ONNX Runtime 1.30 a few element-wise operators break that: Log, Elu, Softplus, Mish, Sin, Cos and Atan give one element
 * another last bit when it lies in the tail of a vectorized loop, so its place in the tensor shows. Graphs build them from
 * operators that do not: a logarithm from ReduceLogSum (over the classes, or over an axis of length 1), Elu from Exp.
 * Exp, Tanh, Sigmoid, Erf, Sqrt, Tan, Pow, Relu, arithmetic, Softmax and sums over the last axis are safe.
 */
export interface TensorInfo {
  readonly name: string;
  readonly type: 'float32' | 'int32' | 'int64' | 'bool';
  readonly shape: readonly number[];
}

export interface CompiledGraph {
  /** Content hash of `bytes`; sessions are cached by it. */
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
}
