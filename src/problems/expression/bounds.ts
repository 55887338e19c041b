/** Variables and where they may lie, as text: `x:-5..5, y:0..inf, z:-inf..inf`. */
import { UsageError } from '../../core/errors.js';
import type { Space, StartSegment } from '../../core/space.js';

export interface Variable {
  readonly name: string;
  /** -Infinity for none. */
  readonly low: number;
  /** Infinity for none. */
  readonly high: number;
}

const example = 'x:-5..5, y:0..inf';

function malformed(text: string, reason: string): UsageError {
  return new UsageError(
    `Malformed bounds "${text}": ${reason}. Give every variable a range NAME:LOW..HIGH, -inf or inf for none; for example ${example}.`,
  );
}

/** Throws UsageError for a malformed list, a repeated name, or a range that holds no or only one number. */
export function parseBounds(text: string): Variable[] {
  const seen = new Set<string>();
  const variables = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => {
      const match = /^([A-Za-z_]\w*)\s*:\s*(\S+?)\s*\.\.\s*(\S+)$/.exec(item);
      if (!match) throw malformed(text, `"${item}" is no range`);
      const [, name, low, high] = match;
      if (seen.has(name)) throw malformed(text, `${name} is given twice`);
      seen.add(name);
      const variable = { name, low: boundOf(low), high: boundOf(high) };
      if (!(variable.low < variable.high)) throw malformed(text, `${item} is no range of numbers with LOW below HIGH`);
      return variable;
    });
  if (variables.length === 0) throw malformed(text, 'no variable is named');
  return variables;
}

function boundOf(text: string): number {
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : Number.NaN;
}

/** The same bounds in one way of writing. */
export function formatBounds(variables: readonly Variable[]): string {
  const bound = (value: number) => (Number.isFinite(value) ? String(value) : value < 0 ? '-inf' : 'inf');
  return variables.map(({ name, low, high }) => `${name}:${bound(low)}..${bound(high)}`).join(', ');
}

/**
 * First points: uniform between two bounds, within one unit of a single bound, and standard normal where there is none.
 * A space in which nothing is bounded has no bounds.
 */
export function spaceOf(variables: readonly Variable[]): Space {
  const bounded = variables.some(({ low, high }) => Number.isFinite(low) || Number.isFinite(high));
  const bounds = { lower: Float64Array.from(variables, ({ low }) => low), upper: Float64Array.from(variables, ({ high }) => high) };
  return {
    dimension: variables.length,
    precision: 'float64',
    ...(bounded ? { bounds } : {}),
    start: variables.map(startOf),
  };
}

function startOf({ low, high }: Variable, offset: number): StartSegment {
  const place = { offset, length: 1 };
  if (Number.isFinite(low) && Number.isFinite(high)) return { ...place, kind: 'uniform', low, high };
  if (Number.isFinite(low)) return { ...place, kind: 'uniform', low, high: low + 1 };
  if (Number.isFinite(high)) return { ...place, kind: 'uniform', low: high - 1, high };
  return { ...place, kind: 'normal', mean: 0, deviation: 1 };
}
