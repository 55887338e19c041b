/** Arrays that kernels work on in place are saved, and restored into a memory that they work on again. */
import { expect, test } from '@jest/globals';
import { checksum } from '../../src/core/codec/checksum.js';
import { decode, encode } from '../../src/core/codec.js';
import { StoreError } from '../../src/core/errors.js';
import { Optimizer } from '../../src/core/optimizer.js';
import { useResidence } from '../../src/core/residence.js';
import { boxSpace } from '../../src/core/space.js';
import { homeOf, residentArrays } from '../../src/kernels/memory.js';
import { pso } from '../../strategies/pso.js';

const space = { ...boxSpace(1, 0, 1), precision: 'float32' } as const;

function someState() {
  const [a, b] = residentArrays(space, [5, 7]) as Float32Array[];
  const [other] = residentArrays(space, [3]) as Float32Array[];
  a.set([1, 2, 3, 4, 5]);
  b.set([0.1, -0, Number.NaN, Infinity, -Infinity, 1e-45, 3]);
  other.fill(9);
  const gaps = new Int32Array(b.buffer, b.byteOffset + 4 * 8, 2); // behind b, in the same memory
  gaps.set([-1, 2 ** 31 - 1]);
  return { a, again: a, b, gaps, other, ordinary: Float32Array.of(1) };
}

test('arrays of one memory come back in one memory, at their values, and two memories stay two', () => {
  const state = someState();
  const bytes = encode(state);
  const restored = decode(bytes) as typeof state;
  expect(restored).toStrictEqual(state);
  expect(restored.again).toBe(restored.a);
  expect(homeOf(restored.a)).toBeDefined();
  expect(homeOf(restored.b)).toBe(homeOf(restored.a));
  expect(restored.gaps.buffer).toBe(restored.b.buffer);
  expect(homeOf(restored.other)).toBeDefined();
  expect(homeOf(restored.other)).not.toBe(homeOf(restored.a));
  expect(homeOf(restored.ordinary)).toBeUndefined();
  expect(homeOf(restored.a)).not.toBe(homeOf(state.a));
  expect(encode(restored)).toEqual(bytes);
});

test('a restored swarm is one that kernels move in place', () => {
  const optimizer = new Optimizer(pso, { ...boxSpace(20, -1, 1), precision: 'float32' }, { seed: 1 });
  const positions = (asked: Optimizer) => {
    const query = asked.ask();
    if (query.kind !== 'losses') throw new Error(`asked for ${query.kind}`);
    return query.population.values;
  };
  optimizer.tell(new Float64Array(positions(optimizer).length / 20).fill(1));
  expect(homeOf(positions(Optimizer.restore(optimizer.save(), pso)))).toBeDefined();
});

test('a place outside its memory, or in the part that kernels keep for themselves, is damage', () => {
  const state = { a: someState().a };
  const bytes = encode(state);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  // the array's bytes and a checksum of four end the file; before them the offset and the memory's size, 8 bytes each
  const end = bytes.length - 4;
  const at = end - state.a.byteLength - 8;
  const sign = () => view.setUint32(end, checksum(bytes, end), true);
  expect(view.getFloat64(at, true)).toBe(state.a.byteOffset);
  for (const offset of [0, 1024, state.a.byteOffset + 1, state.a.buffer.byteLength - 4, -4, Number.NaN]) {
    view.setFloat64(at, offset, true);
    sign();
    expect(() => decode(bytes)).toThrow(StoreError);
    expect(() => decode(bytes)).not.toThrow('checksum');
  }
  // a memory that is larger than what was saved is not opened: the array is an ordinary one
  view.setFloat64(at, state.a.byteOffset, true);
  view.setFloat64(at - 8, 2 ** 30, true);
  sign();
  const { a } = decode(bytes) as typeof state;
  expect(a).toEqual(state.a);
  expect(a.byteLength).toBe(a.buffer.byteLength);
});

test('where there is no such memory, the same values come back in ordinary arrays', () => {
  const state = someState();
  const bytes = encode(state);
  useResidence({ holds: () => false, open: () => undefined });
  const restored = decode(bytes) as typeof state;
  expect(restored).toStrictEqual(state);
  expect(homeOf(restored.a)).toBeUndefined();
});
