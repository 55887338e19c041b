import { expect, test } from '@jest/globals';
import { mlp } from '../../models/mlp.js';
import { canPrepare, compileLosses } from '../../src/engine/graph/compile.js';
import { Chosen, Columns } from '../../src/engine/prepared-inputs.js';
import { caseOf, run } from './graph/cases.js';

test('columns are the samples, with ones below; chosen has a 1 at each class; both follow arrays that change in place', () => {
  const columns = new Columns(2, 3);
  const inputs = Float32Array.of(1, 2, 3, 4, 5, 6, 99);
  expect(Array.from(columns.of(inputs))).toEqual([1, 3, 5, 2, 4, 6, 1, 1, 1]);
  inputs[2] = Number.NaN;
  expect(Array.from(columns.of(inputs))).toEqual([1, Number.NaN, 5, 2, 4, 6, 1, 1, 1]);
  expect(Array.from(columns.of(new Float32Array(6)))).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1]);
  const chosen = new Chosen(2, 3);
  const targets = Int32Array.of(0, 0, 0);
  expect(Array.from(chosen.of(targets))).toEqual([1, 1, 1, 0, 0, 0]);
  targets.set([1, 0, 7]);
  expect(Array.from(chosen.of(targets))).toEqual([0, 1, 0, 1, 0, 0]);
  targets.set([-1, 0, 1]);
  expect(Array.from(chosen.of(targets))).toEqual([0, 1, 0, 0, 0, 1]);
});

test.each([
  [[4, 7, 3], 37],
  [[9, 2], 5],
])('a graph that takes them gives the bits of one that does not: %j', async (units, samples) => {
  const network = mlp(units);
  expect(canPrepare(network)).toBe(true);
  const members = 5;
  const { theta, inputs, targets } = caseOf(network, samples, 'prepared', members);
  const plain = compileLosses(network, { population: members, samples });
  const prepared = compileLosses(network, { population: members, samples, prepared: true });
  const feeds = {
    theta,
    columns: new Columns(units[0], samples).of(inputs),
    chosen: new Chosen(units[units.length - 1], samples).of(targets as Int32Array),
  };
  const expected = await run(plain, { theta, inputs, targets });
  expect(await run(prepared, feeds)).toEqual(expected);
  expect(await run(prepared.inOneThread?.() ?? prepared, feeds)).toEqual(expected);
});

test('wide networks, other losses and images are not prepared', () => {
  expect(canPrepare(mlp([4, 40, 3]))).toBe(false);
  expect(canPrepare(mlp([4, 7, 3], { loss: 'squared-error' }))).toBe(false);
});
