/** Objectives of users, good and bad, each in a process of its own. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EngineError, UsageError } from '../../src/core/errors.js';
import { minimize } from '../../src/core/minimize.js';
import { densePopulation } from '../../src/core/population.js';
import { ModuleRunner } from '../../src/problems/module/runner.js';
import { findProblem } from '../../src/problems/registry.js';
import { performRun } from '../../src/study/perform.js';
import { ProblemCache } from '../../src/study/problem-cache.js';
import { findStrategy } from '../../src/study/strategy-registry.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zeroth-module-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
async function idOf(source: string, settings = ''): Promise<string> {
  const file = join(folder, `objective-${++files}.mjs`);
  await writeFile(file, source);
  return `module(file=${file}${settings})`;
}

/** Losses of `points`, asked as one population. */
async function ask(id: string, points: readonly (readonly number[])[]) {
  const objective = await (await findProblem(id)).open({ seed: 1, provider: 'cpu', threads: 1 });
  try {
    const population = densePopulation(objective.space, points.length);
    population.values.set(points.flat());
    const out = new Float64Array(points.length);
    await objective.losses(population, 0, out);
    return { losses: [...out], failures: objective.failures?.() };
  } finally {
    await objective.close?.();
  }
}

const line = [0, 1, 2, 3, 4].map((x) => [x, 10]);
const squares = [100, 101, 104, 109, 116]; // x^2 + 10^2

describe('an objective that works', () => {
  const bodies: Record<string, string> = {
    'loss of a candidate': 'loss: (x) => x[0] ** 2 + x[1] ** 2',
    'loss, asynchronous': 'async loss(x) { await null; return x[0] ** 2 + x[1] ** 2; }',
    'losses of a population':
      'losses: ({ size, dimension, values }) => Array.from({ length: size }, (_, p) => values[p * dimension] ** 2 + values[p * dimension + 1] ** 2)',
    'losses, asynchronous, as a typed array':
      'async losses({ size, values }) { return Float64Array.from({ length: size }, (_, p) => values[2 * p] ** 2 + values[2 * p + 1] ** 2); }',
  };
  test.each(Object.entries(bodies))('%s', async (_, body) => {
    const id = await idOf(`export default { dimension: 2, ${body} };`);
    expect(await ask(id, line)).toEqual({ losses: squares, failures: undefined });
  });

  test('its dimension, bounds, optimum and title are taken over; its text is a fact, so that a changed one is run again', async () => {
    const source = "export default { dimension: 2, title: 'Mine', optimum: -1, bounds: [[-5, 5], [0, Infinity]], loss: (x) => x[0] }; //";
    const [first, second] = [await findProblem(await idOf(source)), await findProblem(await idOf(`${source} changed`))];
    expect(first).toMatchObject({ title: 'Mine', dimension: 2, optimum: -1, kind: 'function' });
    expect(await first.facts()).toMatchObject({ bounds: 'x1:-5..5, x2:0..inf', optimum: -1 });
    expect((await first.facts()).hash).not.toBe((await second.facts()).hash);
    const { space } = await first.open({ seed: 1, provider: 'cpu', threads: 1 });
    expect([...(space.bounds?.lower ?? [])]).toEqual([-5, 0]);
  });

  test('one pair of bounds is for every coordinate', async () => {
    const problem = await findProblem(await idOf('export default { dimension: 3, bounds: [-1, 2], loss: () => 0 };'));
    expect(await problem.facts()).toMatchObject({ bounds: 'x1:-1..2, x2:-1..2, x3:-1..2' });
  });

  test('no more calls are under way than concurrency allows, and as many are', async () => {
    const body = `let now = 0;
      export default { dimension: 1, async loss() { now++; await new Promise((r) => setTimeout(r, 100)); const seen = now; await null; now--; return seen; } };`;
    const points = [[0], [0], [0], [0], [0], [0], [0]];
    const most = async (settings: string) => Math.max(...(await ask(await idOf(body, settings), points)).losses);
    expect(await most('')).toBe(1);
    expect(await most(',concurrency=3')).toBe(3);
  });
});

