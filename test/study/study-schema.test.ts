import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { UsageError } from '../../src/core/errors.js';
import { parseStudy } from '../../src/study/study-schema.js';

const good = { problems: ['sphere:d2'], strategies: ['sgd'], budget: { evaluations: 100 } };

describe('a study', () => {
  test('has its short forms written out and its defaults filled in', () => {
    const study = parseStudy({ ...good, strategies: ['sgd(learningRate=0.5)', { name: 'adam' }], seeds: 3 });
    expect(study.problems).toEqual([{ id: 'sphere:d2' }]);
    expect(study.strategies).toEqual([
      { name: 'sgd', options: { learningRate: 0.5 }, on: {} },
      { name: 'adam', label: undefined, options: {}, on: {} },
    ]);
    expect(study.seeds).toEqual([1, 2, 3]);
    expect(study).toMatchObject({ name: 'comparison', bounds: 'clip', provider: 'auto' });
  });

  test.each<[unknown, string]>([
    [{ ...good, problems: undefined }, 'study.problems is missing: it must be a list.'],
    [{ ...good, problems: [] }, 'study.problems must have at least 1 entries; got [].'],
    [
      { ...good, problems: [{ id: 'iris', budget: { evaluations: 0 } }] },
      'study.problems[0].budget.evaluations must be more than 0; got 0.',
    ],
    [{ ...good, strategies: ['sgd', { nam: 'sgd' }] }, 'study.strategies[1].name is missing: it must be text.'],
    [{ ...good, strategies: [7] }, 'study.strategies[0] must be text, or a group of fields; got 7.'],
    [{ ...good, strategies: [{ name: 'sgd', on: { iris: 3 } }] }, 'study.strategies[0].on.iris must be a group of fields; got 3.'],
    [{ ...good, budget: { evaluations: 1.5 } }, 'study.budget.evaluations must be a whole number; got 1.5.'],
    [{ ...good, budget: { evaluatons: 5 } }, 'study.budget.evaluatons is not a known field.'],
    [{ ...good, budget: { target: 1 } }, 'study.budget must limit evaluations, samplePasses or seconds'],
    [{ ...good, seeds: 'ten' }, 'study.seeds must be a number, or a list; got "ten".'],
    [{ ...good, seeds: [1, -2] }, 'study.seeds[1] must be at least 0; got -2.'],
    [{ ...good, seeds: [4, 2, 4] }, 'study.seeds[2] is 4, as entry 1 is: a seed is one run, name each once.'],
    [{ ...good, strategies: ['sgd', 'sgd('] }, 'study.strategies[1]: '],
    [{ ...good, start: 'nope' }, 'study.start must be own or given; got "nope".'],
    [{ ...good, start: { near: 2 } }, 'study.start.near must be at most 1; got 2.'],
    [{ ...good, bounds: 'wrap' }, 'study.bounds must be clip or reflect or periodic or resample; got "wrap".'],
    [{ ...good, worker: 2 }, 'study.worker is not a known field. Did you mean workers?'],
    [{ ...good, strategis: ['sgd'] }, 'study.strategis is not a known field. Did you mean strategies?'],
    [{ ...good, budget: { evaluation: 5 } }, 'study.budget.evaluation is not a known field. Did you mean evaluations?'],
    [{ ...good, strategies: [{ name: 'sgd', option: {} }] }, 'study.strategies[0].option is not a known field. Did you mean options'],
    [{ ...good, problems: [{ id: 'iris', xyz: 1 }] }, 'study.problems[0].xyz is not a known field. It may be id, budget, start.'],
    ['text', 'study must be a group of fields; got "text".'],
  ])('that is wrong is refused with the path to the field: %j', (input, message) => {
    expect(() => parseStudy(input)).toThrow(UsageError);
    expect(() => parseStudy(input)).toThrow(message);
  });

  test('is documented by an example that is one', () => {
    const page = readFileSync(new URL('../../../docs/studies.md', import.meta.url), 'utf8');
    const example = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
    expect(parseStudy(parse(example)).strategies[2]).toEqual({
      name: 'sgd',
      label: 'SGD',
      options: { learningRate: 0.1 },
      on: { rastrigin: { learningRate: 0.001 } },
    });
  });
});
