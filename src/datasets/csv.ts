/** Any CSV file as a data set: a header, one named label column, every other column a number. */
import path from 'node:path';
import { DataError } from '../core/errors.js';
import { type CsvRecord, parseCsv } from './csv-text.js';
import { type DatasetKind, type RawDataset, sourceOf } from './dataset.js';
import { readBytes } from './files.js';

export interface CsvOptions {
  /** Name of the column to predict. */
  readonly label: string;
  /** Without it: regression when every label is a number and they are fractions or more than 20 different ones. */
  readonly kind?: DatasetKind;
  /** Columns to leave out, such as row numbers. */
  readonly drop?: readonly string[];
}

const leastRows = 4;
const mostNumericClasses = 20;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads a CSV file. Throws DataError that names the file, the line and the column: text, a missing value or NaN in a numeric
 * column, a record of another length than the header, a class that occurs once, too few rows, a label column that is not there.
 */
export function readCsv(file: string, options: CsvOptions): RawDataset {
  const text = new TextDecoder().decode(readBytes(file));
  if (text.includes('\0')) throw new DataError(`${file} is no text in UTF-8: it holds bytes that are zero. Save it as CSV in UTF-8.`);
  const [header, ...records] = parseCsv(text, file);
  if (!header) throw new DataError(`${file} is empty. Expected a line with the names of the columns, then the rows.`);
  const columns = columnsOf(file, header, options);
  if (records.length < leastRows) {
    throw new DataError(
      `${file} holds ${records.length} rows below its header; at least ${leastRows} are needed for a training and a test part.`,
    );
  }
  for (const { line, cells } of records) {
    if (cells.length !== header.cells.length) {
      throw new DataError(
        `${file}, line ${line}: ${cells.length} fields, but the header names ${header.cells.length} columns. Quote fields that hold the separator.`,
      );
    }
  }
  const inputs = new Float32Array(records.length * columns.features.length);
  for (const [row, record] of records.entries()) {
    for (const [j, column] of columns.features.entries())
      inputs[row * columns.features.length + j] = numberAt(file, record, header, column, options.label);
  }
  const kind = options.kind ?? kindOf(records, columns.label);
  const labelled =
    kind === 'regression'
      ? values(file, records, header, columns.label, options.label)
      : classes(file, records, columns.label, options.label);
  const inputShape = [columns.features.length];
  const parts = { pool: { count: records.length, inputs, targets: labelled.targets } };
  return {
    name: 'csv',
    title: path.basename(file),
    kind,
    inputShape,
    outputs: labelled.names?.length ?? 1,
    features: columns.features.map((column) => header.cells[column]),
    ...(labelled.names ? { classes: labelled.names } : { targets: [options.label] }),
    parts,
    source: sourceOf(path.basename(file), inputShape, parts),
  };
}

function columnsOf(file: string, header: CsvRecord, { label, drop = [] }: CsvOptions): { label: number; features: number[] } {
  const names = header.cells;
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined)
    throw new DataError(`${file}, line ${header.line}: two columns are named "${repeated}". Give each a name of its own.`);
  for (const wanted of [label, ...drop]) {
    if (!names.includes(wanted)) {
      throw new DataError(
        `${file} has no column "${wanted}". Its first line names: ${names.join(', ')}. Give one of these, or add a header line.`,
      );
    }
  }
  const features = names.flatMap((name, i) => (name === label || drop.includes(name) ? [] : [i]));
  if (features.length === 0) throw new DataError(`${file} has no column beside "${label}" to predict it from.`);
  return { label: names.indexOf(label), features };
}

function numberAt(file: string, record: CsvRecord, header: CsvRecord, column: number, label: string): number {
  const cell = record.cells[column];
  const number = decimal.test(cell) ? Math.fround(Number(cell)) : NaN;
  if (!Number.isFinite(number)) {
    const found = cell === '' ? 'is empty' : `holds "${cell}", which is not a number that fits`;
    const name = header.cells[column];
    const advice = name === label ? 'kind=classification takes labels as names' : `leave the column out with drop="${name}"`;
    throw new DataError(`${file}, line ${record.line}, column "${name}" ${found}. Correct or remove the row, or ${advice}.`);
  }
  return number;
}

function kindOf(records: readonly CsvRecord[], label: number): DatasetKind {
  const labels = new Set(records.map((record) => record.cells[label]));
  const numbers = [...labels].every((text) => decimal.test(text));
  return numbers && (labels.size > mostNumericClasses || [...labels].some((text) => !Number.isInteger(Number(text))))
    ? 'regression'
    : 'classification';
}

interface Labelled {
  readonly targets: Int32Array | Float32Array;
  readonly names?: readonly string[];
}

function values(file: string, records: readonly CsvRecord[], header: CsvRecord, column: number, label: string): Labelled {
  return { targets: Float32Array.from(records, (record) => numberAt(file, record, header, column, label)) };
}

/** Classes are numbered by their names in order: by value when all are numbers, else by code unit. */
function classes(file: string, records: readonly CsvRecord[], column: number, label: string): Labelled {
  const lines = new Map<string, number[]>();
  for (const { line, cells } of records) {
    if (cells[column] === '') throw new DataError(`${file}, line ${line}, column "${label}" is empty. Give the row a label, or remove it.`);
    const known = lines.get(cells[column]);
    if (known) known.push(line);
    else lines.set(cells[column], [line]);
  }
  for (const [name, [line, second]] of lines) {
    if (second === undefined) {
      throw new DataError(
        `${file}, line ${line}, column "${label}": the label "${name}" occurs once, so it cannot stand in both the training and the test part. Remove the row or add another with this label.`,
      );
    }
  }
  if (lines.size < 2)
    throw new DataError(
      `${file}, column "${label}": every row has the label "${records[0].cells[column]}"; a classification needs two or more.`,
    );
  const numeric = [...lines.keys()].every((name) => decimal.test(name));
  const names = [...lines.keys()].sort((a, b) => (numeric ? Number(a) - Number(b) : 0) || (a < b ? -1 : 1));
  const numbers = new Map(names.map((name, i) => [name, i]));
  return { names, targets: Int32Array.from(records, ({ cells }) => numbers.get(cells[column]) ?? 0) };
}
