import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { words } from '../../reports/lab/words.js';
import { halfWidth, spaced, withSpacedChinese } from '../../src/lab/chinese.js';
import { allExperiments } from '../../src/lab/registry.js';
import type { Text } from '../../src/lab/text.js';

const records = new URL('../../../docs/experiments/', import.meta.url);

/** Every Text within the data. */
function textsIn(data: unknown): Text[] {
  if (typeof data !== 'object' || data === null) return [];
  const { en, zh } = data as Partial<Text>;
  if (typeof en === 'string' && typeof zh === 'string') return [{ en, zh }];
  return Object.values(data).flatMap(textsIn);
}

/** What is wrong with the Chinese of these texts. */
function faultsOf(texts: readonly string[]): string[] {
  return texts.flatMap((zh) => [
    ...(spaced(zh) === zh ? [] : [`spaces: ${zh}`]),
    ...halfWidth(zh).map((around) => `half-width: ${around}`),
  ]);
}

test.each([
  ['用10000张图片', '用 10000 张图片'],
  ['比值为0.9 倍', '比值为 0.9 倍'],
  ['用 Adam训练', '用 Adam 训练'],
  ['最好的是 粒子群 ，为 1', '最好的是粒子群，为 1'],
  ['错误率 15%，在±6处', '错误率 15 %，在 ±6 处'],
  ['第 3 / 40 帧', '第 3 / 40 帧'],
  ['（ 4 次 ）', '（4 次）'],
])('%j is set as %j', (given, set) => {
  expect(spaced(given)).toBe(set);
  expect(spaced(set)).toBe(set);
});

test('half-width punctuation beside Chinese letters is found, between Latin ones it is none of ours', () => {
  expect(halfWidth('粒子群(PSO)')).toHaveLength(1);
  expect(halfWidth('均值,中位数')).toHaveLength(1);
  expect(halfWidth('784-30-10，w = 0.729 (S. Hochreiter 1991, S)')).toEqual([]);
});

test('findings get their spaces whatever stands in their sentences; the English stays', () => {
  const data = { checks: [{ ours: { en: 'is 3%', zh: '为3个' }, value: 3 }], because: 'x为3' };
  expect(withSpacedChinese(data)).toEqual({ checks: [{ ours: { en: 'is 3%', zh: '为 3 个' }, value: 3 }], because: 'x为3' });
});

test('the Chinese of every experiment, of the committed runs and of the page’s own words keeps the rule', async () => {
  const experiments = await allExperiments();
  for (const { name, title, claim, method, refutation } of experiments)
    expect([name, ...faultsOf([title, claim, method, refutation].map(({ zh }) => zh))]).toEqual([name]);
  for (const file of readdirSync(records).filter((name) => name.endsWith('.json'))) {
    const texts = textsIn(JSON.parse(readFileSync(new URL(file, records), 'utf8'))).map(({ zh }) => zh);
    expect(texts.length).toBeGreaterThan(10);
    expect([file, ...faultsOf(texts)]).toEqual([file]);
  }
  const own = words('zh');
  const said = Object.values(own as unknown as Record<string, unknown>)
    .flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : [value]))
    .filter((value) => typeof value === 'string');
  expect(said.length).toBeGreaterThan(40);
  expect(faultsOf([...said, own.held(3, 5), own.held(5, 5), own.fullForm(undefined), own.fullForm('reproduced'), own.classOf(1)])).toEqual(
    [],
  );
});

test('no line of the experiments’ sources, of the page’s or of the command’s has half-width punctuation beside Chinese letters', () => {
  const dist = fileURLToPath(new URL('../../', import.meta.url));
  const files = ['experiments', 'reports/lab', 'src/cli'].flatMap((folder) =>
    readdirSync(join(dist, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .map((file) => join(folder, file)),
  );
  const chinese = files
    .flatMap((file) => readFileSync(join(dist, file), 'utf8').split('\n'))
    .filter((line) => /[\u4e00-\u9fff]/.test(line));
  expect(chinese.length).toBeGreaterThan(300);
  expect(chinese.flatMap(halfWidth)).toEqual([]);
});
