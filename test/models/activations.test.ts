/** Activations and their derivatives, as formulas and as graphs, against plain functions, differences and mathjs. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { derivative, parse } from 'mathjs';
import { activationNames, activationOf } from '../../models/activations.js';
import { evaluate } from '../../models/expression.js';
import { prepareActivation } from '../../models/prepare.js';
import { UsageError } from '../../src/core/errors.js';
import { activate } from '../../src/engine/graph/activation.js';
import { gradients } from '../../src/engine/graph/autodiff.js';
import { Graph } from '../../src/engine/graph/graph.js';
import { compiled } from '../../src/engine/graph/onnx.js';
import { reduce, reshape } from '../../src/engine/graph/ops.js';
import { run } from '../engine/graph/cases.js';
import { normalDistribution } from '../engine/graph/reference.js';

const named: Record<string, (x: number) => number> = {
  logistic: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  relu: (x) => Math.max(0, x),
  'leaky-relu(0.2)': (x) => Math.max(0.2 * x, x),
  identity: (x) => x,
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  'elu(0.5)': (x) => (x > 0 ? x : 0.5 * Math.expm1(x)),
  softsign: (x) => x / (1 + Math.abs(x)),
  gelu: (x) => x * normalDistribution(x),
  swish: (x) => x / (1 + Math.exp(-x)),
};

/** Smooth expressions, whose value and derivative mathjs gives. */
const smooth = [
  'x * tanh(log(1 + exp(x)))',
  'log(exp(x) + 1)',
  '3 / (1 + exp(-x))',
  'sin(x) + cos(2x)',
  'x^3 - 2 x^2 + x/4 - 1.5e-1',
  '(x^2 + 1)^0.5',
  '2^x',
  '(x^2 + 1)^x',
  'x^-2',
  '-x^2',
  '+x',
  'pow(x, 3) * e / pi',
  'log(x^2 + 1, 2)',
  'sqrt(x^2 + 1)',
  'sinh(x) + cosh(x) / 3 + sech(x) + tan(x / 8)',
  'exp(-x^2)',
];

/** Smooth expressions that mathjs evaluates but does not differentiate. */
const underived = ['log1p(exp(x))', 'log2(x^2 + 2) - log10(x^2 + 3)', 'square(x) + cube(x) / 10', 'expm1(x)', 'erf(x)'];

/** Expressions with kinks, whose derivative is written here. */
const kinked: Record<string, [(x: number) => number, (x: number) => number]> = {
  'max(x, 0.1x)': [(x) => Math.max(x, 0.1 * x), (x) => (x > 0 ? 1 : 0.1)],
  'min(max(x, -1), 1)': [(x) => Math.min(Math.max(x, -1), 1), (x) => (Math.abs(x) < 1 ? 1 : 0)],
  'max(x, -x, 2)': [(x) => Math.max(x, -x, 2), (x) => (Math.abs(x) > 2 ? Math.sign(x) : 0)],
  'abs(x) + sign(x) * x^2': [(x) => Math.abs(x) + Math.sign(x) * x * x, (x) => Math.sign(x) * (1 + 2 * x)],
  'x > 0 ? x : exp(x) - 1': [(x) => (x > 0 ? x : Math.expm1(x)), (x) => (x > 0 ? 1 : Math.exp(x))],
  '(x < 1) ? x : 2 - x': [(x) => (x < 1 ? x : 2 - x), (x) => (x < 1 ? 1 : -1)],
  'x <= 1 ? x : 2x': [(x) => (x <= 1 ? x : 2 * x), (x) => (x <= 1 ? 1 : 2)],
  'x >= 1 ? x : 2x': [(x) => (x >= 1 ? x : 2 * x), (x) => (x >= 1 ? 1 : 2)],
};

/** Away from 0 and from the kinks. */
const points = Float32Array.from([-6.3, -2.7, -1.4, -0.9, -0.45, -0.1, 0.2, 0.6, 0.8, 1.3, 1.9, 2.8, 5.7]);

interface Expected {
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
}

