/** The nearest known names, as unknown-name errors offer them. */
import { expect, test } from '@jest/globals';
import { nearest, unknownName } from '../../src/core/errors.js';

const names = ['adam', 'cma-es', 'de', 'ga', 'jde', 'nelder-mead', 'pso', 'random-search', 'sgd', 'spso-2011'];

test.each([
  ['sdg', ['sgd']], // neighbours swapped: one mistake; "de" is two off, more than a third
  ['SGD', ['sgd']],
  ['nelder-maed', ['nelder-mead']],
  ['random', ['random-search']], // part of a name
  ['cmaes', ['cma-es']],
  ['xyzzy', []],
])('%s is taken for %j', (given, expected) => {
  expect(nearest(given, names)).toEqual(expected);
});

test('the message says what was given, what was likely meant, and where the names are listed', () => {
  const { message, exitCode } = unknownName('strategy', 'spo', names, 'zeroth strategies');
  expect(message).toBe('Unknown strategy "spo". Did you mean pso? `zeroth strategies` lists what there is.');
  expect(exitCode).toBe(2);
});
