/** The losses, each as the mean over samples: for a population's outputs [P, outputs, samples] and for one candidate's [samples, outputs]. */
import type { Network } from '../../../models/network.js';
import type { Graph, Tensor } from './graph.js';
import { cast, compare, gemm, matmul, mul, reduce, reduceAway, reshape, scale, sub, swap, unary } from './ops.js';

/** The input `targets`: class numbers int32 [samples] for cross-entropy, values float32 [samples, outputs] for squared error. */
export function targetsInput(graph: Graph, network: Network, samples: number, outputs: number): Tensor {
  return network.loss === 'cross-entropy'
    ? graph.input('targets', 'int32', [samples])
    : graph.input('targets', 'float32', [samples, outputs]);
}

/** Losses [P]; `targets` may be one-hot, float32 [classes, samples]. */
export function populationLosses(network: Network, outputs: Tensor, targets: Tensor): Tensor {
  return network.loss === 'cross-entropy' ? populationCrossEntropy(outputs, targets) : populationSquaredError(outputs, targets);
}

/**
 * Mean over samples of log sum_c exp(s_c) - s_target, by z = s - max_c s, so that no exponential overflows.
 */
function populationCrossEntropy(s: Tensor, targets: Tensor): Tensor {
  const [population, classes, samples] = s.shape;
  const { graph } = s;
  const z = sub(s, reduce('ReduceMax', s, [1]));
  const numbers = graph.constant(
    'int32',
    [classes, 1],
    Int32Array.from({ length: classes }, (_, c) => c),
  );
  const oneHot = targets.type === 'float32' ? targets : cast(compare('Equal', numbers, targets), 'float32');
  // The factor, which is never 1, keeps the product off the matrix-vector path, whose bits depend on the number of rows.
  const chosen = gemm(reshape(z, [population, classes * samples]), reshape(oneHot, [classes * samples, 1]), sumOfLogs(unary('Exp', z)), {
    alpha: -1 / samples,
    beta: 1 / samples,
  });
  return reshape(chosen, [population]);
}

/**
 * Sum over the samples of log(sum over the classes), [P, 1], of exponentials [P, classes, samples] with a 1 for each sample.
 * Logarithms are slow and products are not: every sum over classes lies between 1 and their number, so as many of them are
 * multiplied before the logarithm is taken as stay below 1e36.
 */
function sumOfLogs(exponentials: Tensor): Tensor {
  const [population, classes, samples] = exponentials.shape;
  const limit = Math.max(1, Math.floor(36 / Math.log10(Math.max(classes, 2))));
  let group = Math.min(limit, samples);
  while (samples % group !== 0) group--;
  // A product with ones, because a sum over a middle axis depends on the number of threads.
  const sums = matmul(exponentials.graph.constant('float32', [1, classes], new Float32Array(classes).fill(1)), exponentials);
  const products = reduce('ReduceProd', reshape(sums, [population, samples / group, group]), [2]);
  // The operator Log gives another last bit at the end of a tensor than within it; the log of a sum over an axis of length 1 does not.
  const logs = reduceAway('ReduceLogSum', products, [2]);
  // All logarithms are positive; unlike ReduceSum, ReduceL1 adds in the same order wherever a row begins.
  return reduce('ReduceL1', logs, [1]);
}

function populationSquaredError(outputs: Tensor, targets: Tensor): Tensor {
  const [population, , samples] = outputs.shape;
  return reshape(scale(reduce('ReduceSumSquare', sub(outputs, swap(targets)), [1, 2]), 1 / samples), [population]);
}

/** The loss of one candidate, without dimensions; differentiable. */
export function candidateLoss(network: Network, outputs: Tensor, targets: Tensor): Tensor {
  const samples = outputs.shape[0];
  if (network.loss === 'squared-error') {
    return reshape(scale(reduce('ReduceSumSquare', sub(outputs, targets), [0, 1]), 1 / samples), []);
  }
  const classes = outputs.shape[1];
  const { graph } = outputs;
  const largest = reduce('ReduceMax', outputs, [1]);
  graph.detached.add(largest); // log sum exp does not depend on what is subtracted and added again
  const z = sub(outputs, largest);
  const logs = reduce('ReduceLogSum', unary('Exp', z), [1]);
  const numbers = graph.constant(
    'int32',
    [1, classes],
    Int32Array.from({ length: classes }, (_, c) => c),
  );
  const oneHot = cast(compare('Equal', reshape(targets, [samples, 1]), numbers), 'float32');
  const total = sub(reduce('ReduceSum', logs, [0, 1]), reduce('ReduceSum', mul(z, oneHot), [0, 1]));
  return reshape(scale(total, 1 / samples), []);
}
