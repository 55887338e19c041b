/** The activations that have a name, and what every activation is: a formula of x and its derivative. */
import { nearest, UsageError } from '../src/core/errors.js';
import { call, choose, constant, type Expression, minus, over, plus, times, x, y } from './expression.js';
import type { ActivationName } from './network.js';

export interface Activation {
  /** Canonical: parsing it again gives this activation. */
  readonly name: ActivationName;
  readonly value: Expression;
  /** d value / d x, in x and y = value. */
  readonly derivative: Expression;
  /** The ONNX operator that computes it in one step, where there is one. */
  readonly operator?: { readonly op: 'LeakyRelu'; readonly alpha: number };
  /** True where it is known to be non-decreasing. */
  readonly nonDecreasing?: true;
}

interface Entry {
  /** The default of the one parameter, for those that have one. */
  readonly parameter?: number;
  readonly make: (a: number) => Omit<Activation, 'name'>;
}

const one = constant(1);
const half = constant(0.5);
const sigmoid = call('sigmoid', x);
const positive = call('relu', x);
/** 1 + |x|. */
const softened = plus(one, call('abs', x));
/** The standard normal distribution function. */
const normal = times(half, plus(one, call('erf', times(constant(Math.SQRT1_2), x))));
const normalDensity = times(constant(1 / Math.sqrt(2 * Math.PI)), call('exp', times(constant(-0.5), x, x)));

const entries: Readonly<Record<string, Entry>> = {
  logistic: { make: () => ({ value: sigmoid, derivative: times(y, minus(one, y)), nonDecreasing: true }) },
  tanh: { make: () => ({ value: call('tanh', x), derivative: minus(one, times(y, y)), nonDecreasing: true }) },
  /** max(0, x); derivative 1 above 0, else 0. */
  relu: { make: () => ({ value: call('relu', x), derivative: call('step', y), nonDecreasing: true }) },
  /** max(a x, x); derivative 1 at or above 0, else a. */
  'leaky-relu': {
    parameter: 0.01,
    make: (a) => ({
      value: choose(x, x, times(constant(a), x)),
      derivative: minus(one, times(constant(1 - a), call('step', call('negate', x)))),
      operator: { op: 'LeakyRelu', alpha: a },
    }),
  },
  identity: { make: () => ({ value: x, derivative: one, nonDecreasing: true }) },
  /** x above 0, else a (exp(x) - 1) (Clevert et al. 2016, https://arxiv.org/abs/1511.07289). */
  elu: {
    parameter: 1,
    make: (a) => ({
      value: plus(positive, times(constant(a), minus(call('exp', minus(x, positive)), one))),
      derivative: choose(x, one, plus(y, constant(a))),
    }),
  },
  softsign: { make: () => ({ value: over(x, softened), derivative: over(one, times(softened, softened)), nonDecreasing: true }) },
  /** x Phi(x), the exact form through erf (Hendrycks and Gimpel 2016, https://arxiv.org/abs/1606.08415). */
  gelu: { make: () => ({ value: times(x, normal), derivative: plus(normal, times(x, normalDensity)) }) },
  /** x / (1 + exp(-x)) (Ramachandran et al. 2017, https://arxiv.org/abs/1710.05941). */
  swish: { make: () => ({ value: times(x, sigmoid), derivative: plus(y, times(sigmoid, minus(one, y))) }) },
};

/** Names for listings; those with a parameter show its default. */
export const activationNames: readonly string[] = Object.entries(entries).map(([name, { parameter }]) =>
  parameter === undefined ? name : `${name}(${parameter})`,
);

const expressions = new Map<ActivationName, Activation>();

/** Called by the parser of expressions: makes an expression known to `activationOf`. */
export function registerExpression(name: ActivationName, activation: Activation): void {
  expressions.set(name, activation);
}

/** True for a registered name, with or without its parameter, and for an expression that is registered. */
export function isKnownActivation(name: ActivationName): boolean {
  return named(name) !== undefined || expressions.has(name);
}

/** True for a lone word that is no activation: it can be no expression of x either. */
export function isMisspelt(name: ActivationName): boolean {
  return /^[a-z][a-z0-9-]*$/i.test(name) && name !== 'x' && !isKnownActivation(name);
}

/** The activation of that name, or of an expression that `prepareNetwork` has seen. Throws UsageError for any other. */
export function activationOf(name: ActivationName): Activation {
  const known = named(name) ?? expressions.get(name);
  if (known === undefined) throw unknownActivation(name);
  return known;
}

/** `where` begins the message: the field, for example. */
export function unknownActivation(name: ActivationName, where = ''): UsageError {
  const near = nearest(
    name,
    activationNames.map((known) => known.replace(/\(.*/, '')),
  );
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  return new UsageError(`${where}Unknown activation "${name}".${hint} Give one of ${activationNames.join(', ')}, or an expression of x.`);
}

function named(name: ActivationName): Activation | undefined {
  const match = /^\s*([a-z-]+)\s*(?:\(\s*([^()]*?)\s*\))?\s*$/.exec(name);
  const entry = match === null ? undefined : Object.hasOwn(entries, match[1]) ? entries[match[1]] : undefined;
  if (match === null || entry === undefined) return undefined;
  const [, base, argument] = match;
  if (entry.parameter === undefined) return argument === undefined ? { name: base, ...entry.make(0) } : undefined;
  const a = argument === undefined ? entry.parameter : argument === '' ? Number.NaN : Number(argument);
  if (!Number.isFinite(a))
    throw new UsageError(`Activation ${base}(a) takes a finite number, such as ${base}(${entry.parameter}); got "${argument}".`);
  return { name: `${base}(${a})`, ...entry.make(a) };
}