describe('an objective that fails somewhere', () => {
  const found = (x: string) => `export default { dimension: 2, loss(x) { if (x[0] === 3) { ${x} } return x[0] ** 2 + x[1] ** 2; } };`;
  const others = [100, 101, 104, Number.NaN, 116];

  test('by throwing', async () => {
    const id = await idOf(found("throw new RangeError('no three');"));
    expect(await ask(id, line)).toEqual({ losses: others, failures: 'Evaluations failed: 1 x RangeError: no three.' });
  });

  test('by ending the process', async () => {
    const { losses, failures } = await ask(await idOf(found('process.exit(7);')), line);
    expect(losses).toEqual(others);
    expect(failures).toBe('Evaluations failed: 1 x its process ended with exit code 7.');
  });

  test('by a crash', async () => {
    const { losses, failures } = await ask(await idOf(found("process.kill(process.pid, 'SIGSEGV'); for (;;);")), line);
    expect(losses).toEqual(others);
    expect(failures).toMatch(/1 x its process ended with signal SIGSEGV/);
  });

  test('by an error that nobody catches', async () => {
    const later = 'return new Promise(() => setTimeout(() => { throw new TypeError("later"); }));';
    const { losses, failures } = await ask(await idOf(found(later)), line);
    expect(losses).toEqual(others);
    expect(failures).toMatch(/1 x its process ended with exit code 1 \(TypeError: later\)/);
  });

  test('by an endless loop', async () => {
    const { losses, failures } = await ask(await idOf(found('for (;;);'), ',timeout=0.3'), line);
    expect(losses).toEqual(others);
    expect(failures).toBe('Evaluations failed: 1 x it took longer than 0.3 s.');
  }, 30_000);

  test('by a promise that never settles', async () => {
    const { losses, failures } = await ask(await idOf(found('return new Promise(() => {});'), ',timeout=0.3,concurrency=2'), line);
    expect(losses).toEqual(others);
    expect(failures).toBe('Evaluations failed: 1 x it took longer than 0.3 s.');
  }, 30_000);

  test('by a loss that is not a number: NaN is a failed evaluation', async () => {
    expect((await ask(await idOf(found('return NaN;')), line)).losses).toEqual(others);
  });

  test('a population that fails fails whole, the next one does not', async () => {
    const body = 'losses({ size, values }) { if (values.includes(3)) process.exit(1); return new Array(size).fill(5); }';
    const problem = await findProblem(await idOf(`export default { dimension: 2, ${body} };`));
    const objective = await problem.open({ seed: 1, provider: 'cpu', threads: 1 });
    const losses = async (points: number[][]) => {
      const population = densePopulation(objective.space, points.length);
      population.values.set(points.flat());
      const out = new Float64Array(points.length);
      await objective.losses(population, 0, out);
      return [...out];
    };
    expect(await losses(line)).toEqual(line.map(() => Number.NaN));
    expect(await losses(line.slice(0, 2))).toEqual([5, 5]);
    await objective.close?.();
  });
});

test('a run counts failed evaluations, goes on, and its record says why', async () => {
  const source =
    'export default { dimension: 2, bounds: [-5, 5], optimum: 0, loss(x) { if (x[0] > 3) process.exit(3); return x[0] ** 2 + x[1] ** 2; } };';
  const strategy = { name: 'random-search', options: {} };
  const settings = {
    problem: await idOf(source),
    strategy,
    seed: 1,
    budget: { evaluations: 60 },
    bounds: 'clip' as const,
    provider: 'cpu',
    threads: 1,
  };
  const run = await performRun({ id: 'x', settings }, new ProblemCache(), {});
  expect(run?.status).toBe('done');
  expect(run?.cost.evaluations).toBe(60);
  expect(run?.cost.failed).toBeGreaterThan(2); // a fifth of the box: 12 of 60 expected
  expect(run?.error).toBe(`Evaluations failed: ${run?.cost.failed} x its process ended with exit code 3.`);
  expect(run?.final.loss).toBeLessThan(5);
}, 60_000);

test('the same candidates in the same order as a function in this process', async () => {
  const id = await idOf('export default { dimension: 3, bounds: [-5, 5], loss: (x) => x[0] ** 2 + 3 * x[1] ** 2 + x[2] ** 4 };');
  const strategy = await findStrategy('pso');
  const objective = await (await findProblem(id)).open({ seed: 1, provider: 'cpu', threads: 1 });
  const outside = await minimize(objective, strategy, { budget: { evaluations: 2000 }, seed: 3 });
  await objective.close?.();
  const inside = await minimize((x) => x[0] ** 2 + 3 * x[1] ** 2 + x[2] ** 4, strategy, {
    space: objective.space,
    budget: { evaluations: 2000 },
    seed: 3,
  });
  expect(outside.best).toEqual(inside.best);
  expect(outside.trace.loss).toEqual(inside.trace.loss);
});

