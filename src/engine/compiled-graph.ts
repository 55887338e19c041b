/** A graph that is ready for a session: its ONNX bytes, and what goes in and out. Shapes are static. */
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
