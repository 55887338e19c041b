import { execSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import type { AnyStrategy } from '../../src/core/strategy.js';
import { packageEntry } from '../../src/study/package-entry.js';
import { compileCommand } from '../../src/study/plugin-advice.js';
import { PluginProcess } from '../../src/study/plugin-process.js';
import { allStrategies, findStrategy, strategyNames } from '../../src/study/strategy-registry.js';

const folder = mkdtempSync(join(tmpdir(), 'zeroth-registry-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('every file of the folder holds one strategy of its name, with a reference and described options', async () => {
  const strategies = await allStrategies();
  expect(strategies.map(({ name }) => name)).toEqual(strategyNames());
  expect(strategyNames()).toEqual(expect.arrayContaining(['adam', 'random-search', 'sgd']));
});

test('a strategy is found by name, by path, and as itself', async () => {
  const sgd = await findStrategy('sgd');
  expect(sgd.name).toBe('sgd');
  expect(await findStrategy(sgd)).toBe(sgd);
  const path = fileURLToPath(new URL('../../strategies/sgd.js', import.meta.url));
  expect((await findStrategy(path)).name).toBe('sgd');
});

test('restarts and multistart of any strategy are found by name, and one another around them', async () => {
  const path = fileURLToPath(new URL('../../strategies/sgd.js', import.meta.url));
  for (const [given, name] of [
    ['restarted(pso)', 'restarted(pso)'],
    [`restarted(${path})`, 'restarted(sgd)'],
    ['multistart(restarted(nelder-mead))', 'multistart(restarted(nelder-mead))'],
  ]) {
    const { name: found, options } = await findStrategy(given);
    expect(found).toBe(name);
    expect(options.parse({})).toHaveProperty('maximumRestarts');
  }
  await expect(findStrategy('restarted(pos)')).rejects.toThrow('Unknown strategy "pos". Did you mean pso');
  await expect(findStrategy('restarted')).rejects.toThrow('write restarted(NAME)');
  await expect(findStrategy('restart')).rejects.toThrow('Did you mean restarted');
});

test('an unknown name is refused with the nearest ones', async () => {
  await expect(findStrategy('adm')).rejects.toThrow('Unknown strategy "adm". Did you mean adam');
  await expect(findStrategy('no-such-pkg')).rejects.toThrow(
    /^Unknown strategy "no-such-pkg".* Nor is a package of that name found from this folder\.$/,
  );
  for (const [given, inner, name] of [
    ['restarted(sgd,patience=5)', 'sgd,patience=5', 'sgd'],
    ['pso(swarmSize=60)', 'pso(swarmSize=60)', 'pso'],
    ['pso:swarmSize=60', 'pso:swarmSize=60', 'pso'],
  ]) {
    await expect(findStrategy(given)).rejects.toThrow(`"${inner}" has options; a strategy is found by its name alone, "${name}".`);
  }
});

test('a file that is missing, broken, holds no strategy, or was not compiled is refused by name', async () => {
  await expect(findStrategy('./not-there.js')).rejects.toThrow('There is no file');
  await expect(findStrategy(file('broken.mjs', 'export const = 1;'))).rejects.toThrow('broken.mjs cannot be loaded');
  await expect(findStrategy(file('empty.mjs', 'export const a = 1;'))).rejects.toThrow('it exports 0, among: a');
  await expect(findStrategy(file('mine.ts', 'export const a: number = 1;'))).rejects.toThrow('Compile it first');
});

test('the command that an error gives compiles a TypeScript file where a tsconfig.json is, and then it is found', async () => {
  const own = join(folder, 'own');
  mkdirSync(join(own, 'node_modules'), { recursive: true });
  copyFileSync(new URL('../../../examples/own-strategy.ts', import.meta.url), join(own, 'own-strategy.ts'));
  writeFileSync(join(own, 'tsconfig.json'), '{ "compilerOptions": { "noEmit": true } }');
  const path = join(own, 'own-strategy.ts');
  expect(compileCommand(path, own)).toMatch(/^npm install \S+ && /); // the file imports zeroth, which is not there yet
  symlinkSync(fileURLToPath(new URL('../../../', import.meta.url)), join(own, 'node_modules', 'zeroth'), 'dir');
  execSync(compileCommand(path, own), { cwd: own });
  expect(await inProcess(path)).toMatchObject({ name: 'shrinking-steps', defaults: { candidates: 20 } });
}, 60_000);

test('a file that imports a package that is not there is refused with the command that installs it', async () => {
  await expect(inProcess(file('alone.mjs', "import 'no-such-package';"))).rejects.toThrow(
    /^The strategy \S+ cannot be loaded: Cannot find package .* Install it in the folder of the file: npm install no-such-package$/,
  );
});

/** Jest has a way of its own to find modules; this is Node's. */
async function inProcess(path: string): Promise<object> {
  const plugin = new PluginProcess(path, 30);
  try {
    return await plugin.load();
  } finally {
    plugin.close();
  }
}

test('an object that is no strategy is refused', async () => {
  await expect(findStrategy({ name: 'x' } as unknown as AnyStrategy)).rejects.toThrow('got an object with name');
});

test('a package is found as its exports say, also one that only `import` may load', async () => {
  const module = pathToFileURL(fileURLToPath(new URL('../../strategies/sgd.js', import.meta.url))).href;
  const install = (name: string, exports: unknown, files: readonly string[]) => {
    const at = join(folder, 'node_modules', name);
    mkdirSync(at, { recursive: true });
    writeFileSync(join(at, 'package.json'), JSON.stringify({ name, type: 'module', exports }));
    for (const entry of files) writeFileSync(join(at, entry), `export * from ${JSON.stringify(module)};`);
  };
  install('plain', './main.js', ['main.js']);
  install('modern', { '.': { types: './none.d.ts', import: './main.js' }, './more': { import: { node: './more.js' } } }, [
    'main.js',
    'more.js',
  ]);
  install('@mine/owned', { import: './main.js' }, ['main.js']);
  for (const [name, file] of [
    ['plain', 'main.js'],
    ['modern', 'main.js'],
    ['modern/more', 'more.js'],
    ['@mine/owned', 'main.js'],
  ]) {
    const path = packageEntry(name, folder);
    expect(path?.endsWith(join(name.replace('/more', ''), file))).toBe(true);
    expect((await findStrategy(path ?? '')).name).toBe('sgd');
  }
  for (const name of ['absent', 'modern/none', '@mine/owned/none', '@mine']) expect(packageEntry(name, folder)).toBeUndefined();
});
