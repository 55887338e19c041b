/** What is known of a network's training loss as a function of its parameters: whether it is smooth, and convex. */
import { activationOf } from '../../models/activations.js';
import type { Layer, Network } from '../../models/network.js';
import type { Classes } from './problem.js';

/** Named activations with a continuous derivative, and those without one. Of expressions nothing is said. */
const smooth = new Set(['logistic', 'tanh', 'identity', 'elu(1)', 'softsign', 'gelu', 'swish']);
const bent = /^(relu|leaky-relu\(|elu\()/;

/**
 * `l1`: whether absolute values of the parameters are added. `sampled`: whether queries see minibatches, or dropout: then the loss
 * that a strategy sees is another function each time, and nothing is said.
 *
 * A network without hidden layers is linear in its parameters, and both losses are convex in its output. With hidden layers equal
 * units can change places: were the loss convex, a network whose units are all their average would be at least as good.
 */
export function networkClasses({ layers }: Network, { l1, sampled }: { readonly l1: boolean; readonly sampled: boolean }): Classes {
  if (sampled) return {};
  const trained = layers.filter((layer): layer is Extract<Layer, { activation: string }> => 'activation' in layer);
  const names = trained.map(({ activation }) => activationOf(activation).name);
  const pooled = layers.some(({ kind }) => kind === 'max-pool');
  const kinked = l1 || pooled || names.some((name) => bent.test(name) && !smooth.has(name));
  const known = kinked || names.every((name) => smooth.has(name));
  const hidden = trained.slice(0, -1).some((layer) => (layer.kind === 'dense' ? layer.units : layer.filters) > 1);
  const linear = trained.length === 1 && names[0] === 'identity' && !pooled;
  return { ...(known && { smooth: !kinked }), ...(linear ? { convex: true } : hidden && { convex: false }) };
}