const difference = (f: (x: number) => number) => (x: number) => (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;

function mathjsValue(name: string): (x: number) => number {
  const node = parse(name);
  return (x) => node.evaluate({ x });
}

const cases: [string, Expected][] = [
  ...Object.entries(named).map(([name, value]): [string, Expected] => [name, { value, slope: difference(value) }]),
  ...smooth.map((name): [string, Expected] => {
    const slope = derivative(name, 'x');
    return [name, { value: mathjsValue(name), slope: (x) => slope.evaluate({ x }) }];
  }),
  ...underived.map((name): [string, Expected] => [name, { value: mathjsValue(name), slope: difference(mathjsValue(name)) }]),
  ...Object.entries(kinked).map(([name, [value, slope]]): [string, Expected] => [name, { value, slope }]),
];

const error = (got: number, wanted: number) => Math.abs(got - wanted) / Math.max(1, Math.abs(wanted));

describe.each(cases)('%s', (name, { value, slope }) => {
  beforeAll(() => prepareActivation(name));

  test('the formulas of value and derivative are right in float64', () => {
    const activation = activationOf(name);
    for (const x of points) {
      const y = evaluate(activation.value, { x });
      expect(error(y, value(x))).toBeLessThan(1e-9);
      expect(error(evaluate(activation.derivative, { x, y }), slope(x))).toBeLessThan(1e-8);
    }
  });

  test('the graph computes both', async () => {
    const graph = new Graph();
    const x = graph.input('x', 'float32', [points.length]);
    const y = activate(name, x);
    const [dx] = gradients(reshape(reduce('ReduceSum', y, [0]), []), [x]);
    const results = await run(compiled(graph, { y, dx }), { x: points });
    points.forEach((at, i) => {
      expect(error(results.y[i], value(at))).toBeLessThan(3e-6);
      expect(error(results.dx[i], slope(at))).toBeLessThan(3e-6);
    });
  });
});

test('kinks have the derivatives that the lecture gives: 0 for relu, 1 for leaky relu', () => {
  expect(evaluate(activationOf('relu').derivative, { x: 0, y: 0 })).toBe(0);
  expect(evaluate(activationOf('leaky-relu(0.1)').derivative, { x: 0, y: 0 })).toBe(1);
});

test('softplus and logistic forms neither overflow nor lose their derivative', async () => {
  const names = ['x * tanh(log(1 + exp(x)))', '1 / (1 + exp(-x))', 'elu', 'swish', 'gelu'];
  for (const name of names) {
    await prepareActivation(name);
    const graph = new Graph();
    const x = graph.input('x', 'float32', [4]);
    const y = activate(name, x);
    const [dx] = gradients(reshape(reduce('ReduceSum', y, [0]), []), [x]);
    const results = await run(compiled(graph, { y, dx }), { x: Float32Array.of(-1000, -100, 100, 1000) });
    expect([...results.y, ...results.dx].every(Number.isFinite)).toBe(true);
    expect(results.dx[3]).toBeCloseTo(name.startsWith('1') ? 0 : 1, 6);
  }
});

test('names are listed with their parameters, and each is known', () => {
  expect(activationNames).toEqual(['logistic', 'tanh', 'relu', 'leaky-relu(0.01)', 'identity', 'elu(1)', 'softsign', 'gelu', 'swish']);
  for (const name of activationNames) expect(activationOf(name).name).toBe(name);
  expect(activationOf('leaky-relu').name).toBe('leaky-relu(0.01)');
});

test.each([
  ['x + gamma(x)', /"gamma" is not known at character 5\..*Allowed are/],
  ['y * x', /"y" is not known at character 1/],
  ['x +', /Unexpected end of expression \(char 4\)/],
  ['x = 3', /"x = 3" is an assignment, which has no meaning here/],
  ['x; 2', /is several expressions, which has no meaning here/],
  ['"text"', /is no number/],
  ['[x, 1]', /is a list, which has no meaning here/],
  ['import("fs")', /is not known|is no number/],
  ['x.constructor', /has no meaning here|is not known/],
  ['f(x) = x', /has no meaning here/],
  ['x > 0', /"?>"? is not known/],
  ['x ? 1 : 2 x', /"x" is no comparison/],
  ['x!', /"!" is not known/],
  ['tanh(x, 2)', /tanh takes one argument, got 2/],
  ['2 * pi', /does not depend on x/],
  ['', /is no expression|ConstantNode|no number/],
])('the expression %j is refused in words', async (text, message) => {
  const refusal = prepareActivation(text);
  await expect(refusal).rejects.toThrow(UsageError);
  await expect(refusal).rejects.toThrow(message);
});

test('a parameter that is no number is refused', () => {
  expect(() => activationOf('leaky-relu(a)')).toThrow(/takes a finite number, such as leaky-relu\(0.01\); got "a"/);
});
