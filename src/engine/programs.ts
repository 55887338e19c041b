/** The compiled graphs of one engine with their sessions and output arrays, by what they were compiled for. */
import type { CompiledGraph, TensorInfo } from './compiled-graph.js';
import { type InputSource, inputSource } from './input-sources.js';
import type { SessionSettings } from './session-options.js';
import { openSession, type Session, type TensorData } from './sessions.js';
import { threadsWithoutEffect } from './thread-rule.js';

/** A session with the arrays that its runs read and write; the outputs are reused by every run. */
export interface Program {
  readonly graph: CompiledGraph;
  readonly session: Session;
  /** Set before each run, in the order of the graph's inputs. */
  readonly inputs: TensorData[];
  readonly sources: readonly InputSource[];
  readonly inputLengths: readonly number[];
  readonly outputs: readonly TensorData[];
  /** The seed that the dropout masks among `inputs` were made from. */
  maskSeed?: string | undefined;
}

/**
 * Graphs that need less memory than this run in one thread: to share their nodes takes longer than it saves. Of 4-7-3 on 150 samples,
 * 40 candidates, 0.34 MB, take 92 us in one thread and 108 in two; 128, 1.07 MB, 229 and 235; 192 take 338 and 294.
 */
const worthThreads = 2 ** 20;

export class Programs {
  readonly #settings: SessionSettings;
  readonly #limit: number;
  /** Least recently used first. */
  readonly #programs = new Map<string, Program>();

  /** At most `limit` sessions are kept; the least recently used makes room. */
  constructor(settings: SessionSettings, limit: number) {
    this.#settings = settings;
    this.#limit = limit;
  }

  /** The program that was opened under this key, if it is still kept. */
  known(key: string): Program | undefined {
    const known = this.#programs.get(key);
    if (known === undefined) return undefined;
    this.#programs.delete(key);
    this.#programs.set(key, known);
    return known;
  }

  async get(key: string, compile: () => CompiledGraph): Promise<Program> {
    const known = this.known(key);
    if (known !== undefined) return known;
    const { provider, threads } = this.#settings;
    const compiled = compile();
    const useful = compiled.peakBytes < worthThreads ? 1 : threads;
    const graph = (useful === 1 && provider === 'cpu' && compiled.inOneThread?.()) || compiled;
    const session = await openSession(graph, { provider, threads: threadsWithoutEffect(graph, useful) });
    const program: Program = {
      graph,
      session,
      inputs: [],
      sources: graph.inputs.map(inputSource),
      inputLengths: graph.inputs.map(elements),
      outputs: graph.outputs.map(allocateTensor),
    };
    this.#programs.set(key, program);
    for (const [oldKey, old] of this.#programs) {
      if (this.#programs.size <= this.#limit) break;
      this.#programs.delete(oldKey);
      await old.session.release();
    }
    return program;
  }

  async close(): Promise<void> {
    const programs = [...this.#programs.values()];
    this.#programs.clear();
    for (const { session } of programs) await session.release();
  }
}

function elements({ shape }: TensorInfo): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** A zeroed array for a graph's input or output. */
export function allocateTensor(info: TensorInfo): TensorData {
  const length = elements(info);
  switch (info.type) {
    case 'float32':
      return new Float32Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'int64':
      return new BigInt64Array(length);
    case 'bool':
      return new Uint8Array(length);
  }
}
