import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { commandLine } from '../../src/cli/command-line.js';
import { UsageError } from '../../src/core/errors.js';
import { start, temporaryFolder, testStrategy, until, zeroth } from './zeroth.js';

const folder = temporaryFolder();
const run = (args: string[], input = '') => zeroth(args, folder.path, input);
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the listings', () => {
  test.each(['strategies', 'problems', 'datasets'])('%s are for people and, with --json, for machines', async (command) => {
    const text = await run([command]);
    const json = await run([command, '--json']);
    expect([text.code, json.code]).toEqual([0, 0]);
    const entries = JSON.parse(json.stdout) as { name: string }[];
    expect(entries.length).toBeGreaterThan(2);
    for (const { name } of entries) expect(text.stdout).toContain(name);
  });

  test('one strategy is shown with its options', async () => {
    const { stdout } = await run(['strategies', 'sgd']);
    expect(stdout).toMatch(/momentum +=/);
    expect((await run(['strategies', 'sdg'])).code).toBe(2);
    expect((await run(['strategies'])).stdout).toContain('restarted(NAME)');
    expect((await run(['strategies', 'restarted(sgd)'])).stdout).toContain('patience');
    const all = JSON.parse((await run(['strategies', '--json'])).stdout) as { name: string; options: { name: string }[] }[];
    const around = all.find(({ name }) => name === 'restarted(NAME)');
    expect(around?.options.map(({ name }) => name)).toEqual(['maximumRestarts', 'patience']);
  });

  test('doctor says what auto takes and why', async () => {
    const { code, stdout } = await run(['doctor', '--json']);
    expect(code).toBe(0);
    const { auto, providers } = JSON.parse(stdout) as {
      auto: { provider: string; reason: string };
      providers: { provider: string; works: boolean }[];
    };
    expect(providers.find(({ provider }) => provider === auto.provider)?.works).toBe(true);
    expect((await run(['doctor'])).stdout).toContain('auto takes');
  });
});

describe('zeroth evaluate', () => {
  test('gives one loss', async () => {
    // 3-D Rastrigin, centred at the origin: f(1, 0, -2) = 1 + 4 + 0 by periodicity
    const { code, stdout } = await run(['evaluate', 'rastrigin:d3:centred', '--at', '1,0,-2']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { loss: number }).loss).toBeCloseTo(5, 10);
  });

  test.each([
    [['evaluate', 'sphere:d2'], 'Give the point: --at 0,0,...'],
    [['evaluate', 'sphere:d2', '--at', '1'], 'sphere:d2 has 2 coordinates; --at gives 1.'],
    [['evaluate', 'sphere:d2', '--at', '1,x'], 'Coordinate 2 of --at is not a finite number.'],
    [['evaluate', 'sphre:d2', '--at', '1,2'], 'Did you mean sphere?'],
    [['evaluate', 'sphere:d2', '--at', '1,2', '--provider', 'gpu'], 'Unknown provider "gpu".'],
  ])('refuses %j', async (args, message) => {
    const refused = commandLine().parseAsync(args, { from: 'user' });
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(message);
  });

  test('answers a stream line by line, in order, and a wrong line harms no other', async () => {
    const input = [
      { problem: 'sphere:d2:centred', at: [3, 4] },
      { problem: 'sphere:d2:centred', at: [3] },
      { problem: 'shere:d2', at: [3, 4] },
      { problem: 'rastrigin:d1:centred', at: [2] },
      { problem: 'sphere:d2:centred', at: [3, null] },
      { at: [1] },
      { problem: 'sphere:d2:centred', at: [0, 0] },
    ].map((line) => JSON.stringify(line));
    const { code, stdout } = await run(['evaluate', '-'], `${input.join('\n')}\n\nno json\n\n`);
    expect(code).toBe(0);
    const answers = lines(stdout);
    expect(answers).toHaveLength(8);
    expect(answers[0]).toEqual({ loss: 25 });
    expect(answers[1]).toEqual({ error: 'sphere:d2:centred has 2 coordinates; at gives 1.', line: 2 });
    expect(answers[2]).toEqual({ error: expect.stringContaining('Did you mean sphere?'), line: 3 });
    expect((answers[3] as { loss: number }).loss).toBeCloseTo(4, 10);
    expect(answers[4]).toEqual({ error: 'Coordinate 2 of at is not a finite number.', line: 5 });
    expect(answers[5]).toEqual({ error: 'A line must be {"problem": id, "at": [numbers]}.', line: 6 });
    expect(answers[6]).toEqual({ loss: 0 });
    expect(answers[7]).toEqual({ error: expect.stringContaining('The line is not JSON'), line: 9 }); // an empty line before it;
  });

  test('says why a loss is null', async () => {
    const formula = ['evaluate', '--expression', 'log(x)', '--bounds', 'x:-5..5', '--at'];
    const losses = await Promise.all(['1', '0', '-1'].map(async (at) => JSON.parse((await run([...formula, at])).stdout) as unknown));
    const null_ = (loss: string) => ({ loss: null, why: `the loss here is ${loss}, which JSON cannot hold` });
    expect(losses).toEqual([{ loss: 0 }, null_('-Infinity'), null_('NaN')]);
  });

  test('answers a thousand points in order', async () => {
    const input = Array.from({ length: 1000 }, (_, i) => JSON.stringify({ problem: 'sphere:d1:centred', at: [i / 256] }));
    const answers = lines((await run(['evaluate', '-'], input.join('\n'))).stdout);
    expect(answers).toEqual(Array.from({ length: 1000 }, (_, i) => ({ loss: (i / 256) ** 2 })));
  });
});

