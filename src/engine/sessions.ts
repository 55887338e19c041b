/**
 * ONNX Runtime sessions, one for each (graph, provider, threads) of a process: creating a session costs milliseconds and
 * leaks a little upstream (onnxruntime issue 25325), so they are shared, counted, and released when nobody holds them.
 * The runtime, a library of tens of megabytes, is loaded with the first of them.
 */
import type * as Ort from 'onnxruntime-node';
import { EngineError } from '../core/errors.js';
import type { CompiledGraph, TensorInfo } from './compiled-graph.js';
import { onDevice } from './device-queue.js';
import { type SessionSettings, sessionOptions } from './session-options.js';
import { oneLine } from './trial.js';

export type TensorData = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** A session that is held by one user. `run` calls must not overlap. */
export interface Session {
  readonly graph: CompiledGraph;
  /**
   * Runs the graph. Arrays in the order of the graph's inputs and outputs, of exactly their sizes; read and written in
   * place (CPU memory, never shared memory), so an array may be a view into a larger one.
   */
  run(inputs: readonly TensorData[], outputs: readonly TensorData[]): Promise<void>;
  /** Gives the session back. */
  release(): Promise<void>;
}

interface Shared {
  readonly key: string;
  readonly native: Promise<Ort.InferenceSession>;
  holders: number;
}

const open = new Map<string, Shared>();

/** How many sessions this process holds. */
export function openSessions(): number {
  return open.size;
}

/** Throws EngineError when the provider cannot run the graph. */
export async function openSession(graph: CompiledGraph, settings: SessionSettings): Promise<Session> {
  const key = `${graph.hash} ${settings.provider} ${settings.threads}`;
  let shared = open.get(key);
  if (shared === undefined) {
    shared = { key, native: create(graph, settings), holders: 0 };
    open.set(key, shared);
  }
  shared.holders++;
  try {
    const native = await shared.native;
    const { Tensor } = await import('onnxruntime-node');
    return new HeldSession(graph, settings, shared, native, Tensor);
  } catch (error) {
    open.delete(key);
    throw error;
  }
}

async function create(graph: CompiledGraph, settings: SessionSettings): Promise<Ort.InferenceSession> {
  const { InferenceSession } = await import('onnxruntime-node');
  const make = () => InferenceSession.create(graph.bytes, sessionOptions(settings));
  try {
    return await (settings.provider === 'webgpu' ? onDevice(make) : make());
  } catch (error) {
    throw failure(`The provider "${settings.provider}" cannot run this network's graph`, error);
  }
}

class HeldSession implements Session {
  readonly graph: CompiledGraph;
  readonly #settings: SessionSettings;
  readonly #shared: Shared;
  readonly #native: Ort.InferenceSession;
  readonly #Tensor: Ort.TensorConstructor;
  readonly #feeds: Record<string, Ort.Tensor> = {};
  readonly #fetches: Record<string, Ort.Tensor> = {};
  #released = false;

  constructor(
    graph: CompiledGraph,
    settings: SessionSettings,
    shared: Shared,
    native: Ort.InferenceSession,
    Tensor: Ort.TensorConstructor,
  ) {
    this.graph = graph;
    this.#settings = settings;
    this.#shared = shared;
    this.#native = native;
    this.#Tensor = Tensor;
  }

  async run(inputs: readonly TensorData[], outputs: readonly TensorData[]): Promise<void> {
    if (this.#released) throw new EngineError('A session was used after it was released. Keep the engine open until its last answer.');
    bind(this.#Tensor, this.#feeds, this.graph.inputs, inputs);
    bind(this.#Tensor, this.#fetches, this.graph.outputs, outputs);
    try {
      // outputs that are given are written in place; what `run` returns are copies
      if (this.#settings.provider === 'webgpu') await onDevice(() => this.#native.run(this.#feeds, this.#fetches));
      else await this.#native.run(this.#feeds, this.#fetches);
    } catch (error) {
      throw failure(`A run on the provider "${this.#settings.provider}" failed`, error);
    }
  }

  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    if (--this.#shared.holders > 0) return;
    open.delete(this.#shared.key);
    if (this.#settings.provider === 'webgpu') await onDevice(() => this.#native.release());
    else await this.#native.release();
  }
}

/** Wraps each array as a tensor, or keeps the wrapper of the last run where the array is the same memory. */
function bind(
  Tensor: Ort.TensorConstructor,
  into: Record<string, Ort.Tensor>,
  infos: readonly TensorInfo[],
  arrays: readonly TensorData[],
): void {
  for (let i = 0; i < infos.length; i++) {
    const { name, type, shape } = infos[i];
    const array = arrays[i];
    const known = into[name]?.data as TensorData | undefined;
    if (known === array) continue;
    if (known?.buffer === array.buffer && known.byteOffset === array.byteOffset && known.length === array.length) continue;
    into[name] = new Tensor(type, array, shape as number[]);
  }
}

function failure(what: string, error: unknown): EngineError {
  const said = oneLine(error instanceof Error ? error.message : String(error));
  return new EngineError(`${what}: ${said}. \`zeroth doctor\` says what works here; --provider cpu runs everything.`, { cause: error });
}
