import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import type { AnyStrategy } from '../../src/core/strategy.js';
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

test('an unknown name is refused with the nearest ones', async () => {
  await expect(findStrategy('adm')).rejects.toThrow('Unknown strategy "adm". Did you mean adam');
});

test('a file that is missing, broken, holds no strategy, or was not compiled is refused by name', async () => {
  await expect(findStrategy('./not-there.js')).rejects.toThrow('There is no file');
  await expect(findStrategy(file('broken.mjs', 'export const = 1;'))).rejects.toThrow('broken.mjs cannot be loaded');
  await expect(findStrategy(file('empty.mjs', 'export const a = 1;'))).rejects.toThrow('it exports 0, among: a');
  await expect(findStrategy(file('mine.ts', 'export const a: number = 1;'))).rejects.toThrow('compile it first');
});

test('an object that is no strategy is refused', async () => {
  await expect(findStrategy({ name: 'x' } as unknown as AnyStrategy)).rejects.toThrow('got an object with name');
});