describe('zeroth train', () => {
  test('prints what came of one run', async () => {
    const { code, stdout, stderr } = await run([
      'train',
      'sphere:d2',
      '--strategy',
      'sgd:learningRate=0.1',
      '--evaluations',
      '100',
      '--quiet',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/gradients +100\n/);
  });

  test('says what a run that diverged did, and what it keeps', async () => {
    const strategy = `${testStrategy('ill-behaved')}(does=ask NaN later)`;
    const { code, stdout } = await run(['train', 'sphere:d3', '--strategy', strategy, '--evaluations', '100', '--quiet']);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'stopped by diverged: it asked for a number that is not finite after 10 evaluations; what follows is the best until then',
    );
  });

  test.each([
    [['train', 'sphere:d2', '--strategy', 'sgd'], 'Give a budget'],
    [['train', 'sphere:d2', '--strategy', 'sgd', '--evaluations', '5', '--save', 'model.onnx'], 'sphere:d2 is not a network'],
    [
      ['train', 'iris', '--strategy', 'sgd', '--evaluations', '5', '--save', 'no/such/model.onnx'],
      'there is no folder no/such. Make it first.',
    ],
    [['train', 'iris', '--strategy', 'sgd', '--evaluations', '5', '--save', 'src'], '--save src is a folder.'],
    [
      ['train', 'iris', '--strategy', 'sgd', '--evaluations', '5', '--save', '/proc/x.onnx'],
      '--save /proc/x.onnx cannot be written: there',
    ],
    [['train', 'sphere:d2', '--strategy', 'sgd', '--evaluations', '5', '--provider', 'gpu'], 'Unknown provider "gpu". Did you mean cpu'],
    [['train', 'sphere:d2', '--strategy', 'pso:swarmSize', '--evaluations', '5'], '"swarmSize" in "pso:swarmSize" is no option: give it'],
    [['train', '', '--strategy', 'sgd', '--evaluations', '5'], 'Unknown problem "". `zeroth problems` lists'],
    [['train', 'sphere:d2', '--strategy', 'sgd', '--evaluations', '5', '--bounds', 'wrap'], '--bounds must be one of'],
    [['train', 'sphere:d2', '--strategy', 'sgd(momentum=2)', '--evaluations', '5'], 'sgd.momentum must be'],
  ])('refuses %j', async (args, message) => {
    const refused = commandLine().parseAsync(args, { from: 'user' });
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(message);
  });

  test('that found no finite loss exits with 1, after its result', async () => {
    const nowhere = ['--expression', 'log(x)', '--bounds', 'x:-5..-1', '--evaluations', '20', '--quiet'];
    for (const strategy of ['random-search', testStrategy('patchy')]) {
      const { code, stdout } = await run(['train', ...nowhere, '--strategy', strategy]);
      expect([code, stdout]).toEqual([1, expect.stringMatching(/best loss +none\n/)]);
    }
  });
});

describe('a strategy of the user’s own', () => {
  const train = ['train', 'sphere:d2', '--evaluations', '500', '--quiet', '--strategy'];

  test('that ends its process when it is loaded, or in a run, is named, with exit code 1', async () => {
    writeFileSync(join(folder.path, 'leaves.mjs'), 'process.exit(0);');
    const told = 'its process ended with exit code';
    const left = { code: 1, stdout: '', stderr: `zeroth: The strategy ./leaves.mjs gave no result: ${told} 0.\n` };
    expect(await run([...train, './leaves.mjs'])).toMatchObject(left);
    const listed = { code: 1, stdout: '', stderr: `zeroth: The strategy ./leaves.mjs cannot be loaded: ${told} 0.\n` };
    expect(await run(['strategies', './leaves.mjs'])).toMatchObject(listed);
    const inRun = await run([...train, `${testStrategy('failing')}(how=exit)`]);
    expect([inRun.code, inRun.stderr]).toEqual([1, expect.stringContaining(`gave no result: ${told}`)]);
  });

  test('that computes for ever ends with the second interrupt', async () => {
    const log = join(folder.path, 'hangs');
    const { child, ended } = start([...train, `${testStrategy('failing')}(how=hang,log=${JSON.stringify(log)})`], folder.path);
    await until(() => existsSync(log));
    child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    const running = Number(readFileSync(log, 'utf8'));
    await until(() => !isRunning(running));
  });

  test('is trained and listed as any other, with its options and its errors', async () => {
    const own = testStrategy('patchy');
    const { code, stdout } = await run([...train, own]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/evaluations +500\n/)]);
    expect((await run(['strategies', own])).stdout).toContain('For problems with losses alone');
    const refused = await run([...train, `${own}(size=7)`]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('has no option "size"')]);
    const missing = await run([...train, './none.mjs']);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('There is no file ')]);
  });
});

test('an unknown command is refused with the nearest one', async () => {
  const { code, stderr } = await run(['compar']);
  expect(code).toBe(2);
  expect(stderr).toContain('compare');
});

test('--help and --version exit with 0', async () => {
  expect((await run(['--help'])).code).toBe(0);
  expect((await run(['train', '--help'])).stdout).toContain('seed of the run (default: 1)');
  expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
