/** What a benchmark is, and how its rows are printed. */
export interface Row {
  readonly name: string;
  readonly value: number | string;
  readonly unit: string;
  /** The same of a peer, in the same unit; then the table has a column for it, and one for the ratio. */
  readonly peer?: number;
  /** What it is held against, or how it was measured. */
  readonly note?: string;
}

export interface Benchmark {
  readonly name: string;
  run(): Promise<{ readonly rows: readonly Row[] }>;
}

/** A Markdown table of the rows, numbers to four significant digits. */
export function table(rows: readonly Row[]): string {
  const beside = rows.some(({ peer }) => peer !== undefined);
  const shown = rows.map(({ name, value, unit, peer, note }) => [
    name,
    typeof value === 'number' ? digits(value) : value,
    unit,
    ...(beside
      ? [peer === undefined ? '' : digits(peer), peer === undefined || typeof value !== 'number' ? '' : digits(value / peer)]
      : []),
    note ?? '',
  ]);
  const head = ['what', 'value', 'unit', ...(beside ? ['peer', 'ratio'] : []), 'note'];
  const widths = head.map((title, column) => Math.max(title.length, ...shown.map((cells) => cells[column].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...shown.map(line)].join('\n');
}

function digits(value: number): string {
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(4)));
}

/** Median of `repeats` timed calls in milliseconds, after `warmup` calls that do not count. */
export async function medianMilliseconds(call: () => unknown, repeats: number, warmup = 3): Promise<number> {
  for (let i = 0; i < warmup; i++) await call();
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(repeats / 2)];
}
