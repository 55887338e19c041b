/**
 * A graph that is ready for a session: its ONNX bytes, and what goes in and out. Shapes are static.
 *
 * Losses must not depend, in any bit, on how a population was chunked or on the number of threads. On the CPU provider of
 * ONNX Runtime 1.30 a few element-wise operators break that: Log, Elu, Softplus, Mish, Sin, Cos and Atan give one element
 * another last bit when it lies in the tail of a vectorized loop, so its place in the tensor shows. Graphs build them from
 * operators that do not: a logarithm from ReduceLogSum (over the classes, or over an axis of length 1), Elu from Exp.
 * Two more depend on the number of candidates: a product with a matrix of one column is summed by blocks of rows (use
 * Mul and a sum over the last axes instead), and a ReduceSum or ReduceMean over a middle axis is summed in another order
 * when the axis before it is shorter than the number of threads, or is 1 (split the axis and add, or move it last).
 * Exp, Tanh, Sigmoid, Erf, Sqrt, Tan, Pow, Relu, arithmetic and Softmax are safe. ReduceSum over the last axis depends on where a
 * row begins, unless its length is a multiple of the vector width; ReduceProd, ReduceL1 and ReduceSumSquare do not.
 *
 * One more condition is the session's: graph optimization `extended`, not `all`, for graphs with convolutions. The blocked layout
 * that `all` gives them depends on the number of filters, and so on the size of the population. Graphs that are in the blocked layout
 * already (graph/blocked-images.ts) give every member the same bits, because there a block holds whole members or shares of one.
 */
export interface TensorInfo {
  readonly name: string;
  readonly type: 'float32' | 'int32' | 'int64' | 'bool';
  readonly shape: readonly number[];
}

/** `batch` products of [rows, inner] and [inner, columns] in one node; a convolution of one image is one of them. */
export interface Product {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  /** Threads share the columns even where there are more rows. */
  readonly convolution?: true;
}

export interface CompiledGraph {
  /** Content hash of `bytes`; sessions are cached by it. */
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** What one run needs: the bytes of all tensors that are alive at the worst moment, inputs and outputs among them. */
  readonly peakBytes: number;
  /** The matrix products whose bits could depend on how threads share them. */
  readonly products: readonly Product[];
  /** Of the sums whose order could depend on the threads: the extent of the axis before those that are summed. */
  readonly sums: readonly number[];
  /** A graph with the same inputs, outputs and bits, that is faster in one thread and may be slower in several. */
  readonly inOneThread?: () => CompiledGraph;
}
