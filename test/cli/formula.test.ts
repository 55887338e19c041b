import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { formulaOf } from '../../src/cli/arguments.js';
import { temporaryFolder, zeroth } from './zeroth.js';

const folder = temporaryFolder();
const run = (...args: string[]) => zeroth(args, folder.path);
const rosenbrock = ['--expression', '100*(y-x^2)^2+(1-x)^2', '--bounds', 'x:-5..5,y:-5..5'];

test('evaluate answers with the loss of a formula', async () => {
  const { code, stdout } = await run('evaluate', ...rosenbrock, '--at', '-1.2,1');
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as { loss: number }).loss).toBeCloseTo(24.2, 12); // More, Garbow and Hillstrom 1981, problem 1
});

test('train minimizes a formula by its gradient', async () => {
  const options = ['--strategy', 'adam(learningRate=0.05)', '--evaluations', '3000', '--json', '--quiet'];
  const bowl = ['--expression', '(x-1)^2 + 2*(y+2)^2', '--bounds', 'x:-5..5,y:-5..5'];
  const { code, stdout } = await run('train', ...bowl, '--bounds', 'reflect', ...options);
  expect(code).toBe(0);
  const { settings, final, cost } = JSON.parse(stdout);
  expect(settings).toMatchObject({ problem: 'expression((x-1)^2 + 2*(y+2)^2; x:-5..5, y:-5..5)', bounds: 'reflect' });
  expect(cost).toMatchObject({ evaluations: 0, gradients: 3000 });
  expect(final.loss).toBeLessThan(1e-3);
});

test('compare takes a formula beside problems', async () => {
  const study = [
    '--problems',
    'sphere:d2',
    '--strategies',
    'random-search',
    '--seeds',
    '1',
    '--evaluations',
    '50',
    '--out',
    'both',
    '--quiet',
  ];
  const { code } = await run('compare', ...rosenbrock, ...study);
  expect(code).toBe(0);
  const { study: written } = JSON.parse(await readFile(join(folder.path, 'both', 'study.json'), 'utf8'));
  expect(written.problems.map(({ id }: { id: string }) => id)).toEqual([
    'sphere:d2',
    'expression(100*(y-x^2)^2+(1-x)^2; x:-5..5, y:-5..5)',
  ]);
});

test('what does not fit together is told in words, with exit code 2', async () => {
  const wrong: [string[], RegExp][] = [
    [['--expression', 'x^2'], /needs a range for every variable/],
    [['--bounds', 'x:-5..5'], /there is no --expression/],
    [['iris', ...rosenbrock], /not both/],
    [[], /Give a problem/],
    [[...rosenbrock, '--bounds', 'x:0..1'], /given twice/],
    [[...rosenbrock, '--bounds', 'reflect'], /ranges of variables here/],
    [['--expression', 'x^2 + z', '--bounds', 'x:-5..5'], /z/],
    [['--expression', 'x^2', '--bounds', 'x:5..-5'], /LOW below HIGH/],
  ];
  for (const [words, reason] of wrong) {
    const { code, stderr } = await run('evaluate', ...words, '--at', '0,0');
    expect(stderr).toMatch(reason);
    expect(code).toBe(2);
  }
}, 60_000);

test('the policy and the ranges may come in either order', () => {
  const both = { problem: 'expression(x; x:0..1)', policy: 'periodic' };
  expect(formulaOf({ expression: 'x', bounds: ['periodic', 'x:0..1'] })).toEqual(both);
  expect(formulaOf({ expression: 'x', bounds: ['x:0..1', 'periodic'] })).toEqual(both);
  expect(formulaOf({ bounds: ['clip'] })).toEqual({ policy: 'clip' });
  expect(formulaOf({})).toEqual({});
});
