import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/core/errors.js';
import type { Objective } from '../../src/core/objective.js';
import { bbobInstance } from '../../src/problems/bbob/instance.js';
import { addNoise, noiseModels } from '../../src/problems/bbob/noise.js';
import { drawRotation, uniforms } from '../../src/problems/bbob/random.js';
import { suite } from '../../src/problems/bbob/suite.js';
import { type Draws, NoiseStream } from '../../src/problems/noise-stream.js';
import { expandProblemIds, findProblem } from '../../src/problems/registry.js';

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`../../../test/fixtures/${name}`, import.meta.url), 'utf8'));
const golden = fixture('bbob-golden.json') as { data: { f: number; i: number; d: number; fopt: number; xopt: number[]; y: number[] }[] };
type Rows = { rows: [f: number, i: number, d: number, fopt: number, first: number, second: number][] };
const coco = fixture('bbob-coco.json') as Rows;
const noisy = fixture('bbob-noisy.json') as Rows;

function valueAt(number: number, index: number, x: Float64Array): number {
  const instance = bbobInstance(number, index, x.length);
  return instance.value(x) + instance.penalty(x) + instance.offset;
}

/** The fixtures' points, by the formula in their code lines: the first inside [-5, 5]^D, the second partly outside. */
function point(k: 1 | 2, dimension: number): Float64Array {
  return Float64Array.from({ length: dimension }, (_, i) => (((7 * (i + 1) ** 2 + 3 * k) % 19) / 19) * 10 - 5).map((x) =>
    k === 1 ? x : 1.3 * x,
  );
}

function relative(value: number, expected: number): number {
  return Math.abs(value - expected) / Math.abs(expected);
}

const numbers = [...suite.keys()];
const noiselessNumbers = numbers.filter((number) => number <= 24);

describe("values equal COCO's", () => {
  test.each(noiselessNumbers)('f%i at three points in 2-D and 5-D, with f_opt and x_opt', (number) => {
    const rows = golden.data.filter((row) => row.f === number);
    expect(rows.map((row) => row.d)).toEqual([2, 5]);
    for (const { i, d, fopt, xopt, y } of rows) {
      const points = [
        new Float64Array(d),
        Float64Array.from({ length: d }, (_, k) => ((-1) ** k * (k + 1) * 4) / d),
        new Float64Array(d).fill(1.5),
      ];
      points.forEach((x, k) => {
        expect(relative(valueAt(number, i, x), y[k])).toBeLessThan(1e-9);
      });
      const instance = bbobInstance(number, i, d);
      expect(instance.offset).toBe(fopt);
      xopt.forEach((x, k) => {
        expect(Math.abs(instance.optimum[k] - x)).toBeLessThan(1e-9);
      });
    }
  });

  test.each(noiselessNumbers)('f%i, instances 1, 2, 3, 7 and 101, in 2-D to 40-D, inside and outside the bounds', (number) => {
    const rows = coco.rows.filter(([f]) => f === number);
    expect(rows).toHaveLength(30);
    for (const [, i, d, fopt, first, second] of rows) {
      expect(bbobInstance(number, i, d).offset).toBeCloseTo(fopt, 10);
      expect(relative(valueAt(number, i, point(1, d)), first)).toBeLessThan(1e-10);
      expect(relative(valueAt(number, i, point(2, d)), second)).toBeLessThan(1e-10);
    }
  });

  test.each(numbers.filter((number) => number > 100))('f%i without its noise', (number) => {
    const rows = noisy.rows.filter(([f]) => f === number);
    expect(rows).toHaveLength(9);
    for (const [, i, d, fopt, first, second] of rows) {
      expect(bbobInstance(number, i, d).offset).toBeCloseTo(fopt, 10);
      expect(relative(valueAt(number, i, point(1, d)), first)).toBeLessThan(1e-10);
      expect(relative(valueAt(number, i, point(2, d)), second)).toBeLessThan(1e-10);
    }
  });

  test('f_opt of f1, instances 1 to 3, as in the published data: 79.48, 394.48, -247.11', () => {
    expect([1, 2, 3].map((i) => bbobInstance(1, i, 5).offset)).toEqual([79.48, 394.48, -247.11]);
  });
});

