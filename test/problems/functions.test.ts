import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UsageError } from '../../src/core/errors.js';
import { ellipsoid } from '../../src/problems/families/ellipsoid.js';
import { rastrigin } from '../../src/problems/families/rastrigin.js';
import { rosenbrock } from '../../src/problems/families/rosenbrock.js';
import { sphere } from '../../src/problems/families/sphere.js';
import { shiftedOptimum, type TestFunction } from '../../src/problems/function-problem.js';
import { findProblem } from '../../src/problems/registry.js';

const functions: TestFunction[] = [sphere, rosenbrock, rastrigin, ellipsoid];
const openOptions = { seed: 1, provider: 'cpu', threads: 1 } as const;

async function lossAt(id: string, point: ArrayLike<number>, seed = 1): Promise<number> {
  const objective = await (await findProblem(id)).open({ ...openOptions, seed });
  const out = new Float64Array(1);
  await objective.losses({ kind: 'dense', size: 1, dimension: point.length, values: Float64Array.from(point) }, 0, out);
  return out[0];
}

describe('function values, derived by hand', () => {
  test('sphere: 1 + 4 + 9', () => {
    expect(sphere.value(Float64Array.of(1, 2, 3))).toBe(14);
  });

  test('ellipsoid in 3-D weighs the axes by 1, 10^3 and 10^6', () => {
    expect(ellipsoid.value(Float64Array.of(1, 2, 3))).toBeCloseTo(1 + 4000 + 9e6, 6);
  });

  test('ellipsoid in 1-D is the sphere', () => {
    expect(ellipsoid.value(Float64Array.of(3))).toBe(9);
  });

  test('Rosenbrock at (1, 2, 3): 100 (2-1)^2 + 0 + 100 (3-4)^2 + (1-2)^2', () => {
    expect(rosenbrock.value(Float64Array.of(1, 2, 3))).toBe(201);
    expect(rosenbrock.value(Float64Array.of(-1, 1))).toBe(4);
  });

  test('Rastrigin at whole numbers is the sphere; half-way between them each coordinate adds 20', () => {
    expect(rastrigin.value(Float64Array.of(1, -2))).toBeCloseTo(5, 12);
    expect(rastrigin.value(Float64Array.of(0.5, 0.5))).toBeCloseTo(2 * (0.25 + 20), 12);
  });

  test.each(functions)('$name is 0 at its textbook optimum and its gradient vanishes there', (f) => {
    const z = new Float64Array(4).fill(f.place);
    const gradient = new Float64Array(4).fill(NaN);
    f.gradient(z, gradient);
    expect(f.value(z)).toBe(0);
    for (const g of gradient) expect(Math.abs(g)).toBe(0);
  });

  test.each(functions)('$name: the gradient agrees with central differences', (f) => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: f.leastDimension, maxLength: 6 }), (values) => {
        const z = Float64Array.from(values);
        const gradient = new Float64Array(z.length);
        f.gradient(z, gradient);
        const h = 1e-5;
        for (let i = 0; i < z.length; i++) {
          const at = z[i];
          z[i] = at + h;
          const above = f.value(z);
          z[i] = at - h;
          const below = f.value(z);
          z[i] = at;
          // rounding of the two values, divided by 2 h, plus the truncation term f''' h^2 / 6
          const tolerance = (2 * Number.EPSILON * Math.max(above, below) * 10) / h + 3e4 * h * h;
          expect(Math.abs((above - below) / (2 * h) - gradient[i])).toBeLessThanOrEqual(tolerance);
        }
      }),
    );
  });
});

describe('function problems', () => {
  test.each(functions)('$name:d7 has its least value 0 exactly at the place drawn from the seed', async (f) => {
    const optimum = shiftedOptimum(f, 7, 5);
    expect(await lossAt(`${f.name}:d7`, optimum, 5)).toBeCloseTo(0, 20);
    expect(await lossAt(`${f.name}:d7`, optimum, 6)).toBeGreaterThan(1e-3);
    const reach = 0.4 * (f.high - f.low);
    for (const x of optimum) expect(Math.abs(x)).toBeLessThanOrEqual(reach);
  });

  test('an optimum does not lie at the centre, unless the id says so', async () => {
    expect(await lossAt('rastrigin:d10', new Float64Array(10))).toBeGreaterThan(1);
    expect(await lossAt('rastrigin:d10:centred', new Float64Array(10))).toBe(0);
    expect(await lossAt('rosenbrock:d10:centred', new Float64Array(10).fill(1))).toBe(0);
  });

  test('a population is evaluated row by row, as its candidates are alone', async () => {
    const objective = await (await findProblem('rastrigin:d3')).open(openOptions);
    const values = Float64Array.from({ length: 12 }, (_, i) => Math.sin(i) * 5);
    const out = new Float64Array(4);
    await objective.losses({ kind: 'dense', size: 4, dimension: 3, values }, 9, out);
    for (let p = 0; p < 4; p++) expect(out[p]).toBe(await lossAt('rastrigin:d3', values.subarray(p * 3, p * 3 + 3)));
  });

  test('the objective offers its gradient, in the same place', async () => {
    const objective = await (await findProblem('sphere:d3')).open(openOptions);
    const optimum = shiftedOptimum(sphere, 3, 1);
    const point = optimum.map((x, i) => x + i); // so z = (0, 1, 2)
    const gradient = new Float64Array(3);
    expect(await objective.gradient?.(point, 0, gradient)).toBeCloseTo(5, 12);
    expect(gradient[0]).toBeCloseTo(0, 12);
    expect(gradient[1]).toBeCloseTo(2, 12);
    expect(gradient[2]).toBeCloseTo(4, 12);
  });

  test('the box of Rastrigin is [-5.12, 5.12]', async () => {
    const { space, passesPerEvaluation, deterministic } = await (await findProblem('rastrigin:d2')).open(openOptions);
    expect([...(space.bounds?.lower ?? [])]).toEqual([-5.12, -5.12]);
    expect([...(space.bounds?.upper ?? [])]).toEqual([5.12, 5.12]);
    expect({ precision: space.precision, passesPerEvaluation, deterministic }).toEqual({
      precision: 'float64',
      passesPerEvaluation: 1,
      deterministic: true,
    });
  });

  test.each([
    'rastrigin:10',
    'rastrigin:d0',
    'rastrigin:dten',
    'rastrigin(d10)',
    'rastrigin:d10:shifted',
    'rosenbrock:d1',
    'sphere:d2000000',
  ])('%s is malformed: the error gives the syntax and an example', async (id) => {
    await expect(findProblem(id)).rejects.toThrow(UsageError);
    await expect(findProblem(id)).rejects.toThrow(/The syntax is \w+:dD.*for example \w+:d10/);
  });
});
