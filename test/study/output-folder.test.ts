import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/core/errors.js';
import { makeFolder } from '../../src/study/make-folder.js';
import { holdOutputFolder } from '../../src/study/output-folder.js';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'zeroth-folder-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a folder', () => {
  test('is made with those above it, also by several at once, and again', async () => {
    const path = join(root, 'a', 'b', 'c', 'd');
    await Promise.all([makeFolder(path), makeFolder(join(path, 'e')), makeFolder(path)]);
    expect(existsSync(join(path, 'e'))).toBe(true);
    await makeFolder(path);
    await makeFolder('.');
  });

  test('cannot be made at or below a file', async () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(file, 'a', 'b'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  const proc = existsSync('/proc/self') ? test : test.skip;
  proc('is refused where the system has a place for none, instead of being tried for ever', async () => {
    await expect(makeFolder('/proc/zeroth/a/b')).rejects.toMatchObject({ code: 'ENOENT' });
    const refused = holdOutputFolder('/proc/zeroth/a', 'study');
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(
      'The output folder /proc/zeroth/a cannot be written: there is no such file or folder (ENOENT). Give another one with --out.',
    );
  });
});

test('a folder that another has is waited for a moment, then refused in words', async () => {
  const path = join(root, 'held');
  mkdirSync(path);
  const first = await holdOutputFolder(path, 'study');
  await expect(holdOutputFolder(path, 'study')).rejects.toThrow('Another process is at work');
  const second = holdOutputFolder(path, 'study');
  setTimeout(() => first.release(), 300);
  (await second).release();
});

test('a folder holds a study or an experiment, and is refused for the other before anything is written there', async () => {
  const [study, experiment] = [join(root, 'study'), join(root, 'experiment')];
  mkdirSync(study);
  writeFileSync(join(study, 'runs.db'), '');
  mkdirSync(experiment);
  writeFileSync(join(experiment, 'lab.json'), '');
  await expect(holdOutputFolder(study, 'experiment')).rejects.toThrow(
    new UsageError(
      `${study} holds a study (runs.db), with which \`zeroth compare\` goes on. Give another folder with --out for an experiment of the laboratory.`,
    ),
  );
  await expect(holdOutputFolder(experiment, 'study')).rejects.toThrow(
    new UsageError(
      `${experiment} holds an experiment of the laboratory (lab.json), with which \`zeroth lab\` goes on. Give another folder with --out for a study.`,
    ),
  );
  expect([readdirSync(study), readdirSync(experiment)]).toEqual([['runs.db'], ['lab.json']]);
  (await holdOutputFolder(study, 'study')).release();
  (await holdOutputFolder(experiment, 'experiment')).release();
});
