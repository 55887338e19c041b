import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { derivative, parse } from 'mathjs/number';
import { UsageError } from '../../src/core/errors.js';
import type { Objective } from '../../src/core/objective.js';
import { parseBounds } from '../../src/problems/expression/bounds.js';
import { compileFormula } from '../../src/problems/expression/compile.js';
import { constants, functionNames, operations } from '../../src/problems/expression/operations.js';
import { parseFormula } from '../../src/problems/expression/parse.js';
import { expressionId, expressionProblem } from '../../src/problems/expression/problem.js';
import { expandProblemIds, findProblem } from '../../src/problems/registry.js';

const names = ['x', 'y', 'z'];
const compiled = async (text: string) => compileFormula(await parseFormula(text, names), names.length);
const open = async (id: string): Promise<Objective> => (await findProblem(id)).open({ seed: 1, provider: 'cpu', threads: 1 });

/**
 * Random expressions of x, y and z: numbers, names, operators and functions, as text. Without floor and ceil, which mathjs
 * rounds to a whole number that is nearly reached.
 */
const expressions = fc.letrec<{ term: string }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom('x', 'y', 'z', 'x', 'y', 'z', '2', '0.5', '3', '1e-1', 'pi', 'e'),
    fc.tuple(fc.constantFrom('+', '-', '*', '/', '^'), tie('term'), tie('term')).map(([operator, a, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(tie('term'), fc.constantFrom('^2', '^3', '^4', '^-1', '^0.5')).map(([a, power]) => `(${a})${power}`),
    fc
      .tuple(
        fc.constantFrom(...functionNames.filter((name) => operations[name].arity === 1 && name !== 'floor' && name !== 'ceil')),
        tie('term'),
      )
      .map(([name, a]) => `${name}(${a})`),
    fc.tuple(fc.constantFrom('max', 'min', 'hypot', 'atan2', 'pow'), tie('term'), tie('term')).map(([name, a, b]) => `${name}(${a}, ${b})`),
    // mathjs takes a base that is 0 or not a number for no base at all: bases are constants here
    tie('term').map((a) => `log(${a}, 2.5)`),
    tie('term').map((a) => `-${a}`),
  ),
})).term;
/** Places within [-3, 3] on a grid that is another one for each coordinate and avoids whole numbers. */
const points = fc
  .tuple(...names.map(() => fc.integer({ min: -110, max: 110 })))
  .map((steps) => steps.map((step, k) => step / 37 + 0.003 + 0.001 * k));

