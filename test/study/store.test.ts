import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'libsql';
import { StoreError } from '../../src/core/errors.js';
import { failedRun } from '../../src/study/executor.js';
import { readResults } from '../../src/study/read-results.js';
import { rowOf, type StoredRun } from '../../src/study/run-row.js';
import { RunStore } from '../../src/study/store.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zeroth-store-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const settings = {
  problem: 'sphere:d2',
  strategy: { name: 'sgd', options: { learningRate: 0.1 } },
  seed: 1,
  budget: { evaluations: 10 },
  bounds: 'clip',
  provider: 'cpu',
  threads: 1,
} as const;
const done: StoredRun = {
  ...failedRun({ id: 'a', settings }, ''),
  status: 'done',
  stop: 'evaluations',
  final: { loss: 0.25 },
  best: new Uint8Array(new Float64Array([0.5, -0]).buffer),
};

describe('the store', () => {
  test('gives back what was put in, after it was closed', () => {
    const path = join(folder, 'whole.db');
    const store = RunStore.open(path, true);
    store.addCheckpoint('a', new Uint8Array([1, 2, 3]));
    store.addCheckpoint('b', new Uint8Array([4]));
    expect(store.checkpoint('a')).toEqual(new Uint8Array([1, 2, 3]));
    store.addRuns([done, failedRun({ id: 'c', settings }, 'no data')].map(rowOf));
    store.close();
    const again = RunStore.open(path);
    const { best, error: _, ...rest } = done;
    expect(again.runs().get('a')).toEqual({ ...rest, error: '' });
    expect(again.runs().get('c')).toMatchObject({ status: 'failed', error: 'no data', final: { loss: null } });
    expect(new Float64Array(again.best('a')?.buffer as ArrayBuffer)).toEqual(new Float64Array([0.5, -0]));
    expect(again.best('c')).toBeUndefined();
    expect([...again.finished()]).toEqual(['a']);
    expect(again.checkpoint('a')).toBeUndefined(); // a finished run needs none
    expect(again.checkpoint('b')).toEqual(new Uint8Array([4]));
    expect(() => readResults(again)).toThrow(StoreError); // no study was written to it
    again.close();
  });

  test('that is not there is refused by its path', () => {
    expect(() => RunStore.open(join(folder, 'none.db'))).toThrow(`There is no store at ${join(folder, 'none.db')}`);
  });

  test('refuses a file that is no database, and leaves it as it was', () => {
    const path = join(folder, 'text.db');
    writeFileSync(path, 'these are not the bytes of a database, but plain text');
    expect(() => RunStore.open(path, true)).toThrow(StoreError);
    expect(() => RunStore.open(path, true)).toThrow(/text\.db.*If it was a store, restore it from a copy; else choose another folder/);
    expect(readFileSync(path, 'utf8')).toBe('these are not the bytes of a database, but plain text');
  });

  test('refuses the database of another program', () => {
    const path = join(folder, 'other.db');
    const other = new Database(path);
    other.exec('CREATE TABLE things (a)');
    other.close();
    expect(() => RunStore.open(path, true)).toThrow('is a database of another program');
  });

  test('refuses a store of another format, and a database that holds nothing, by name', () => {
    const path = join(folder, 'newer.db');
    RunStore.open(path, true).close();
    const newer = new Database(path);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    expect(() => RunStore.open(path)).toThrow(/newer\.db has format 99, and this version of Zeroth reads format 1/);
    const empty = join(folder, 'empty.db');
    writeFileSync(empty, '');
    expect(() => RunStore.open(empty)).toThrow(/empty\.db holds no study/);
  });

  test.each([
    ['text that is no JSON', 'trace', '{"evaluations":[1'],
    ['a trace with a column too short', 'trace', '{"evaluations":[1,2],"gradients":[0,0],"samplePasses":[1,2],"seconds":[0],"loss":[1,1]}'],
    ['a trace that is none', 'trace', '{}'],
    ['a cost that is text', 'cost', '{"evaluations":"ten","gradients":0,"samplePasses":10,"failed":0}'],
    ['a final loss that is missing', 'final', '{}'],
    ['a status that there is not', 'status', 'gone'],
  ])('refuses a run whose row is damaged, by file and run: %s', (what, column, value) => {
    const path = join(folder, `damaged ${what}.db`);
    const store = RunStore.open(path, true);
    store.addRuns([rowOf(done)]);
    store.close();
    const database = new Database(path);
    database.prepare(`UPDATE runs SET ${column} = ?`).run(value);
    database.close();
    const opened = RunStore.open(path);
    expect(() => opened.runs()).toThrow(StoreError);
    expect(() => opened.runs()).toThrow(`The store ${path} cannot be used: `);
    if (!what.includes('JSON')) expect(() => opened.runs()).toThrow('the row of run a is damaged');
    opened.close();
  });

  test('says so when the file was cut off', () => {
    const path = join(folder, 'cut.db');
    const store = RunStore.open(path, true);
    store.addRuns(Array.from({ length: 200 }, (_, i) => rowOf({ ...done, id: `${i}` })));
    store.close();
    truncateSync(path, 6000);
    const use = () => {
      const cut = RunStore.open(path);
      return cut.runs();
    };
    expect(use).toThrow(StoreError);
    expect(use).toThrow(/cut\.db/);
  });
});
