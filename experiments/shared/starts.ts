/** First points of a network by the rules that the sources name. */
import type { Network } from '../../models/network.js';
import { parametersOf } from '../../models/parameters.js';
import type { Space, StartSegment } from '../../src/core/space.js';

/**
 * lecture: normal, deviation sqrt(2 / n), n incoming weights (He et al. 2015); glorot: uniform within sqrt(6 / (n + m)), m units; lecun: normal,
 * deviation sqrt(1 / n); standard: uniform within 1 / sqrt(n), the heuristic that Glorot and Bengio (2010) start from. Biases 0.
 */
export const startNames = ['lecture', 'glorot', 'lecun', 'standard'] as const;
export type StartName = (typeof startNames)[number];

/** The network's search space, with first points by that rule. */
export function startingSpace(network: Network, start: StartName): Space {
  const { dimension, layout, start: own } = parametersOf({ ...network, initializer: start === 'standard' ? 'lecture' : start });
  const segments = start === 'standard' ? layout.map(standardSegment) : own;
  return { dimension, precision: 'float32', start: segments, layout };
}

function standardSegment({ role, offset, length, fanIn }: NonNullable<Space['layout']>[number]): StartSegment {
  if (role === 'biases') return { offset, length, kind: 'constant', value: 0 };
  const limit = 1 / Math.sqrt(fanIn);
  return { offset, length, kind: 'uniform', low: -limit, high: limit };
}
