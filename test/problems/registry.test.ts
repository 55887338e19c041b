import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/core/errors.js';
import { splitList } from '../../src/problems/id-syntax.js';
import { expandProblemIds, findProblem, problemFamilies } from '../../src/problems/registry.js';

describe('the registry of problems', () => {
  test('every family is found, and its first example is a problem of that family under its canonical id', async () => {
    const families = await problemFamilies();
    expect(families.map((family) => family.name)).toEqual(expect.arrayContaining(['ellipsoid', 'rastrigin', 'rosenbrock', 'sphere']));
    for (const family of families) {
      if (family.needsSettings) continue;
      expect((await findProblem(family.examples[0])).id).toBe(family.examples[0]);
    }
  });

  test('every family is named as its file, by which it is found', async () => {
    const files = readdirSync(new URL('../../src/problems/families/', import.meta.url)).filter((file) => file.endsWith('.js'));
    expect(files.length).toBeGreaterThanOrEqual(20);
    expect((await problemFamilies()).map(({ name }) => name)).toEqual(files.map((file) => file.slice(0, -'.js'.length)).sort());
  });

  test('parsing a canonical id again gives the same id', async () => {
    for (const family of await problemFamilies()) {
      if (family.needsSettings) continue;
      for (const example of family.examples) {
        const { id } = await findProblem(example);
        expect((await findProblem(id)).id).toBe(id);
      }
    }
  });

  test('an unknown name is refused with the nearest known ones', async () => {
    await expect(findProblem('rastrign:d10')).rejects.toThrow(UsageError);
    await expect(findProblem('rastrign:d10')).rejects.toThrow('Unknown problem "rastrign". Did you mean rastrigin');
    await expect(findProblem('')).rejects.toThrow(UsageError);
  });

  test('a missing dimension means 10', async () => {
    expect((await findProblem('sphere')).id).toBe('sphere:d10');
  });
});

describe('lists of problem ids', () => {
  test('commas separate outside parentheses and quotes only', () => {
    expect(splitList('iris, mnist(784-32-10,relu),,csv(file="a,b(.csv",label=y)')).toEqual([
      'iris',
      'mnist(784-32-10,relu)',
      'csv(file="a,b(.csv",label=y)',
    ]);
  });

  test('ranges are expanded and repetitions dropped', async () => {
    expect(await expandProblemIds('sphere:d2-4,rastrigin:d10,sphere:d3')).toEqual(['sphere:d2', 'sphere:d3', 'sphere:d4', 'rastrigin:d10']);
  });

  test('wildcards stand for families', async () => {
    expect(await expandProblemIds('r*:d5')).toEqual(['rastrigin:d5', 'rosenbrock:d5']);
    expect(await expandProblemIds('*:d2-3')).toEqual(
      ['ellipsoid', 'rastrigin', 'rosenbrock', 'sphere'].flatMap((name) => [`${name}:d2`, `${name}:d3`]),
    );
  });

  test.each(['mnist(784-32-10', 'mnist)784(', 'csv(file="a)'])('%s is unbalanced', async (list) => {
    await expect(expandProblemIds(list)).rejects.toThrow(/Unbalanced/);
  });

  test.each([
    ['', 'names no problem'],
    [' , ', 'names no problem'],
    ['zz*', 'Unknown problem "zz*"'],
    ['spher:d2', 'Did you mean sphere'],
    ['sphere:d5-2', 'The syntax is sphere:dD'],
  ])('"%s" is refused: %s', async (list, message) => {
    await expect(expandProblemIds(list)).rejects.toThrow(UsageError);
    await expect(expandProblemIds(list)).rejects.toThrow(message);
  });
});
