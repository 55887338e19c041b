/**
 * Networks compiled to ONNX graphs. Inputs and outputs of every graph, by name:
 *
 * - `theta`: float32 [P, D] for populations, [D] for one candidate, laid out as `parametersOf(network)` says.
 * - `inputs`: float32 [samples, ...network.input], in every layout.
 * - `targets`: class numbers int32 [samples] for cross-entropy, float32 [samples, outputs] for squared error.
 * - `mask<i>`, with dropout, for each dropout layer i of the network: float32 [samples, ...its shape], 1 to keep, 0 to drop.
 *   Kept units are not rescaled in training; in use outputs are scaled by (1 - rate).
 *
 * - in place of `inputs` and `targets`, where a population's graph is asked for with `prepared`: `columns`, float32 [features + 1,
 *   samples], ones in the last row, and `chosen`, float32 [classes, samples], 1 at each sample's class.
 *
 * All functions expect a valid network (`validateNetwork`) whose activations are known.
 */
import type { Network } from '../../../models/network.js';
import { outputCount } from '../../../models/shapes.js';
import type { CompiledGraph } from '../compiled-graph.js';
import { gradients } from './autodiff.js';
import { blockedCandidate, blockedFront, blockedImages, canDifferentiate, type FilterTensors } from './blocked-images.js';
import { forward } from './forward.js';
import { Graph, type Tensor } from './graph.js';
import { candidateLoss, populationLosses, targetsInput } from './losses.js';
import { compiled } from './onnx.js';
import { above, add, cast, compare, concat, mul, reduce, reshape, slice, softmax, swap } from './ops.js';
import { type Layout, populationOutputs } from './population.js';
import { candidate, sliced } from './theta.js';

export interface LossesOptions {
  /** P, from 1. */
  readonly population: number;
  readonly samples: number;
  /** Default: `chooseLayout(network)`. */
  readonly layout?: Layout;
  /** True: masks are inputs, as in training; default false: the network is in use. */
  readonly dropout?: boolean;
  /** True: the inputs `columns` and `chosen` in place of `inputs` and `targets`, where `canPrepare`. Default false. */
  readonly prepared?: boolean;
  /** For the CPU provider: the length of the blocks of its convolution kernels. Default: convolutions as ONNX has them. */
  readonly block?: number | undefined;
}

export interface CandidateOptions {
  readonly samples: number;
  readonly dropout?: boolean;
}

/** Units of the widest hidden layer from which features-last is faster. */
const wide = 24;

/** The arrangement that is faster for the hidden dense layers of a population: by the network's shape alone. */
export function chooseLayout(network: Network): Layout {
  const hidden = network.layers.slice(0, -1).flatMap((layer) => (layer.kind === 'dense' ? [layer.units] : []));
  return Math.max(0, ...hidden) < wide ? 'samples-last' : 'features-last';
}

/** Whether a population's graph can take `columns` and `chosen`. */
export function canPrepare(network: Network): boolean {
  const [first] = network.layers;
  return first.kind === 'dense' && network.loss === 'cross-entropy' && chooseLayout(network) === 'samples-last';
}

/** theta [P, D] -> loss [P], the mean over the samples. */
export function compileLosses(network: Network, options: LossesOptions): CompiledGraph {
  const { population, samples, layout = chooseLayout(network), dropout = false, prepared = false, block } = options;
  const build = (oneThread: boolean) => {
    const graph = new Graph();
    const outputs = populationOutputs(graph, network, { population, samples, layout, dropout, oneThread, prepared, block });
    const classes = outputCount(network);
    const targets = prepared ? graph.input('chosen', 'float32', [classes, samples]) : targetsInput(graph, network, samples, classes);
    const losses = populationLosses(network, outputs, targets);
    return compiled(graph, { loss: slice(losses, [0], [0], [population], [1]) });
  };
  return { ...build(false), inOneThread: () => build(true) };
}

interface Trained {
  readonly graph: Graph;
  readonly layers: ReturnType<typeof forward>;
  readonly parameters: ReturnType<typeof candidate>['layers'];
  /** Of the last layer, [samples, outputs]. */
  readonly outputs: Tensor;
}

export interface GradientOptions extends CandidateOptions {
  /**
   * True: instead of `theta` and `gradient`, one tensor for each slice i of the layout in the slice's shape, `theta<i>` and
   * `gradient<i>`. Views into the whole serve them, so that nothing is cut and joined.
   */
  readonly slices?: boolean;
  /** As for losses. */
  readonly block?: number | undefined;
}

function start(network: Network, { samples, dropout = false, slices = false }: GradientOptions): Trained {
  const graph = new Graph();
  const parameters = slices ? sliced(graph, network) : candidate(graph, network).layers;
  const inputs = graph.input('inputs', 'float32', [samples, ...network.input]);
  const layers = forward(network, inputs, parameters, { dropout });
  const last = layers[layers.length - 1].output;
  return { graph, layers, parameters, outputs: reshape(last, [samples, outputCount(network)]) };
}

/** As `start`, with the convolutions of the beginning in blocks where that is possible. */
function trained(network: Network, options: GradientOptions): Pick<Trained, 'graph' | 'parameters' | 'outputs'> {
  const { samples, dropout = false, slices = false, block } = options;
  const front = block === undefined ? undefined : blockedFront(network, samples, block);
  if (block === undefined || front === undefined || !canDifferentiate(network, front, samples, block)) return start(network, options);
  const graph = new Graph();
  const parameters = slices ? sliced(graph, network) : candidate(graph, network).layers;
  const inputs = graph.input('inputs', 'float32', [samples, ...network.input]);
  const filters = network.layers.map((_, index) => parameters.get(index) as FilterTensors);
  const columns = blockedCandidate(network, front, inputs, filters, block);
  const rows = swap(reshape(columns, columns.shape.slice(1)));
  const last = forward(network, rows, parameters, { dropout, from: front.layers }).at(-1)?.output as Tensor;
  return { graph, parameters, outputs: reshape(last, [samples, outputCount(network)]) };
}