describe('instances', () => {
  test('the generator starts as Park and Miller: after 10,000 steps from 1 the state is 1043618065', () => {
    // published check of the minimal standard generator; the shuffle only reorders outputs, so the state must have been drawn
    const drawn = new Set(uniforms(10_100, 1).map((u) => Math.round(u * 2147483647)));
    expect(drawn.has(1043618065)).toBe(true);
  });

  test('rotations are orthogonal', () => {
    const n = 40;
    const r = drawRotation(n, 10_012);
    for (let a = 0; a < n; a++) {
      for (let b = 0; b <= a; b++) {
        let product = 0;
        for (let k = 0; k < n; k++) product += r[a * n + k] * r[b * n + k];
        expect(Math.abs(product - (a === b ? 1 : 0))).toBeLessThan(1e-13);
      }
    }
  });

  test.each(numbers)('f%i is f_opt at x_opt and higher around it', (number) => {
    for (const index of [1, 4, 15, 115]) {
      for (const dimension of [2, 3, 10, 40]) {
        const { optimum, offset, value } = bbobInstance(number, index, dimension);
        // f20's published constants put its least value within 1e-12 of zero
        expect(Math.abs(value(optimum))).toBeLessThan(1e-9);
        for (const x of optimum) expect(Math.abs(x)).toBeLessThanOrEqual(5);
        expect(
          valueAt(
            number,
            index,
            optimum.map((x) => 0.99 * x + 0.01),
          ),
        ).toBeGreaterThan(offset);
      }
    }
  });

  test('a coordinate that is not a number gives a value that is not a number', () => {
    for (const number of noiselessNumbers) expect(valueAt(number, 1, Float64Array.of(1, Number.NaN, 2))).toBeNaN();
  });
});