describe('compiled expressions', () => {
  test('equal what mathjs computes', async () => {
    await fc.assert(
      fc.asyncProperty(expressions, points, async (text, point) => {
        const ours = (await compiled(text)).value(Float64Array.from(point), 0);
        const theirs = parse(text).evaluate({ x: point[0], y: point[1], z: point[2] }) as unknown;
        // where mathjs leaves the real numbers there is no value to agree on
        fc.pre(typeof theirs === 'number' && Number.isFinite(theirs) && Math.abs(theirs) < 1e12);
        // squares are products here and powers there: a few last bits, magnified by later steps; such points are told apart
        const nudged = parse(text).evaluate({ x: point[0] * (1 + 1e-15), y: point[1] * (1 + 1e-15), z: point[2] * (1 + 1e-15) }) as number;
        const sensitivity = Math.abs(nudged - (theirs as number));
        fc.pre(sensitivity < 1e-9 * (1 + Math.abs(theirs as number)));
        expect(Math.abs(ours - (theirs as number))).toBeLessThanOrEqual(1e-11 * (1 + Math.abs(theirs as number)) + 1e3 * sensitivity);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  test('each function agrees with mathjs at points of its domain', async () => {
    for (const name of functionNames) {
      for (const x of [-2.5, -0.7, -0.2, 0.3, 0.9, 1.5, 4.25]) {
        const text = operations[name].arity === 1 ? `${name}(x)` : `${name}(x, 1.5)`;
        const theirs = parse(text).evaluate({ x }) as number;
        const ours = (await compiled(text)).value(Float64Array.of(x, 0, 0), 0);
        if (typeof theirs !== 'number' || Number.isNaN(theirs)) continue;
        expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(theirs)));
      }
    }
  });

  test('the gradient is the derivative that mathjs derives, where it can', async () => {
    const texts = [
      '100*(y-x^2)^2+(1-x)^2',
      'sin(x*y)*exp(-z^2)/(1+x^2)',
      'x^y + z*log(x+4)',
      'sqrt(x^2+y^2+1)*tanh(z)',
      'atan(x/(z+5))-cosh(y)*x^4',
    ];
    for (const text of texts) {
      const { gradient } = await compiled(text);
      const symbolic = names.map((name) => derivative(text, name));
      for (const point of [
        [0.5, 1.25, -0.75],
        [2.5, -1, 0.125],
        [1.1, 0.3, 2.2],
      ]) {
        const out = new Float64Array(3);
        gradient(Float64Array.from(point), out);
        symbolic.forEach((node, k) => {
          const expected = node.evaluate({ x: point[0], y: point[1], z: point[2] }) as number;
          expect(Math.abs(out[k] - expected)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(expected)));
        });
      }
    }
  });

  test('the gradient agrees with central differences', async () => {
    await fc.assert(
      fc.asyncProperty(expressions, points, async (text, point) => {
        const { value, gradient } = await compiled(text);
        const x = Float64Array.from(point);
        const out = new Float64Array(3);
        const at = gradient(x, out);
        expect(at).toEqual(value(x, 0));
        fc.pre(Number.isFinite(at) && out.every((g) => Math.abs(g) < 1e4));
        const moved = (k: number, h: number) =>
          value(
            x.map((v, i) => (i === k ? v + h : v)),
            0,
          );
        for (let k = 0; k < 3; k++) {
          // slopes to both sides and of two sizes: where they disagree there is a kink, a pole, or too much curvature
          const slopes = [1e-4, -1e-4, 5e-5, -5e-5].map((h) => (moved(k, h) - at) / h);
          fc.pre(Math.max(...slopes) - Math.min(...slopes) <= 1e-2 * (1 + Math.abs(slopes[0])));
          const central = (slopes[2] + slopes[3]) / 2;
          expect(Math.abs(out[k] - central)).toBeLessThanOrEqual(2e-3 * (1 + Math.abs(central)));
        }
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  test.each([
    ['abs(x)', [-2, 0, 0], [-1, 0, 0]],
    ['max(x, y, z)', [1, 3, 2], [0, 1, 0]],
    ['min(x, y, z)', [1, 3, 2], [1, 0, 0]],
    ['max(x, y)', [2, 2, 0], [1, 0, 0]],
    ['max(x, x)', [2, 0, 0], [1, 0, 0]],
    ['abs(x)', [0, 0, 0], [0, 0, 0]],
    ['hypot(x, y)', [3, 4, 0], [0.6, 0.8, 0]],
    ['hypot(x, y)', [0, 0, 0], [0, 0, 0]],
    ['sign(x)*floor(y)+ceil(z)', [0.5, 1.5, 2.5], [0, 0, 0]],
    ['x^0', [0, 0, 0], [0, 0, 0]],
    ['x^1 + x^2', [0, 0, 0], [1, 0, 0]],
    ['0^y', [0, 2, 0], [0, 0, 0]],
    ['x*x*x', [2, 0, 0], [12, 0, 0]],
  ])('the gradient of %s at %j is %j', async (text, point, expected) => {
    const out = new Float64Array(3).fill(Number.NaN);
    (await compiled(text)).gradient(Float64Array.from(point), out);
    expected.forEach((g, k) => {
      expect(out[k]).toBeCloseTo(g, 14);
    });
  });

  test('a name in the bounds wins over the constant of that name', async () => {
    const formula = await parseFormula('e + pi', ['e']);
    expect(compileFormula(formula, 1).value(Float64Array.of(2), 0)).toBe(2 + Math.PI);
    expect([...constants.keys()]).toContain('e');
  });

  test('a common part is computed once', async () => {
    const { steps } = await parseFormula('sin(x*y) + sin(x*y)^2', names);
    expect(steps.filter((step) => step.kind === 'operation' && step.name === 'sin')).toHaveLength(1);
  });
});

describe('what is refused', () => {
  test.each([
    ['x.constructor', 'is not allowed (accessor)'],
    ['x["constructor"]', 'is not allowed (accessor)'],
    ['constructor(x)', 'the function "constructor" is not allowed'],
    ['constructor', '"constructor" is unknown'],
    ['__proto__', '"__proto__" is unknown'],
    ['toString(x)', 'the function "toString" is not allowed'],
    ['hasOwnProperty', '"hasOwnProperty" is unknown'],
    ['process', '"process" is unknown'],
    ['globalThis + x', '"globalThis" is unknown'],
    ['import(x)', 'the function "import" is not allowed'],
    ['evaluate(x)', 'the function "evaluate" is not allowed'],
    ['x = 3', 'is not allowed (assignment)'],
    ['f(x) = x', 'is not allowed (functionassignment)'],
    ['x; y', 'is not allowed (block)'],
    ['[x, y]', 'is not allowed (array)'],
    ['{a: x}', 'is not allowed (object)'],
    ['1:3', 'is not allowed (range)'],
    ['x > 0 ? 1 : 2', 'is not allowed (conditional)'],
    ['x > 0', 'the operator > is not allowed'],
    ['"x"', 'is no number'],
    ['true + x', 'is no number'],
    ['x!', 'the operator ! is not allowed'],
    ["x'", "the operator ' is not allowed"],
    ['2 cm', '"cm" is unknown'],
    ['sni(x)', 'did you mean sin'],
    ['sin', 'the function sin needs its argument in parentheses'],
    ['sin(x, y)', 'sin takes 1 argument, not 2'],
    ['max()', 'max takes one or more arguments, not 0'],
    ['x(3)', 'x is a variable; to multiply write x * (...)'],
    ['x +', 'Unexpected end of expression'],
    ['(x', 'Parenthesis ) expected'],
    ['', 'The expression is empty'],
    ['x'.repeat(10_001), 'at most 10000 are allowed'],
    [`${'('.repeat(4000)}x${')'.repeat(4000)}`, 'nested too deeply'],
  ])('%s', async (text, reason) => {
    await expect(parseFormula(text, names)).rejects.toThrow(UsageError);
    await expect(parseFormula(text, names)).rejects.toThrow(reason);
  });

  test('the error names what is allowed', async () => {
    await expect(parseFormula('w + 1', names)).rejects.toThrow('the variables x, y, z, the constants pi, tau, e, phi');
  });
});

describe('expression problems', () => {
  const id = 'expression(100*(y-x^2)^2+(1-x)^2; x:-5..5, y:-5..5)';

  test('an id stands in a list, and parsing it again gives the same problem', async () => {
    expect(await expandProblemIds(`sphere:d2,${id}`)).toEqual(['sphere:d2', id]);
    const problem = await findProblem(id);
    expect(problem).toMatchObject({ id, dimension: 2, kind: 'function', title: '100*(y-x^2)^2+(1-x)^2' });
    expect(expressionId({ expression: ' 100*(y-x^2)^2+(1-x)^2 ', bounds: 'x:-5..5.0,y: -5 .. 5' })).toBe(id);
  });

  test('a population is evaluated row by row, and the gradient is offered', async () => {
    const objective = await open(id);
    const out = new Float64Array(3);
    await objective.losses({ kind: 'dense', size: 3, dimension: 2, values: Float64Array.of(1, 1, -1, 1, 0, 0) }, 0, out);
    expect([...out]).toEqual([0, 4, 1]);
    const gradient = new Float64Array(2);
    expect(await objective.gradient?.(Float64Array.of(-1.2, 1), 0, gradient)).toBeCloseTo(24.2, 12);
    expect(gradient[0]).toBeCloseTo(-215.6, 11);
    expect(gradient[1]).toBeCloseTo(-88, 11);
  });

  test('bounds and first points follow the ranges', async () => {
    const { space } = await open('expression(a + b + c^2 + d; a:-1..3, b:0..inf, c:-inf..inf, d:-inf..2.5)');
    expect([...(space.bounds?.lower ?? [])]).toEqual([-1, 0, -Infinity, -Infinity]);
    expect([...(space.bounds?.upper ?? [])]).toEqual([3, Infinity, Infinity, 2.5]);
    expect(space.start).toEqual([
      { offset: 0, length: 1, kind: 'uniform', low: -1, high: 3 },
      { offset: 1, length: 1, kind: 'uniform', low: 0, high: 1 },
      { offset: 2, length: 1, kind: 'normal', mean: 0, deviation: 1 },
      { offset: 3, length: 1, kind: 'uniform', low: 1.5, high: 2.5 },
    ]);
    expect((await open('expression(x^2; x:-inf..inf)')).space.bounds).toBeUndefined();
  });

  test.each([
    ['x', 'is no range'],
    ['x:5', 'is no range'],
    ['x:5..5', 'LOW below HIGH'],
    ['x:5..-5', 'LOW below HIGH'],
    ['x:a..b', 'LOW below HIGH'],
    ['x:0x1..5', 'LOW below HIGH'],
    ['x:0..1e999', 'LOW below HIGH'],
    ['x:0..1,x:0..2', 'x is given twice'],
    ['2x:0..1', 'is no range'],
    ['', 'no variable is named'],
  ])('bounds "%s" are refused: %s', (text, reason) => {
    expect(() => parseBounds(text)).toThrow(UsageError);
    expect(() => parseBounds(text)).toThrow(reason);
  });

  test('a variable that does not occur, quotes, unmatched parentheses and an id without bounds are refused', async () => {
    await expect(expressionProblem({ expression: 'x^2', bounds: 'x:0..1,y:0..1,z:0..1' })).rejects.toThrow(
      'does not depend on y, z. Leave them out',
    );
    expect(() => expressionId({ expression: 'x + ")"', bounds: 'x:0..1' })).toThrow(UsageError);
    expect(() => expressionId({ expression: 'x)(', bounds: 'x:0..1' })).toThrow('do not match');
    await expect(findProblem('expression(x^2)')).rejects.toThrow('The syntax is expression(FORMULA; NAME:LOW..HIGH');
    await expect(findProblem('expression')).rejects.toThrow(UsageError);
    await expect(findProblem('expression(x; y; x:0..1)')).rejects.toThrow('is not allowed (block)');
  });

  test('a title can be given', async () => {
    expect((await expressionProblem({ expression: 'x^2', bounds: 'x:0..1', title: 'Parabola' })).title).toBe('Parabola');
  });
});
