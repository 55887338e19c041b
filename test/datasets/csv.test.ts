import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DataError } from '../../src/core/errors.js';
import { type CsvOptions, readCsv } from '../../src/datasets/csv.js';
import { parseCsv } from '../../src/datasets/csv-text.js';

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'zeroth-csv-'));
  file = path.join(folder, 'flowers.csv');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function read(text: string, options: Partial<CsvOptions> = {}) {
  writeFileSync(file, text);
  const set = readCsv(file, { label: 'y', ...options });
  if (!('pool' in set.parts)) throw new Error('expected a pool');
  return { ...set, pool: set.parts.pool };
}

describe('CSV text', () => {
  test('quoted fields may hold separators, quotes and line breaks; lines are counted as in the file', () => {
    expect(parseCsv('a,"b,1"\r\n"x ""y""","two\nlines"\r\n\r\n1,2', 'f')).toEqual([
      { line: 1, cells: ['a', 'b,1'] },
      { line: 2, cells: ['x "y"', 'two\nlines'] },
      { line: 5, cells: ['1', '2'] },
    ]);
  });

  test.each([',', ';', '\t', '|'])('the separator %j is recognized', (separator) => {
    expect(parseCsv(`\ufeff"a, b; c"${separator}d\n1${separator}2\n`, 'f').map((record) => record.cells)).toEqual([
      ['a, b; c', 'd'],
      ['1', '2'],
    ]);
  });

  test('whatever is written by the rules is read back', () => {
    const cell = fc.string().map((text) => text.trim());
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n');
        expect(parseCsv(text, 'f').map((record) => record.cells)).toEqual(rows);
      }),
    );
  });
});

describe('CSV data sets', () => {
  test('text labels are classes in order of their names', () => {
    const set = read('a,b,y\n1,2.5,cat\n3,4,ant\n-5,1e1,cat\n.5,0,ant\n');
    expect(set).toMatchObject({ kind: 'classification', inputShape: [2], outputs: 2, classes: ['ant', 'cat'], features: ['a', 'b'] });
    expect([...set.pool.inputs]).toEqual([1, 2.5, 3, 4, -5, 10, 0.5, 0]);
    expect([...set.pool.targets]).toEqual([1, 0, 1, 0]);
  });

  test('whole numbers as labels are classes in order of their values, wherever the column stands', () => {
    const set = read('y,a\n10,1\n9,2\n10,3\n9,4\n');
    expect(set.classes).toEqual(['9', '10']);
    expect([...set.pool.targets]).toEqual([1, 0, 1, 0]);
  });

  test('fractions as labels are a regression, unless the caller says otherwise', () => {
    const text = 'a,y\n1,0.5\n2,1\n3,0.5\n4,1\n';
    expect(read(text)).toMatchObject({ kind: 'regression', outputs: 1, targets: ['y'] });
    expect(read(text, { kind: 'classification' }).classes).toEqual(['0.5', '1']);
  });

  test('more than 20 whole numbers are a regression', () => {
    const rows = Array.from({ length: 21 }, (_, i) => `${i},${i}`).join('\n');
    expect(read(`a,y\n${rows}\n`).kind).toBe('regression');
  });

  test('columns can be left out', () => {
    expect(read('id,a,y\nr1,1,0\nr2,2,1\nr3,3,0\nr4,4,1\n', { drop: ['id'] }).features).toEqual(['a']);
  });

  const rows = '1,2,u\n3,4,v\n5,6,u\n7,8,v\n';
  test.each<[string, string, Partial<CsvOptions>, RegExp]>([
    ['text in a numeric column', `a,b,y\n1,2,u\n3,wet,v\n${rows}`, {}, /flowers\.csv, line 3, column "b" holds "wet".*drop="b"/],
    ['NaN', `a,b,y\n${rows}NaN,2,u\n`, {}, /flowers\.csv, line 6, column "a" holds "NaN"/],
    ['infinity', `a,b,y\n${rows}1,-Infinity,u\n`, {}, /line 6, column "b" holds "-Infinity"/],
    ['a number too large for a float', `a,b,y\n${rows}1,1e300,u\n`, {}, /line 6, column "b" holds "1e300"/],
    ['a missing value', `a,b,y\n${rows}1,,u\n`, {}, /line 6, column "b" is empty/],
    ['a missing label', `a,b,y\n${rows}1,2,\n`, {}, /line 6, column "y" is empty/],
    ['a label that occurs once', `a,b,y\n${rows}1,2,w\n`, {}, /line 6, column "y": the label "w" occurs once/],
    ['a single class', 'a,y\n1,u\n2,u\n3,u\n4,u\n', {}, /every row has the label "u"/],
    [
      'text among the values of a regression',
      'a,y\n1,0.5\n2,1\n3,high\n4,1\n',
      { kind: 'regression' },
      /line 4, column "y" holds "high".*kind=classification/,
    ],
    ['too few rows', 'a,y\n1,u\n2,u\n3,v\n', {}, /holds 3 rows below its header; at least 4/],
    ['nothing', '', {}, /is empty/],
    ['UTF-16', 'a\0,\0y\0\n\0', {}, /is no text in UTF-8: it holds bytes that are zero\. Save it as CSV in UTF-8/],
    ['a row of another length', `a,b,y\n${rows}1,2\n`, {}, /line 6: 2 fields, but the header names 3 columns/],
    ['no such label column', `a,b,z\n${rows}`, {}, /has no column "y"\. Its first line names: a, b, z/],
    ['no such column to drop', `a,b,y\n${rows}`, { drop: ['id'] }, /has no column "id"/],
    ['two columns of one name', `a,a,y\n${rows}`, {}, /two columns are named "a"/],
    ['no features', 'y\nu\nv\nu\nv\n', {}, /no column beside "y"/],
    ['an open quote', `a,b,y\n${rows}"1,2,u\n`, {}, /line 6: a quoted field is never closed/],
  ])('%s is refused: file, line and what to do', (_, text, options, message) => {
    expect(() => read(text, options)).toThrow(DataError);
    expect(() => read(text, options)).toThrow(message);
    expect(() => read(text, options)).toThrow('flowers.csv');
  });

  test('a file that is not there is refused by name', () => {
    expect(() => readCsv(path.join(folder, 'none.csv'), { label: 'y' })).toThrow(/Cannot read .*none\.csv: there is no such file/);
  });
});
