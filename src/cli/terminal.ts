/** What the command line prints with: JSON, aligned columns, and colours only where they are wanted. */

/** Whether a stream takes colours: a terminal, unless NO_COLOR is set (https://no-color.org). */
export function wantsColor(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb';
}

/** Columns of a stream; 100 where it is no terminal. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? Math.max(40, stream.columns ?? 100) : 100;
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Rows of text in aligned columns, two spaces apart; the last column is wrapped to `width` under itself. */
export function columns(rows: readonly (readonly string[])[], width: number): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count - 1 }, (_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  const left = widths.reduce((sum, w) => sum + w + 2, 0);
  const room = Math.max(24, width - left);
  return rows
    .map((row) => {
      const head = widths.map((w, c) => (row[c] ?? '').padEnd(w + 2)).join('');
      const [first = '', ...rest] = wrap(row[count - 1] ?? '', room);
      return [head + first, ...rest.map((line) => ' '.repeat(left) + line)].map((line) => line.trimEnd()).join('\n');
    })
    .join('\n');
}

/** Breaks text at spaces into lines of at most `width`; longer words stay whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Seconds as a person says them: `8 s`, `2 min 05 s`, `1 h 20 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

/** A loss with four significant digits. */
export function shortNumber(value: number | null): string {
  if (value === null) return 'none';
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(3) : String(Number(value.toPrecision(4)));
}
