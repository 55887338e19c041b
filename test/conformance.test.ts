/**
 * Every strategy of the folder against the whole conformance kit: a new file is covered without a change here.
 * Each runs in a process of its own, as it would for a user; within Jest's sandbox every use of a global is many times slower.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { allStrategies, strategyNames } from '../src/study/strategy-registry.js';
import { type CheckResult, checks } from '../src/testing/conformance.js';

const child = fileURLToPath(new URL('./conformance-child.js', import.meta.url));

test('every strategy is named as its file', async () => {
  expect((await allStrategies()).map(({ name }) => name)).toEqual(strategyNames());
});

/** What combinators make is held to the same. */
const composed = ['restarted(pso)', 'restarted(adam)', 'multistart(pso)'];

describe.each([...strategyNames(), ...composed])('%s', (name) => {
  let running: Promise<CheckResult[]> | undefined;
  const results = () => {
    running ??= promisify(execFile)(process.execPath, [child, name]).then(({ stdout }) => JSON.parse(stdout) as CheckResult[]);
    return running;
  };
  for (const check of checks) {
    test(check.claim, async () => {
      const result = (await results()).find((entry) => entry.name === check.name);
      expect(result).toBeDefined();
      expect(result).not.toMatchObject({ status: 'failed' });
    }, 180_000);
  }
});
