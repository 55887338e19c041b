import { describe, expect, test } from '@jest/globals';
import { EngineError } from '../../src/core/errors.js';
import { equalParts, membersThatFit, smallerPart } from '../../src/engine/chunking.js';

describe('equal parts', () => {
  test.each([
    [10, 10, [10]],
    [10, 9, [5, 5]],
    [10, 4, [4, 4, 2]],
    [7, 3, [3, 3, 1]],
    [1, 100, [1]],
  ])('%i members, at most %i at once, are cut into %j', (total, most, sizes) => {
    const parts = equalParts(total, most);
    expect(parts.map(({ from, to }) => to - from)).toEqual(sizes);
    expect(parts.map(({ from }) => from)).toEqual(sizes.map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0)));
  });

  test.each([
    [66, 10, 2, [10, 10, 10, 10, 10, 10, 6]],
    [63, 10, 2, [10, 10, 10, 10, 10, 10, 3]],
    [9, 8, 4, [8, 1]],
    [12, 8, 4, [8, 4]],
    [3, 4, 4, [3]],
  ])('%i members, at most %i at once, in multiples of %i, are cut into %j', (total, most, multiple, sizes) => {
    expect(equalParts(total, most, multiple).map(({ from, to }) => to - from)).toEqual(sizes);
  });
});

test.each([
  [100, 100, 9.6, 2, 10],
  [64, 64, 2.8, 2, 16],
  [15, 15, 3.5, 2, 3],
  [7, 7, 2.5, 2, 3],
  [13, 13, 1.5, 1, 7],
  [16, 16, 40, 4, 4],
  [16, 3, 2, 4, 3],
])('of %i members, %i of which fit, a part about %f times smaller, for %i threads, has %i', (total, most, factor, threads, size) => {
  expect(smallerPart(total, most, factor, threads)).toBe(size);
});

describe('members that fit', () => {
  // 100 bytes shared by all, and 10 for each member
  const bytesOf = (members: number) => 100 + 10 * members;

  test('are all that are wanted where there is room', () => {
    expect(membersThatFit(40, 1, 500, 'x', bytesOf)).toBe(40);
  });

  test('are within the limit, and near it, where there is less', () => {
    const members = membersThatFit(1000, 1, 500, 'x', bytesOf);
    expect(bytesOf(members)).toBeLessThanOrEqual(500);
    expect(members).toBeGreaterThanOrEqual(20);
  });

  test('are refused with the numbers where even the least does not fit', () => {
    const mib = 2 ** 20;
    const refusal = () => membersThatFit(8, 2, 5 * mib, 'One candidate on 9 samples', (members) => (10 + members) * mib);
    expect(refusal).toThrow(EngineError);
    expect(refusal).toThrow(/^One candidate on 9 samples needs 12 MB of memory, and one run may use 5 MB\. .*memoryBytes/);
  });
});
