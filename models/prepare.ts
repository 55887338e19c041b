/** Networks from outside, made ready to be compiled: checked, and their activations looked up or parsed. */
import { isKnownActivation, isMisspelt, registerExpression, unknownActivation } from './activations.js';
import type { ActivationName, Network } from './network.js';
import { validateNetwork } from './validate.js';

/** The network itself, once it is valid and `activationOf` knows all its activations. Throws UsageError that names the field. */
export async function prepareNetwork(network: Network): Promise<Network> {
  validateNetwork(network);
  for (const layer of network.layers) {
    if (layer.kind === 'dense' || layer.kind === 'conv') await prepareActivation(layer.activation);
  }
  return network;
}

/** Makes a name or an expression of x known to `activationOf`. Throws UsageError. */
export async function prepareActivation(name: ActivationName): Promise<void> {
  if (isKnownActivation(name)) return;
  if (isMisspelt(name)) throw unknownActivation(name);
  const { parseExpression } = await import('./expression-parser.js');
  registerExpression(name, parseExpression(name));
}
