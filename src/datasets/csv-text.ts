/**
 * Takes CSV text apart (RFC 4180: quoted fields, doubled quotes, line breaks within quotes), with the separator that the first
 * line uses: comma, semicolon, tab or bar.
 */
import { DataError } from '../core/errors.js';

export interface CsvRecord {
  /** Line of the file on which the record starts, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Every record that is not empty. `file` is for messages only. Throws DataError for a quote that is never closed. */
export function parseCsv(text: string, file: string): CsvRecord[] {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  const separator = separatorOf(body);
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  let start = 1;
  let at = 0;
  while (at <= body.length) {
    let cell: string;
    if (body[at] === '"') {
      const opened = line;
      let end = body.indexOf('"', at + 1);
      while (end >= 0 && body[end + 1] === '"') end = body.indexOf('"', end + 2);
      if (end < 0) throw new DataError(`${file}, line ${opened}: a quoted field is never closed. Add the missing quote.`);
      const quoted = body.slice(at + 1, end);
      line += lineBreaks(quoted);
      at = nextBreak(body, end + 1, separator);
      cell = quoted.replaceAll('""', '"') + body.slice(end + 1, at).trim();
    } else {
      const end = nextBreak(body, at, separator);
      cell = body.slice(at, end).trim();
      at = end;
    }
    cells.push(cell);
    const ended = body[at] !== separator;
    if (ended) {
      if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells });
      cells = [];
      if (body[at] === '\r' && body[at + 1] === '\n') at++;
      line++;
      start = line;
    }
    at++;
  }
  return records;
}

/** Index of the next separator or line break, or the end. */
function nextBreak(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

function lineBreaks(text: string): number {
  return text.split(/\r\n|\n|\r/).length - 1;
}

function separatorOf(text: string): string {
  const first = /^[^\n\r]*/.exec(text)?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? '';
  const counts = [',', ';', '\t', '|'].map((candidate) => ({ candidate, count: first.split(candidate).length - 1 }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).candidate;
}