describe('BBOB problems', () => {
  const open = async (id: string, seed = 1): Promise<Objective> => (await findProblem(id)).open({ seed, provider: 'cpu', threads: 1 });
  const evaluate = async (objective: Objective, values: Float64Array, step = 0) => {
    const { dimension } = objective.space;
    const out = new Float64Array(values.length / dimension);
    await objective.losses({ kind: 'dense', size: out.length, dimension, values }, step, out);
    return out;
  };

  test('points start in [-4, 4] within bounds [-5, 5], and the optimum is f_opt', async () => {
    const problem = await findProblem('bbob:f8:i1:d10');
    const { space, optimum, deterministic } = await open('bbob:f8:i1:d10');
    expect(space.start).toEqual([{ offset: 0, length: 10, kind: 'uniform', low: -4, high: 4 }]);
    expect([...new Set(space.bounds?.lower)]).toEqual([-5]);
    expect([...new Set(space.bounds?.upper)]).toEqual([5]);
    expect({ optimum, deterministic, precision: space.precision }).toEqual({ optimum: 149.15, deterministic: true, precision: 'float64' });
    expect(problem.optimum).toBe(149.15);
    expect(await problem.facts()).toMatchObject({ suite: 'bbob', function: 8, instance: 1, group: 'moderate' });
  });

  test('a population is evaluated row by row, whatever the seed', async () => {
    const values = Float64Array.from({ length: 21 * 3 }, (_, i) => 5 * Math.sin(i));
    for (const number of noiselessNumbers) {
      const losses = await evaluate(await open(`bbob:f${number}:i2:d3`, number), values);
      losses.forEach((loss, p) => {
        expect(loss).toBe(valueAt(number, 2, values.slice(3 * p, 3 * p + 3)));
      });
    }
  });

  test('instance and dimension default to 1 and 10; any order is understood; the id is canonical', async () => {
    expect((await findProblem('bbob:f8')).id).toBe('bbob:f8:i1:d10');
    expect((await findProblem('bbob:d5:f21:i007')).id).toBe('bbob:f21:i7:d5');
    expect((await findProblem('bbob:f8:i1:d10:noise=gauss-severe')).id).toBe('bbob:f8:i1:d10:noise=gauss');
    expect((await findProblem('bbob:f8:noise=cauchy-moderate')).id).toBe('bbob:f8:i1:d10:noise=cauchy-moderate');
  });

  test.each([
    ['bbob', 'f is missing'],
    ['bbob:f25', 'there is no f25'],
    ['bbob:f0', 'f is "0"'],
    ['bbob:f8:i0', 'i is "0"'],
    ['bbob:f8:d41', 'd is "41"'],
    ['bbob:f8:d1', 'd is "1"'],
    ['bbob:f8:i1.5', 'i is "1.5"'],
    ['bbob:f8:f9', 'f is given twice'],
    ['bbob:g8', '"g8" is none of f, i, d and noise'],
    ['bbob:f8:noise=pink', '"pink" is no noise'],
    ['bbob:f101:noise=gauss', 'f101 has noise of its own'],
  ])('%s is refused: %s', async (id, reason) => {
    await expect(findProblem(id)).rejects.toThrow(UsageError);
    await expect(findProblem(id)).rejects.toThrow(reason);
    await expect(findProblem(id)).rejects.toThrow('for example bbob:f8:i1:d10');
  });

  test('patterns: all functions, ranges of functions and instances, dimensions that COCO has', async () => {
    const all = await expandProblemIds('bbob:*:i1-5:d5');
    expect(all).toHaveLength(24 * 5);
    expect(all[0]).toBe('bbob:f1:i1:d5');
    expect(all.at(-1)).toBe('bbob:f24:i5:d5');
    expect(await expandProblemIds('bbob:f1-f5:i1:d10')).toEqual([1, 2, 3, 4, 5].map((f) => `bbob:f${f}:i1:d10`));
    expect(await expandProblemIds('bbob:f8:i1:d2-10')).toEqual([2, 3, 5, 10].map((d) => `bbob:f8:i1:d${d}`));
    expect(await expandProblemIds('bbob:f1-2:*:d5')).toHaveLength(30);
    expect(await expandProblemIds('bbob:f24-f102:i1:d2')).toEqual(['bbob:f24:i1:d2', 'bbob:f101:i1:d2', 'bbob:f102:i1:d2']);
    expect(await expandProblemIds('bbob:f1:i1-2:d2:noise=gauss')).toEqual(['bbob:f1:i1:d2:noise=gauss', 'bbob:f1:i2:d2:noise=gauss']);
    expect(await expandProblemIds('bbob:f8:i1:d10')).toEqual(['bbob:f8:i1:d10']);
    for (const id of all) expect((await findProblem(id)).id).toBe(id);
    await expect(expandProblemIds('bbob:f5-f1:i1:d10')).rejects.toThrow(UsageError);
    await expect(expandProblemIds('bbob:f30-f40:i1:d10')).rejects.toThrow('f30-f40 holds none of');
    await expect(expandProblemIds('bbob:f1:i1-5000:d10')).rejects.toThrow(UsageError);
  });

  test('the same seed, step and member give the same noise; another seed or step does not', async () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => 4 * Math.cos(i));
    for (const model of noiseModels) {
      const id = `bbob:f1:i1:d5:noise=${model}-moderate`;
      const whole = await evaluate(await open(id, 3), values, 7);
      const shorter = await evaluate(await open(id, 3), values.slice(0, 20), 7);
      expect([...whole.slice(0, 4)]).toEqual([...shorter]);
      const objective = await open(id, 3);
      await evaluate(objective, values, 0);
      expect([...(await evaluate(objective, values, 7))]).toEqual([...whole]);
      const differs = (other: Float64Array) => other.filter((loss, p) => loss !== whole[p]).length;
      if (model !== 'cauchy') expect(differs(await evaluate(await open(id, 4), values, 7))).toBe(10);
      if (model !== 'cauchy') expect(differs(await evaluate(await open(id, 3), values, 8))).toBe(10);
    }
  });

  test('a noisy objective is judged by its value without noise', async () => {
    const objective = await open('bbob:f101:i1:d5');
    expect(objective.deterministic).toBe(false);
    const x = point(2, 5);
    expect(await objective.metrics?.(x)).toEqual({ trainLoss: valueAt(101, 1, x) });
  });
});

