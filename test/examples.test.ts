/** Every program of examples/ runs and prints what it promises. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { CheckResult } from '../src/testing/conformance.js';

const folder = new URL('../examples/', import.meta.url);
const run = promisify(execFile);

/** What the last number of an example's output must satisfy; each example has an entry. */
const promises: Readonly<Record<string, { readonly says: RegExp; readonly holds: (last: number) => boolean }>> = {
  // 50,000 evaluations bring five-dimensional Rosenbrock below its value at the origin, 4, by far.
  function: { says: /^\w+ after \d+ evaluations: loss (\S+)$/m, holds: (loss) => loss >= 0 && loss < 1 },
  // A third of the test part is right by chance.
  network: { says: /^pso: (\S+) % of the test part right$/m, holds: (percent) => percent > 80 },
  // A virginica with petals of 6 x 2.5 cm: no versicolor of Fisher's has petals as long, or as wide.
  predict: { says: /^virginica with probability (\S+)$/m, holds: (probability) => probability > 0.5 && probability <= 1 },
  'ask-and-tell': { says: /^loss (\S+) at/m, holds: (loss) => loss >= 0 && loss < 1e-4 },
  // Uniform points in the box have a mean loss above 80.
  'own-strategy-in-code': { says: /^loss (\S+)$/m, holds: (loss) => loss >= 0 && loss < 20 },
};

describe.each(
  readdirSync(folder)
    .filter((file) => file.endsWith('.js') && file !== 'own-strategy.js')
    .map((file) => file.slice(0, -3)),
)('examples/%s', (name) => {
  test('runs and prints its result', async () => {
    const { stdout, stderr } = await run(process.execPath, [fileURLToPath(new URL(`${name}.js`, folder))]);
    expect(stderr).toBe('');
    expect(promises).toHaveProperty([name]);
    const { says, holds } = promises[name];
    const found = says.exec(stdout);
    expect(found).not.toBeNull();
    expect(holds(Number(found?.[1]))).toBe(true);
  }, 60_000);
});

test('examples/own-strategy is found by its path, and passes the conformance kit', async () => {
  const child = fileURLToPath(new URL('./conformance-child.js', import.meta.url));
  const { stdout } = await run(process.execPath, [child, fileURLToPath(new URL('own-strategy.js', folder))]);
  const results = JSON.parse(stdout) as CheckResult[];
  expect(results.filter(({ status }) => status === 'passed').length).toBeGreaterThan(8);
  expect(results.filter(({ status }) => status === 'failed').map(({ name, detail }) => `${name}: ${detail}`)).toEqual([]);
}, 120_000);
