import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/core/errors.js';
import { formatStrategyArgument, parseStrategyArgument } from '../../src/study/strategy-argument.js';

describe('a strategy in one word', () => {
  test('is a name, with options in parentheses or after colons', () => {
    expect(parseStrategyArgument('pso')).toEqual({ name: 'pso', options: {} });
    const both = { name: 'pso', options: { swarmSize: 60, topology: 'ring' } };
    expect(parseStrategyArgument('pso(swarmSize=60, topology=ring)')).toEqual(both);
    expect(parseStrategyArgument('pso:swarmSize=60:topology=ring')).toEqual(both);
  });

  test('has JSON values, and text where a value is no JSON', () => {
    const { options } = parseStrategyArgument('s(a=1e-3, b=.5, c=true, d=null, e=[1,2], f="x, y", g=ring)');
    expect(options).toEqual({ a: 0.001, b: 0.5, c: true, d: null, e: [1, 2], f: 'x, y', g: 'ring' });
  });

  test('may be a path with a colon in it', () => {
    expect(parseStrategyArgument('C:/mine.js:rate=2')).toEqual({ name: 'C:/mine.js', options: { rate: 2 } });
  });

  test.each(['', '(a=1)', 'pso(', 'pso(60)', 'pso(a=1,a=2)', 'a=1'])('is refused when it is %j', (text) => {
    expect(() => parseStrategyArgument(text)).toThrow(UsageError);
  });

  test('is read back as it was written', () => {
    const options = { number: 0.1, list: [1, 'a'], flag: false, text: 'ring', digits: '60', comma: 'a, b', nothing: null };
    expect(parseStrategyArgument(formatStrategyArgument('pso', options))).toEqual({ name: 'pso', options });
  });
});
