/** How the losses of a population on a batch are cut into runs of graphs: samples into blocks, members by the memory that they need. */
import { equalParts, type Part } from './chunking.js';
import type { CompiledGraph } from './compiled-graph.js';

/** Larger batches are worked on in blocks of at most this many samples, whatever the memory, so that results do not depend on it. */
const blockSamples = 8192;

/** How a network's populations are cut. */
export interface Grain {
  /** Samples of a block at most: by the network and the samples alone, because the sums over blocks show it. */
  readonly samples: number;
  /** Members of a run are a multiple of this, but for the last. */
  readonly members: number;
  /** Bytes that a run should not need if it can be cut further; default: any that are allowed. */
  readonly preferredBytes?: number | undefined;
}

/** Where nothing else is asked for. */
export const coarse: Grain = { samples: blockSamples, members: 1 };

/** Equal requests are cut alike. */
export interface LossRequest {
  readonly size: number;
  readonly samples: number;
  readonly dropout: boolean;
  /** Rank of a described population; 0: the candidates themselves. */
  readonly rank: number;
}

/** One graph's share of the work: some members on some samples. */
export interface LossRun {
  readonly members: Part;
  readonly block: Part;
  /** Of the batch's samples, those in the block. */
  readonly share: number;
  /** The same for runs of the same graph. */
  readonly key: string;
  readonly compile: () => CompiledGraph;
}

export interface LossGraphs {
  grain(request: LossRequest): Grain;
  compile(members: number, samples: number, request: LossRequest): CompiledGraph;
  /** How many of the request's members one run on that many samples may hold; `kind` names what is compiled but for the members. */
  fit(
    kind: string,
    samples: number,
    request: LossRequest,
    compile: (members: number) => CompiledGraph,
    preferredBytes: number | undefined,
  ): number;
}

/** The blocks of samples that a batch is worked on in. */
export function sampleBlocks(samples: number, { samples: most } = coarse): Part[] {
  return equalParts(samples, most);
}

/** Cuts requests. The last cut is kept, because strategies ask for the same again and again. */
export class LossRuns {
  readonly #graphs: LossGraphs;
  #last: { readonly request: LossRequest; readonly runs: readonly LossRun[] } | undefined;

  constructor(graphs: LossGraphs) {
    this.#graphs = graphs;
  }

  for(size: number, samples: number, dropout: boolean, rank: number): readonly LossRun[] {
    const last = this.#last?.request;
    if (last?.size === size && last.samples === samples && last.dropout === dropout && last.rank === rank) return this.#last?.runs ?? [];
    const request = { size, samples, dropout, rank };
    const grain = this.#graphs.grain(request);
    const runs = sampleBlocks(samples, grain).flatMap((block) => this.#cut(request, block, grain));
    this.#last = { request, runs };
    return runs;
  }

  #cut(request: LossRequest, block: Part, grain: Grain): LossRun[] {
    const samples = block.to - block.from;
    const kind = `losses ${samples} ${request.rank} ${request.dropout}`;
    const compile = (members: number) => this.#graphs.compile(members, samples, request);
    const most = this.#graphs.fit(kind, samples, request, compile, grain.preferredBytes);
    // a smaller part than the multiple is filled up to it, and needs its memory
    const whole = Math.max(grain.members, Math.floor(most / grain.members) * grain.members);
    return equalParts(request.size, whole, grain.members).map((members) => {
      const count = members.to - members.from;
      return { members, block, share: samples / request.samples, key: `${kind} ${count}`, compile: () => compile(count) };
    });
  }
}
