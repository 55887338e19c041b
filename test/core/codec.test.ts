import { deflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checksum } from '../../src/core/codec/checksum.js';
import { arrayBytes, decode, encode } from '../../src/core/codec.js';
import { StoreError, UsageError } from '../../src/core/errors.js';
import { Rng } from '../../src/core/rng.js';

const arrays = fc.oneof(
  fc.float32Array(),
  fc.float64Array(),
  fc.int8Array(),
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
);
const leaves = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, null, undefined, true, false),
  fc.string({ unit: 'binary' }),
  arrays,
  fc.string().map((seed) => Rng.seeded(seed)),
);
const plain = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, leaves, fc.array(tie('value')), fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true })),
})).value;

describe('what is decoded', () => {
  test('is what was encoded, for all plain data', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(decode(encode(value))).toStrictEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps every kind of typed array, apart from the memory it was written from', () => {
    const kinds = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array];
    const values = kinds.map((kind) => kind.of(1, 2, 3));
    const restored = decode(encode(values)) as typeof values;
    values.forEach((array, i) => {
      expect(restored[i].constructor).toBe(array.constructor);
      array[0] = 9;
      expect([...restored[i]]).toEqual([1, 2, 3]);
    });
  });

  test('draws the numbers that the generator would have drawn', () => {
    const rng = Rng.seeded(3).fork('x');
    rng.normal();
    const copy = decode(encode({ rng })) as { rng: Rng };
    expect([copy.rng.uint32(), copy.rng.fork('y').uint32()]).toEqual([rng.uint32(), rng.fork('y').uint32()]);
  });

  test('has two references to one object where there were two, also to itself', () => {
    const shared = Float64Array.of(1, 2);
    const value: Record<string, unknown> = { state: { shared }, query: { values: shared }, list: [shared] };
    value.self = value;
    const copy = decode(encode(value)) as typeof value & { state: { shared: object }; query: { values: object }; list: object[] };
    expect(copy.query.values).toBe(copy.state.shared);
    expect(copy.list[0]).toBe(copy.state.shared);
    expect(copy.self).toBe(copy);
  });

  test('holds only the part of a buffer that a view shows', () => {
    const view = new Float32Array([1, 2, 3, 4]).subarray(1, 3);
    expect(decode(encode(view))).toEqual(Float32Array.of(2, 3));
    expect(encode(view).length).toBeLessThan(50);
  });

  test('is read from a view at an odd offset as well', () => {
    const bytes = encode({ a: Float64Array.of(1.5) });
    const padded = new Uint8Array(bytes.length + 3);
    padded.set(bytes, 3);
    expect(decode(padded.subarray(3))).toEqual({ a: Float64Array.of(1.5) });
  });
});

describe('refused, by name, are', () => {
  test.each([
    ['a function', { state: { f: () => 1 } }, 'the value.state.f: a function'],
    ['a map', { list: [1, new Map()] }, 'the value.list[1]: a Map'],
    ['a date', { when: new Date(0) }, 'the value.when: a Date'],
    ['a bigint', { n: 1n }, 'the value.n: a bigint'],
    ['a raw view', { v: new DataView(new ArrayBuffer(8)) }, 'the value.v: a DataView'],
  ])('%s', (_, value, message) => {
    expect(() => encode(value)).toThrow(UsageError);
    expect(() => encode(value)).toThrow(message);
  });

  test('two arrays over the same memory, which would come apart', () => {
    const whole = new Float32Array(10);
    expect(() => encode({ whole, part: whole.subarray(2, 4) })).toThrow('the value.part: it is a view of memory');
    expect(() => encode({ a: whole.subarray(0, 5), b: whole.subarray(5) })).not.toThrow();
  });

  test('bytes that are foreign, of another version, or empty', () => {
    expect(() => decode(new TextEncoder().encode('{"json": "is not a saved run"}'))).toThrow(StoreError);
    expect(() => decode(new Uint8Array(0))).toThrow('not saved by Zeroth');
    const newer = encode(1);
    newer[4] = 200;
    expect(() => decode(newer)).toThrow('save format 200');
  });

  test('bytes cut anywhere', () => {
    const bytes = encode({ a: [1, 'two', Float32Array.of(3)], rng: Rng.seeded(4) });
    for (let length = 0; length < bytes.length; length++) expect(() => decode(bytes.subarray(0, length))).toThrow(StoreError);
  });

  test('bytes of which any one bit was flipped', () => {
    const bytes = encode({ a: [1, Float32Array.of(3)], rng: Rng.seeded(4) });
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const damaged = bytes.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      expect(() => decode(damaged)).toThrow(StoreError);
    }
  });

  test.each([[{}], ['abc'], [null]])('%p, which is no bytes', (given) => {
    expect(() => decode(given as unknown as Uint8Array)).toThrow('Saved bytes must be a Uint8Array');
  });

  test('damaged bytes: they decode to something or are refused, but nothing else happens', () => {
    const bytes = encode({ a: [1, 'two', Float32Array.of(3)], b: { c: null }, rng: Rng.seeded(4) });
    fc.assert(
      fc.property(fc.nat(bytes.length - 17), fc.nat(255), (at, byte) => {
        const damaged = bytes.slice();
        damaged[16 + at] = byte;
        try {
          decode(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(StoreError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test('arrayBytes counts each array once', () => {
  const a = new Float64Array(10);
  expect(arrayBytes({ a, again: [a], b: new Uint8Array(3), rng: Rng.seeded(1) })).toBe(80 + 3 + 16);
});

test('the checksum is that of RFC 1950', () => {
  // the published value for "Wikipedia", and zlib's own for a long input, where the sums wrap
  expect(checksum(new TextEncoder().encode('Wikipedia'), 9)).toBe(0x11e60398);
  const long = new Uint8Array(1_000_000).fill(255);
  const stored = deflateSync(long);
  expect(checksum(long, long.length)).toBe(stored.readUInt32BE(stored.length - 4)); // where a zlib stream keeps it
});

test('bytes of format 1, which have no checksum, are still read', () => {
  const now = encode({ a: [1, 'two'] });
  const before = now.slice(0, -4);
  before[4] = 1;
  new DataView(before.buffer).setFloat64(8, before.length, true);
  expect(decode(before)).toEqual({ a: [1, 'two'] });
});
