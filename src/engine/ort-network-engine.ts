/** The network engine over ONNX Runtime: compiles what is asked for, keeps it, cuts what does not fit, runs it. */
import type { Network, Parameters } from '../../models/network.js';
import { parametersOf } from '../../models/parameters.js';
import { prepareNetwork } from '../../models/prepare.js';
import { count, layerShapes, outputCount } from '../../models/shapes.js';
import { EngineError, UsageError } from '../core/errors.js';
import { factorBlocks, type LowRankPopulation, materialize } from '../core/population.js';
import type { LayerResponses } from '../core/query.js';
import { checkBatch, checkLength, checkProvider } from './batch-checks.js';
import { equalParts, membersThatFit, type Part, smallerPart } from './chunking.js';
import type { CompiledGraph } from './compiled-graph.js';
import { convolutionBlock } from './convolution-block.js';
import { blockedFront } from './graph/blocked-images.js';
import { compileEvaluate, compileGradient, compilePredict, compileProbes, compileResponses, layerOutputName } from './graph/compile.js';
import { canDescribe } from './graph/described.js';
import { exportModel } from './graph/export.js';
import { lossGraphs } from './loss-graphs.js';
import { LossRuns, sampleBlocks } from './loss-runs.js';
import type { Batch, EngineOptions, Evaluation, LayerProbe, NetworkEngine } from './network-engine.js';
import { type CallData, setInputs } from './program-inputs.js';
import { allocateTensor, type Program, Programs } from './programs.js';
import type { TensorData } from './sessions.js';

/** Memory that one run may use where the caller does not say. */
export const defaultMemoryBytes = 256 * 2 ** 20;

/** Graphs that one engine keeps: minibatch, remainder, evaluation and probes of one problem are well below. */
const keptPrograms = 24;

/** Evaluation and prediction are worked on in blocks of at most this many samples, which stay in the processor's cache. */
const evaluationSamples = 2048;
/** The same where convolutions are done in blocks. */
const blockedEvaluationSamples = 128;

/**
 * Opens an engine for a network. Close it to free its sessions.
 * Throws UsageError when the network is not valid; its calls throw EngineError when the provider fails.
 */
export async function openNetworkEngine(network: Network, options: EngineOptions): Promise<NetworkEngine> {
  checkProvider(options);
  const prepared = await prepareNetwork(network);
  const convolves = prepared.layers.some(({ kind }) => kind === 'conv');
  return new OrtNetworkEngine(prepared, options, convolves && options.provider === 'cpu' ? await convolutionBlock() : undefined);
}

/** A graph for that many members: candidates, or samples. */
type Compile = (members: number) => CompiledGraph;

class OrtNetworkEngine implements NetworkEngine {
  readonly network: Network;
  readonly parameters: Parameters;
  readonly #features: number;
  readonly #memoryBytes: number;
  readonly #threads: number;
  /** Of the CPU provider's convolution kernels; undefined without convolutions. */
  readonly #block: number | undefined;
  readonly #programs: Programs;
  readonly #lossRuns: LossRuns;
  readonly #fits = new Map<string, number>();
  /** Calls wait for each other, as they share output arrays: the last of those that are not done. */
  #last: Promise<unknown> | undefined;
  #closed = false;

