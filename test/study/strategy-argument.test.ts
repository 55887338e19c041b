import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/core/errors.js';
import { splitList } from '../../src/problems/id-syntax.js';
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

  test('may go around another, and has the options of both', () => {
    const both = { name: 'restarted(pso)', options: { swarmSize: 60, patience: 500 } };
    for (const text of [
      'restarted(pso(swarmSize=60), patience=500)',
      'restarted( pso , swarmSize=60, patience=500)',
      'restarted(pso:swarmSize=60):patience=500',
    ]) {
      expect(parseStrategyArgument(text)).toEqual(both);
    }
    expect(parseStrategyArgument('multistart(restarted(./mine.js, rate=2), starts=3)')).toEqual({
      name: 'multistart(restarted(./mine.js))',
      options: { rate: 2, starts: 3 },
    });
    expect(formatStrategyArgument(both.name, both.options)).toBe('restarted(pso,swarmSize=60,patience=500)');
    expect(() => parseStrategyArgument('pso(adam)')).toThrow('Only restarted and multistart go around another strategy.');
    expect(() => parseStrategyArgument('restarted(pso(a=1),a=2)')).toThrow('gives the option a twice');
    expect(() => parseStrategyArgument('restarted(pso,adam)')).toThrow('"adam" in "restarted(pso,adam)" is not an option');
  });

  test('may be a path with commas or parentheses, in double quotes', () => {
    const name = './tries(2)/a,b.js';
    expect(parseStrategyArgument(`"${name}"`)).toEqual({ name, options: {} });
    expect(parseStrategyArgument(`"${name}"(rate=2, to="x,y")`)).toEqual({ name, options: { rate: 2, to: 'x,y' } });
    expect(parseStrategyArgument(`"${name}":rate=2:fast=true`)).toEqual({ name, options: { rate: 2, fast: true } });
    expect(splitList(`"${name}"(rate=2),pso`)).toEqual([`"${name}"(rate=2)`, 'pso']);
    expect(parseStrategyArgument(formatStrategyArgument(name, { rate: 2 }))).toEqual({ name, options: { rate: 2 } });
  });

  test('says of a path in parentheses how to write it', () => {
    expect(() => parseStrategyArgument('./tries(2)/a.js')).toThrow('in double quotes');
  });

  test.each(['', '(a=1)', '"', '""', '"a"b', '"a"(b)', 'pso(', 'pso(60)', 'pso(a=1,a=2)', 'a=1'])('is refused when it is %j', (text) => {
    expect(() => parseStrategyArgument(text)).toThrow(UsageError);
  });

  test('is read back as it was written', () => {
    const options = { number: 0.1, list: [1, 'a'], flag: false, text: 'ring', digits: '60', comma: 'a, b', nothing: null };
    expect(parseStrategyArgument(formatStrategyArgument('pso', options))).toEqual({ name: 'pso', options });
    for (const name of ['multistart(restarted(pso))', 'restarted(./tries(2)/a,b.js)', './tries(2)']) {
      expect(parseStrategyArgument(formatStrategyArgument(name, options))).toEqual({ name, options });
    }
  });
});