describe('noise models (RR-6869)', () => {
  /** Gives out prepared numbers. */
  const given = (uniformNumbers: number[], normalNumbers: number[]): Draws => ({
    uniform: () => uniformNumbers.shift() ?? Number.NaN,
    normal: () => normalNumbers.shift() ?? Number.NaN,
  });
  const shift = 1.01e-8;

  test('gauss: f exp(beta N), beta 0.01 or 1', () => {
    expect(addNoise(3, { model: 'gauss', severity: 'severe' }, 5, given([], [2]))).toBeCloseTo(3 * Math.E ** 2 + shift, 12);
    expect(addNoise(3, { model: 'gauss', severity: 'moderate' }, 5, given([], [2]))).toBeCloseTo(3 * Math.E ** 0.02 + shift, 12);
  });

  test('uniform: f U^beta max(1, (1e9 / f)^(alpha U))', () => {
    // D = 100: alpha = 0.5; (1e9 / 10)^(0.5 * 0.5) = 100
    expect(addNoise(10, { model: 'uniform', severity: 'severe' }, 100, given([0.25, 0.5], []))).toBeCloseTo(10 * 0.25 * 100 + shift, 8);
    // alpha = 0.005: 1e8^0.0025 = 10^0.02
    expect(addNoise(10, { model: 'uniform', severity: 'moderate' }, 100, given([0.25, 0.5], []))).toBeCloseTo(
      10 * 0.25 ** 0.01 * 10 ** 0.02 + shift,
      10,
    );
    // a value above 1e9 is never raised
    expect(addNoise(4e9, { model: 'uniform', severity: 'severe' }, 100, given([0.5, 0.5], []))).toBeCloseTo(2e9, 0);
  });

  test('cauchy: f + alpha max(0, 1000 + [U < p] N / |N|)', () => {
    expect(addNoise(1, { model: 'cauchy', severity: 'severe' }, 5, given([0.19], [-6, -2]))).toBeCloseTo(1 + 997 + shift, 10);
    expect(addNoise(1, { model: 'cauchy', severity: 'severe' }, 5, given([0.21], [-6, -2]))).toBeCloseTo(1 + 1000 + shift, 10);
    expect(addNoise(1, { model: 'cauchy', severity: 'severe' }, 5, given([0.1], [-1e9, 1]))).toBeCloseTo(1 + shift, 10);
    expect(addNoise(1, { model: 'cauchy', severity: 'moderate' }, 5, given([0.04], [6, 2]))).toBeCloseTo(1 + 10.03 + shift, 10);
    expect(addNoise(1, { model: 'cauchy', severity: 'moderate' }, 5, given([0.06], [6, 2]))).toBeCloseTo(1 + 10 + shift, 10);
  });

  test('values below 1e-8 are left alone', () => {
    for (const model of noiseModels) expect(addNoise(9e-9, { model, severity: 'severe' }, 5, new NoiseStream(1).at(0))).toBe(9e-9);
  });

  test('streams of successive steps are unrelated: their first normals have mean 0, variance 1 and no correlation', () => {
    const stream = new NoiseStream(5);
    const drawn = Array.from({ length: 20_000 }, (_, step) => stream.at(step).normal());
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    // standard errors 1/sqrt(n) = 0.0071, sqrt(2/n) = 0.01, 0.0071; bounds at five of them
    expect(Math.abs(mean(drawn))).toBeLessThan(0.036);
    expect(Math.abs(mean(drawn.map((x) => x * x)) - 1)).toBeLessThan(0.05);
    expect(Math.abs(mean(drawn.slice(1).map((x, k) => x * drawn[k])))).toBeLessThan(0.036);
  });
});