  constructor(network: Network, { provider, threads, memoryBytes = defaultMemoryBytes }: EngineOptions, block: number | undefined) {
    this.network = network;
    this.parameters = parametersOf(network);
    this.#features = count(network.input);
    this.#memoryBytes = memoryBytes;
    this.#threads = threads;
    this.#block = block;
    this.#programs = new Programs({ provider, threads }, keptPrograms);
    this.#lossRuns = new LossRuns({
      ...lossGraphs(network, provider, block),
      fit: (kind, samples, { size }, compile, preferredBytes) =>
        this.#fit(kind, size, compile, `One candidate on ${samples} samples`, preferredBytes),
    });
  }

  losses(theta: Float32Array, size: number, batch: Batch, out: Float64Array): Promise<void> {
    return this.#inTurn(async () => {
      const { dimension } = this.parameters;
      checkLength('parameters', theta, size * dimension, `${size} candidates of ${dimension}`);
      checkBatch(this.network, batch);
      await this.#sumLosses(batch, size, 0, out, ({ from, to }) => ({ theta: part(theta, from * dimension, to * dimension) }));
    });
  }

  async describedLosses(population: LowRankPopulation, batch: Batch, out: Float64Array): Promise<void> {
    const { size, dimension, rank, width } = population;
    const own = factorBlocks(this.parameters, rank);
    if (dimension !== this.parameters.dimension || width !== own.width) {
      throw new UsageError(
        `The population describes ${dimension} parameters by ${width} numbers; this network has ${this.parameters.dimension}, by ${own.width} at rank ${rank}. Make its blocks with factorBlocks(space, rank).`,
      );
    }
    if (!canDescribe(this.network) || sampleBlocks(batch.count).some(({ from, to }) => to - from < 2)) {
      const { values } = materialize(population, new Float32Array(size * dimension));
      await this.losses(values as Float32Array, size, batch, out);
      return;
    }
    const centre = population.centre as Float32Array;
    const factors = population.factors as Float32Array;
    checkLength('factors', factors, size * width, `${size} candidates of ${width}`);
    await this.#inTurn(async () => {
      checkBatch(this.network, batch);
      await this.#sumLosses(batch, size, rank, out, ({ from, to }) => ({ centre, factors: part(factors, from * width, to * width) }));
    });
  }

  /** Losses of the members whose parameters `membersOf` gives, averaged over the blocks of the batch. */
  async #sumLosses(batch: Batch, size: number, rank: number, out: Float64Array, membersOf: (members: Part) => Partial<CallData>) {
    out.fill(0, 0, size);
    for (const { members, block, share, key, compile } of this.#lossRuns.for(size, batch.count, batch.dropoutSeed !== undefined, rank)) {
      const program = this.#programs.known(key) ?? (await this.#programs.get(key, compile));
      const [losses] = await this.#run(program, { ...this.#slice(batch, block), ...membersOf(members) });
      for (let p = members.from; p < members.to; p++) out[p] += (losses as Float32Array)[p - members.from] * share;
    }
  }

  gradient(theta: Float32Array, batch: Batch, out: Float32Array): Promise<number> {
    return this.#inTurn(async () => {
      const { dimension } = this.parameters;
      checkLength('gradient', out, dimension, 'one for each parameter');
      this.#check(theta, batch);
      const dropout = batch.dropoutSeed !== undefined;
      const blocks = sampleBlocks(batch.count);
      // a single block writes its gradient into `out` itself; those of several are added up
      const target = blocks.length === 1 ? out : new Float32Array(dimension);
      const views = this.parameters.layout.map(({ offset, length }) => target.subarray(offset, offset + length));
      if (target !== out) out.fill(0, 0, dimension);
      let total = 0;
      for (const block of blocks) {
        const samples = block.to - block.from;
        const compile = () => compileGradient(this.network, { samples, dropout, slices: true, block: this.#block });
        const program = await this.#program(`gradient ${dropout}`, samples, compile);
        const [loss] = await this.#run(program, { ...this.#slice(batch, block), theta }, [undefined, ...views]);
        const share = samples / batch.count;
        total += (loss as Float32Array)[0] * share;
        if (target !== out) for (let i = 0; i < dimension; i++) out[i] += target[i] * share;
      }
      return total;
    });
  }

  predict(theta: Float32Array, inputs: Float32Array, samples: number): Promise<Float32Array> {
    return this.#inTurn(async () => {
      checkLength('inputs', inputs, samples * this.#features, `${samples} samples of ${this.#features}`);
      checkLength('parameters', theta, this.parameters.dimension, 'one candidate');
      const outputs = outputCount(this.network);
      const out = new Float32Array(samples * outputs);
      const compile: Compile = (count) => compilePredict(this.network, { samples: count, block: this.#block });
      for (const { from, to } of this.#blocks('predict', samples, compile)) {
        const program = await this.#program('predict', to - from, () => compile(to - from));
        const data = { theta, inputs: inputs.subarray(from * this.#features, to * this.#features) };
        await this.#run(program, data, [out.subarray(from * outputs, to * outputs)]);
      }
      return out;
    });
  }

  evaluate(theta: Float32Array, batch: Batch): Promise<Evaluation> {
    return this.#inTurn(async () => {
      this.#check(theta, batch);
      const { dropoutSeed: _, ...inUse } = batch;
      const compile: Compile = (samples) => compileEvaluate(this.network, { samples, block: this.#block });
      let loss = 0;
      let right = 0;
      for (const block of this.#blocks('evaluate', batch.count, compile)) {
        const samples = block.to - block.from;
        const program = await this.#program('evaluate', samples, () => compile(samples));
        const [mean, correct] = await this.#run(program, { ...this.#slice(inUse, block), theta });
        loss += Number(mean[0]) * (samples / batch.count);
        right += Number(correct?.[0] ?? 0);
      }
      return this.network.loss === 'cross-entropy' ? { loss, accuracy: right / batch.count } : { loss };
    });
  }

  responses(theta: Float32Array, batch: Batch): Promise<LayerResponses[]> {
    return this.#inTurn(async () => {
      const outputs = await this.#all('responses', compileResponses, theta, batch);
      return layerShapes(this.network).map((shape, layer) => ({
        layer,
        samples: batch.count,
        units: count(shape),
        values: outputs(layerOutputName(layer)),
      }));
    });
  }

  probes(theta: Float32Array, batch: Batch): Promise<LayerProbe[]> {
    return this.#inTurn(async () => {
      const outputs = await this.#all('probes', compileProbes, theta, batch);
      const shapes = layerShapes(this.network);
      const layers = this.parameters.layout.filter(({ role }) => role === 'weights').map(({ layer }) => layer);
      return layers.map((layer) => ({
        layer,
        samples: batch.count,
        units: count(shapes[layer]),
        values: outputs(layerOutputName(layer)),
        signal: outputs(`signal${layer}`),
        weightGradient: outputs(`weights${layer}`),
      }));
    });
  }

  toOnnx(theta: Float32Array): Uint8Array {
    checkLength('parameters', theta, this.parameters.dimension, 'one candidate');
    return exportModel(this.network, theta);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    await this.#programs.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed)
      return Promise.reject(new EngineError('The engine is closed. Open another with openNetworkEngine(network, options).'));
    const next = this.#last === undefined ? work() : this.#last.then(work);
    const finished = () => {
      if (this.#last === done) this.#last = undefined;
    };
    const done: Promise<unknown> = next.then(finished, finished);
    this.#last = done;
    return next;
  }

  #check(theta: Float32Array, batch: Batch): void {
    checkLength('parameters', theta, this.parameters.dimension, 'one candidate');
    checkBatch(this.network, batch);
  }

  /** The samples of one block; with its own dropout masks if it is not the first. */
  #slice(batch: Batch, { from, to }: Part): Omit<CallData, 'theta'> {
    if (to - from === batch.count) return batch;
    const perSample = batch.targets.length / batch.count;
    const seed = batch.dropoutSeed;
    return {
      inputs: batch.inputs.subarray(from * this.#features, to * this.#features),
      targets: batch.targets.subarray(from * perSample, to * perSample),
      ...(seed === undefined ? {} : { dropoutSeed: from === 0 ? seed : `${seed}/from ${from}` }),
    };
  }

  /** How many members one run may hold, by the memory limit; fewer where `preferredBytes` says so, but at least one. */
  #fit(kind: string, wanted: number, compile: Compile, what: string, preferredBytes = this.#memoryBytes): number {
    const key = `${kind} ${wanted}`;
    let most = this.#fits.get(key);
    if (most === undefined) {
      most = membersThatFit(wanted, 1, this.#memoryBytes, what, (members) => compile(members).peakBytes);
      const bytes = preferredBytes < this.#memoryBytes ? compile(most).peakBytes : 0;
      if (bytes > preferredBytes) most = smallerPart(wanted, most, bytes / preferredBytes, this.#threads);
      this.#fits.set(key, most);
    }
    return most;
  }

  #blocks(kind: string, samples: number, compile: Compile): Part[] {
    const blocked = this.#block !== undefined && blockedFront(this.network, samples, this.#block) !== undefined;
    const most = blocked ? blockedEvaluationSamples : evaluationSamples;
    return equalParts(samples, this.#fit(kind, Math.min(samples, most), compile, 'One sample'));
  }

  /** A program for one candidate, which is not cut: it must fit as it is. */
  #program(kind: string, samples: number, compile: () => CompiledGraph): Promise<Program> {
    const key = `${kind} ${samples}`;
    return this.#programs.get(key, () => {
      const graph = compile();
      membersThatFit(samples, samples, this.#memoryBytes, `The ${kind.split(' ')[0]} on ${samples} samples`, () => graph.peakBytes);
      return graph;
    });
  }

  /** Runs a graph with an output for each layer; each output is an array of the caller's own. */
  async #all(
    kind: string,
    compile: (network: Network, options: { samples: number; dropout: boolean }) => CompiledGraph,
    theta: Float32Array,
    batch: Batch,
  ): Promise<(name: string) => Float32Array> {
    this.#check(theta, batch);
    const options = { samples: batch.count, dropout: batch.dropoutSeed !== undefined };
    const program = await this.#program(`${kind} ${options.dropout}`, batch.count, () => compile(this.network, options));
    const fresh = program.graph.outputs.map(allocateTensor);
    await this.#run(program, { ...batch, theta }, fresh);
    const named = new Map(program.graph.outputs.map(({ name }, i) => [name, fresh[i]]));
    return (name) => named.get(name) as Float32Array;
  }

  /** Runs into the given output arrays, or where there is none into the program's own, which the next run overwrites. */
  async #run(program: Program, data: CallData, into?: readonly (TensorData | undefined)[]): Promise<readonly TensorData[]> {
    setInputs(program, this.network, this.parameters, data);
    const outputs = into === undefined ? program.outputs : program.outputs.map((own, i) => into[i] ?? own);
    await program.session.run(program.inputs, outputs);
    return outputs;
  }
}

/** The elements `from` to before `to`. */
function part(values: Float32Array, from: number, to: number): Float32Array {
  return from === 0 && to === values.length ? values : values.subarray(from, to);
}
