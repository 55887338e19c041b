/** Reverse-mode differentiation of a graph: the gradient's graph, built beside it. */
import { ZerothError } from '../../core/errors.js';
import { type GraphNode, nodesFor, type Tensor } from './graph.js';
import { add, expand } from './ops.js';
import { rules } from './rules.js';
import { sizeOf } from './shape.js';

/** An operator without a derivative rule stands between a loss and what it is differentiated by. */
export class DifferentiationError extends ZerothError {}

/**
 * d loss / d each of `wrt`, each in the shape of its tensor. `loss` has one element.
 *
 * Until they are asked for, adjoints are kept in any shape that broadcasts to their tensor's: a sum's adjoint is one number.
 */
export function gradients(loss: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (sizeOf(loss.shape) !== 1) throw new RangeError(`Only a single number has a gradient; the loss has shape [${loss.shape.join(', ')}].`);
  const graph = loss.graph;
  const adjoints = new Map<Tensor, Tensor>([[loss, graph.scalar(1)]]);
  const contribute = (tensor: Tensor, adjoint: Tensor) => {
    const sum = adjoints.get(tensor);
    adjoints.set(tensor, sum === undefined ? adjoint : add(sum, adjoint));
  };
  const nodes = nodesFor([loss]);
  const leading = dependents(nodes, wrt, graph.detached);
  for (const node of nodes.reverse()) {
    if (!node.outputs.some((output) => leading.has(output))) continue;
    const known = node.outputs.length === 1 ? graph.derivatives.get(node.outputs[0]) : undefined;
    if (known !== undefined) {
      const adjoint = adjoints.get(node.outputs[0]);
      if (adjoint === undefined) continue;
      known.inputs.forEach((input, index) => {
        if (leading.has(input)) contribute(input, known.adjoint(adjoint, index));
      });
      continue;
    }
    const upstream = node.outputs.map((output) => adjoints.get(output));
    if (upstream.every((adjoint) => adjoint === undefined)) continue;
    const rule = rules[node.op];
    if (rule === undefined) throw new DifferentiationError(`The operator ${node.op} has no derivative rule.`);
    node.inputs.forEach((input, index) => {
      if (leading.has(input)) contribute(input, rule(node, upstream, index));
    });
  }
  return wrt.map((tensor) => expand(adjoints.get(tensor) ?? graph.scalar(0), tensor.shape));
}

/** The tensors through which some of `wrt` acts. */
function dependents(nodes: readonly GraphNode[], wrt: readonly Tensor[], detached: ReadonlySet<Tensor>): Set<Tensor> {
  const leading = new Set(wrt);
  for (const node of nodes) {
    if (!node.inputs.some((input) => leading.has(input))) continue;
    for (const output of node.outputs) if (output.type === 'float32' && !detached.has(output)) leading.add(output);
  }
  return leading;
}
