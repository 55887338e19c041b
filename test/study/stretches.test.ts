import { describe, expect, test } from '@jest/globals';
import { Stretches } from '../../src/study/stretches.js';

const [one, two, three] = [{}, {}, {}];
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);

describe('tasks that wait, in stretches', () => {
  test('each holder goes through its own part in order', () => {
    const waiting = new Stretches(numbers(0, 10), 2);
    expect(waiting.take(one, 2)).toEqual([0, 1]);
    expect(waiting.take(two, 3)).toEqual([5, 6, 7]);
    expect(waiting.take(one, 9)).toEqual([2, 3, 4]);
    expect(waiting.size).toBe(2);
  });

  test('who has none left takes the later half of the longest stretch', () => {
    const waiting = new Stretches(numbers(0, 30), 3);
    expect(waiting.take(one, 10)).toEqual(numbers(0, 10));
    expect(waiting.take(two, 4)).toEqual(numbers(10, 14));
    expect(waiting.take(one, 2)).toEqual([20, 21]); // a stretch that nobody holds yet
    expect(waiting.take(three, 2)).toEqual([26, 27]); // half of 22 to 29
    expect(waiting.take(two, 20)).toEqual(numbers(14, 20));
    expect(waiting.take(two, 20)).toEqual([24, 25]); // half of 22 to 25
    expect(waiting.size).toBe(4);
  });

  test('what is given back waits for the next, first', () => {
    const waiting = new Stretches(numbers(0, 8), 2);
    waiting.take(one, 3);
    waiting.giveBack(one, [1, 2]);
    expect(waiting.size).toBe(7);
    expect(waiting.take(two, 1)).toEqual([1]);
    expect(waiting.take(two, 9)).toEqual([2, 3]);
    waiting.giveBack(three, [9]); // of one whose stretch is over
    expect(waiting.take(one, 9)).toEqual([4, 5, 6, 7]);
    expect(waiting.take(one, 9)).toEqual([9]);
    expect(waiting.take(one, 9)).toEqual([]);
  });

  test.each([1, 2, 3, 7])('gives every task once, to any number of holders: %i', (count) => {
    const waiting = new Stretches(numbers(0, 101), count);
    const holders = Array.from({ length: count }, () => ({}));
    const given: number[] = [];
    for (let k = 0; waiting.size > 0; k++) given.push(...waiting.take(holders[(k * k) % count], 1 + (k % 5)));
    expect(given.sort((a, b) => a - b)).toEqual(numbers(0, 101));
  });
});