/** theta [D] -> loss [], gradient [D]. */
export function compileGradient(network: Network, options: GradientOptions): CompiledGraph {
  const { graph, parameters, outputs } = trained(network, options);
  const loss = candidateLoss(network, outputs, targetsInput(graph, network, options.samples, outputCount(network)));
  const slices = [...parameters.values()].flatMap(({ weights, biases }) => [weights, biases]);
  const derivatives = gradients(loss, slices);
  if (options.slices) return compiled(graph, { loss, ...Object.fromEntries(derivatives.map((part, i) => [`gradient${i}`, part])) });
  const parts = derivatives.map((part) => reshape(part, [part.shape.reduce((a, b) => a * b, 1)]));
  return compiled(graph, { loss, gradient: concat(parts, 0) });
}

export interface UseOptions {
  readonly samples: number;
  /** As for losses. */
  readonly block?: number | undefined;
}

/** The outputs [samples, outputs] of a network in use, with the convolutions of its beginning in blocks where that is possible. */
function inUse(network: Network, { samples, block }: UseOptions): Pick<Trained, 'graph' | 'outputs'> {
  const front = block === undefined ? undefined : blockedFront(network, samples, block);
  if (block === undefined || front === undefined) return start(network, { samples });
  const graph = new Graph();
  const { layers } = candidate(graph, network);
  const inputs = graph.input('inputs', 'float32', [samples, ...network.input]);
  const filters = network.layers.map((_, index) => layers.get(index) as FilterTensors);
  const columns = blockedImages(network, front, inputs, filters, 1, block);
  const rows = swap(reshape(columns, columns.shape.slice(1)));
  const last = forward(network, rows, layers, { from: front.layers }).at(-1)?.output as Tensor;
  return { graph, outputs: reshape(last, [samples, outputCount(network)]) };
}

/** theta [D] -> output [samples, outputs]: class probabilities for cross-entropy, values for squared error. */
export function compilePredict(network: Network, options: UseOptions): CompiledGraph {
  const { graph, outputs } = inUse(network, options);
  return compiled(graph, { output: network.loss === 'cross-entropy' ? softmax(outputs) : outputs });
}

/** theta [D] -> loss [], the mean over the samples, and for cross-entropy `correct` [], the number of samples whose largest output is the target. */
export function compileEvaluate(network: Network, options: UseOptions): CompiledGraph {
  const { graph, outputs } = inUse(network, options);
  const targets = targetsInput(graph, network, options.samples, outputCount(network));
  const loss = candidateLoss(network, outputs, targets);
  if (network.loss === 'squared-error') return compiled(graph, { loss });
  return compiled(graph, { loss, correct: correctCount(outputs, targets) });
}

/**
 * How many samples have their largest output, the first of equals, at the target: those where every output is smaller than the
 * target's, or equal to it and not before it. (ArgMax gives an int64, which GPUs do not compare.) Said so, a sample with outputs that
 * are no numbers, of which no comparison holds, is not right.
 */
function correctCount(outputs: Tensor, targets: Tensor): Tensor {
  const { graph } = outputs;
  const [samples, classes] = outputs.shape;
  const numbers = graph.constant(
    'float32',
    [1, classes],
    Array.from({ length: classes }, (_, c) => c),
  );
  const target = cast(reshape(targets, [samples, 1]), 'float32');
  const chosen = reduce('ReduceSum', mul(outputs, cast(compare('Equal', numbers, target), 'float32')), [1]);
  const notBefore = above(add(numbers, graph.scalar(0.5)), target);
  const equal = mul(cast(compare('Equal', outputs, chosen), 'float32'), notBefore);
  const behind = reduce('ReduceSum', add(above(chosen, outputs), equal), [1]);
  const right = cast(compare('Equal', behind, graph.scalar(classes)), 'float32');
  return reshape(reduce('ReduceSum', right, [0, 1]), []);
}

/** Name of the output of layer i. */
export function layerOutputName(layer: number): string {
  return `layer${layer}`;
}

/** theta [D] -> `layer<i>`, every layer's output [samples, ...its shape]. */
export function compileResponses(network: Network, options: CandidateOptions): CompiledGraph {
  const { graph, layers } = start(network, options);
  return compiled(graph, Object.fromEntries(layers.map(({ output }, index) => [layerOutputName(index), output])));
}

/**
 * What passes through the layers with parameters: `loss` [], and for each such layer i `layer<i>`, its output [samples, ...its shape],
 * `signal<i>`, the derivative of the loss by its weighted input, of the same shape, and `weights<i>`, that by its weights,
 * in the shape of their slice.
 */
export function compileProbes(network: Network, options: CandidateOptions): CompiledGraph {
  const { graph, layers, parameters, outputs } = start(network, options);
  const loss = candidateLoss(network, outputs, targetsInput(graph, network, options.samples, outputCount(network)));
  const probed = [...parameters.keys()];
  const weighted = probed.map((index) => layers[index].weighted as Tensor);
  const weights = probed.map((index) => (parameters.get(index) as { weights: Tensor }).weights);
  const derivatives = gradients(loss, [...weighted, ...weights]);
  const named: Record<string, Tensor> = { loss };
  probed.forEach((index, i) => {
    named[layerOutputName(index)] = layers[index].output;
    named[`signal${index}`] = derivatives[i];
    named[`weights${index}`] = derivatives[probed.length + i];
  });
  return compiled(graph, named);
}
