import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type CheckResult, checks } from '../../src/testing/conformance.js';
import { start, temporaryFolder, testStrategy, until, zeroth } from './zeroth.js';

const folder = temporaryFolder();
const run = (...args: string[]) => zeroth(['check', ...args], folder.path);

interface Report {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly missing: number;
  readonly checks: readonly (CheckResult & { again: string; seconds: number })[];
}

describe('zeroth check', () => {
  test('runs the whole kit on a strategy and exits with 0 where all that applies passes', async () => {
    const { code, stdout, stderr } = await run('random-search', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout) as Report;
    expect(report.checks.map(({ name }) => name)).toEqual(checks.map(({ name }) => name));
    expect(report).toMatchObject({ name: 'random-search', failed: 0, missing: 0 });
    expect(report.passed + report.skipped).toBe(checks.length);
    expect(report.passed).toBeGreaterThan(9);
  }, 120_000);

  test('goes on after checks that throw, hang and end the process, and tells each with its input', async () => {
    const names = ['memory', 'bounds', 'failures', 'sphere', 'rosenbrock'];
    const { code, stdout, stderr } = await run(testStrategy('patchy'), '--only', names.join(), '--time-limit', '4', '--json');
    expect(code).toBe(1);
    expect(stderr).toContain('a line for each start, 1000 coordinates');
    const report = JSON.parse(stdout) as Report;
    const seen = Object.fromEntries(report.checks.map((result) => [result.name, result]));
    expect(report).toMatchObject({ name: 'patchy', passed: 2, failed: 3, missing: 0 });
    expect(seen.memory.status).toBe('passed');
    expect(seen.bounds.detail).toMatch(
      /^StrategyError: patchy failed in ask: three on purpose \(at question 1 of a run on 3 coordinates in float64, seed 5, .*\(patchy\.js:\d+:\d+\)$/,
    );
    expect(seen.failures.detail).toBe('Its process took longer than the time limit of 4 s and was ended.');
    expect(seen.failures.howToSee).toMatch(/^minimize the sphere in 4 coordinates/);
    expect(seen.failures.again).toBe(`npx zeroth check ${testStrategy('patchy')} --only failures`);
    expect(seen.sphere.detail).toBe('Its process ended with exit code 7.');
    expect(seen.rosenbrock.status).toBe('passed');
  }, 120_000);

  test('a promise that a strategy leaves rejected fails the check, with its message', async () => {
    const registered = new URL('../../strategies/random-search.js', import.meta.url).href;
    const source = `import { randomSearch } from '${registered}';
export const forgetful = { ...randomSearch, name: 'forgetful', tell() { void Promise.reject(new TypeError('a forgotten await')); } };`;
    writeFileSync(join(folder.path, 'forgetful.mjs'), source);
    const { code, stdout } = await run('./forgetful.mjs', '--only', 'contract,seed,stop', '--json');
    expect(code).toBe(1);
    const report = JSON.parse(stdout) as Report;
    expect(report.checks.map(({ name, status }) => [name, status])).toEqual([
      ['contract', 'passed'],
      ['stop', 'failed'],
      ['seed', 'failed'],
    ]);
    const told = /^Its process ended with exit code 1 \(Unhandled rejection: TypeError: a forgotten await \(forgetful\.mjs:2:\d+\)\)\.$/;
    for (const { detail } of report.checks.slice(1)) expect(detail).toMatch(told);
  }, 60_000);

  test('prints for people what failed, on what input, and the line that shows it again', async () => {
    const { code, stdout } = await run(testStrategy('patchy'), '--only', 'bounds,contract');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^patchy: Random search with holes\n\npassed {2}contract /);
    expect(stdout).toMatch(/\nFAILED {2}bounds +StrategyError: patchy failed in ask/);
    expect(stdout).toMatch(/\n +claim {2}asks only points inside the bounds/);
    expect(stdout).toMatch(/\n +input {2}minimize sum \(x - 100\)\^2 within/);
    expect(stdout).toMatch(/\n +again {2}npx zeroth check .*patchy\.js --only bounds\n/);
    expect(stdout).toMatch(/\n1 passed, 1 failed, 0 do not apply\n$/);
  }, 60_000);

  test.each([
    [['psoo'], 2, 'Unknown strategy "psoo". Did you mean pso'],
    [['./not-there.js'], 2, 'There is no file'],
    [['pso', '--only', 'spheer'], 2, 'There is no check "spheer". Did you mean sphere? The checks are contract, givens, stop,'],
    [['pso', '--only', ','], 2, '--only must name checks'],
    [['pso', '--time-limit', '0'], 2, '--time-limit must be a number above 0; got "0".'],
    [['./ends.mjs'], 1, 'The strategy ./ends.mjs cannot be loaded: its process ended with exit code 5.'],
    [['./hangs.mjs', '--time-limit', '2'], 1, 'cannot be loaded: its process took longer than the time limit of 2 s'],
    [['./throws.mjs'], 1, 'The strategy ./throws.mjs cannot be loaded: thrown while loading'],
  ])('%j is refused', async (args, exitCode, message) => {
    writeFileSync(join(folder.path, 'ends.mjs'), 'process.exit(5);');
    writeFileSync(join(folder.path, 'hangs.mjs'), 'for (;;) {}');
    writeFileSync(join(folder.path, 'throws.mjs'), "throw new Error('thrown while loading');");
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('ends at Ctrl-C with 130, and leaves no process behind', async () => {
    const { child, ended } = start(['check', testStrategy('patchy'), '--only', 'contract,failures'], folder.path);
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    await until(() => printed.includes('contract'));
    process.kill(-Number(child.pid), 'SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(stdout).toContain('1 passed, 0 failed, 0 do not apply, 1 not run');
    expect(() => process.kill(-Number(child.pid), 0)).toThrow('ESRCH');
  }, 60_000);
});
