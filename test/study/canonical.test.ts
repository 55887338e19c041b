import { describe, expect, test } from '@jest/globals';
import { canonicalJson, shortHash } from '../../src/study/canonical.js';

describe('canonical JSON', () => {
  test('does not depend on the order of keys, and leaves undefined out', () => {
    expect(canonicalJson({ b: [1, { d: 2, c: null }], a: 'x', e: undefined })).toBe('{"a":"x","b":[1,{"c":null,"d":2}]}');
    expect(shortHash({ a: 1, b: 2 })).toBe(shortHash({ b: 2, a: 1 }));
  });

  test('tells infinities from null', () => {
    expect(canonicalJson([Number.POSITIVE_INFINITY, null])).toBe('["Infinity",null]');
  });

  test('is hashed by SHA-256', () => {
    // printf '{}' | sha256sum
    expect(shortHash({})).toBe('44136fa355b3678a');
  });

  test('is the same where parts are known from other values', () => {
    const shared = { b: [1, 2], a: { d: 1, c: Number.NaN } };
    const known = new WeakMap<object, string>();
    const values = [{ x: shared, seed: 1 }, { x: shared, seed: 2 }, { x: shared.a, seed: 1 }, [shared, shared]];
    for (const value of values) expect(canonicalJson(value, known)).toBe(canonicalJson(value));
    expect(new Set(values.map((value) => shortHash(value, known))).size).toBe(4);
  });
});