describe('a module that cannot be used is refused in words', () => {
  const object = (body: string) => `export default { ${body} };`;
  const loss = 'loss: () => 0';
  const bad: [string, string, RegExp][] = [
    ['no default export', 'export const x = 1;', /default export that is an object.*it has none/],
    ['a default export of another kind', 'export default (x) => 0;', /it has function/],
    ['no dimension', object(loss), /dimension, a whole number.*gives undefined/],
    ['a dimension that is no whole number', object(`dimension: 2.5, ${loss}`), /gives 2.5/],
    ['no function', object('dimension: 2'), /loss\(x\) or losses\(population\); it has neither/],
    ['both functions', object(`dimension: 2, ${loss}, losses: () => []`), /it has both/],
    ['bounds of another length', object(`dimension: 2, bounds: [[0, 1], [0, 1], [0, 1]], ${loss}`), /a list of 2 such pairs/],
    ['bounds the wrong way round', object(`dimension: 2, bounds: [5, -5], ${loss}`), /low below high/],
    ['an optimum that is no number', object(`dimension: 2, optimum: '0', ${loss}`), /optimum "0"/],
    ['an error of syntax', 'export default {', /cannot be loaded: SyntaxError/],
    ['a throw while loading', "throw new Error('not today');", /cannot be loaded: Error: not today/],
    ['a process that ends while loading', 'process.exit(4);', /cannot be loaded: its process ended with exit code 4/],
  ];
  test.each(bad)('%s', async (_, source, reason) => {
    const refused = findProblem(await idOf(source));
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(reason);
  });

  test.each([
    ['module', /names no file/],
    ['module(file=nowhere.js)', /nowhere.js cannot be read: there is no such file/],
    ['module(file=x.js,timeout=0)', /timeout .* got "0"/],
    ['module(file=x.js,concurrency=1.5)', /concurrency .* whole number/],
    ['module(file=x.js,speed=1)', /has "speed"/],
  ])('%s', async (id, reason) => {
    await expect(findProblem(id)).rejects.toThrow(UsageError);
    await expect(findProblem(id)).rejects.toThrow(reason);
  });

  test.each([
    ['too few losses', 'losses: ({ size }) => new Array(size - 1).fill(0)', /one loss for each of the 5 candidates; it returned 4/],
    ['losses that are no list', 'losses: () => 3', /a list of numbers; it returned 3/],
    ['text among the losses', "losses: ({ size }) => new Array(size).fill('1')", /the loss of candidate 1 is "1"/],
    ['a loss that is no number', 'loss: () => undefined', /loss\(x\) must return a number; it returned undefined/],
    ['a promise of no number', "loss: async () => 'low'", /it returned "low"/],
  ])('%s', async (_, body, reason) => {
    const asked = ask(await idOf(object(`dimension: 2, ${body}`)), line);
    await expect(asked).rejects.toThrow(UsageError);
    await expect(asked).rejects.toThrow(reason);
  });

  test('one that ends its process at every candidate ends the run', async () => {
    const file = /file=(.*)\)/.exec(await idOf(object('dimension: 1, loss: () => process.exit(1)')))?.[1] ?? '';
    const runner = new ModuleRunner({ file, written: 'mine.mjs', timeout: 10, concurrency: 1, endsInARow: 3 });
    const asked = runner.losses(new Float64Array(5), new Float64Array(5));
    await expect(asked).rejects.toThrow(EngineError);
    await expect(asked).rejects.toThrow('mine.mjs ended its process 3 times in a row; the last time: its process ended with exit code 1.');
    runner.close();
  });
});

test('a terminal interrupt does not reach its process, not even while it starts: it has a group of its own', async () => {
  const source = `import { execFileSync } from 'node:child_process';
    import { readFileSync } from 'node:fs';
    const group = () => process.platform === 'linux'
      ? readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')[2]
      : execFileSync('ps', ['-o', 'pgid=', '-p', String(process.pid)]);
    export default { dimension: 1, loss: () => Math.abs(Number(group()) - process.pid) };`;
  const { losses } = await ask(await idOf(source), [[0]]);
  if (process.platform !== 'win32') expect(losses).toEqual([0]);
});

test('an endless loop does not outlive the process that asked', async () => {
  const id = await idOf(
    `import { writeFileSync } from 'node:fs';
     export default { dimension: 1, loss() { writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid)); for (;;); } };`,
    ',timeout=1000',
  );
  const registry = new URL('../../src/problems/registry.js', import.meta.url).href;
  const program = `
    const { findProblem } = await import(${JSON.stringify(registry)});
    const objective = await (await findProblem(${JSON.stringify(id)})).open({ seed: 1, provider: 'cpu', threads: 1 });
    await objective.losses({ size: 1, dimension: 1, values: new Float64Array(1) }, 0, new Float64Array(1));`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
  const pid = async () => Number(await readFile(join(folder, 'pid'), 'utf8').catch(() => ''));
  while ((await pid()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const child = await pid();
  const alive = () => {
    try {
      return process.kill(child, 0);
    } catch {
      return false;
    }
  };
  expect(alive()).toBe(true);
  parent.kill('SIGKILL');
  while (alive()) await new Promise((resolve) => setTimeout(resolve, 100));
}, 30_000);
