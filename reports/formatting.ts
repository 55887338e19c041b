/** Numbers and lists in words, the same in every report. Nothing here depends on the machine's locale. */

/** What a report prints where there is no number. */
export const none = 'none';

/** Four significant digits unless told; exponent form below 0.001 and from a million; `none` for null and non-finite. */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e6) {
    if (Number.isInteger(value)) return formatCount(value);
    const rounded = Number(value.toPrecision(digits));
    return size >= 1e4 ? formatCount(Math.round(rounded)) : String(rounded);
  }
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  return `${Number(mantissa)}e${exponent.replace('+', '')}`;
}

/** Whole number with commas: 20,000. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A share as per cent with one decimal: 97.3 %. */
export function formatPercent(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  return `${(value * 100).toFixed(1)} %`;
}

/** A p-value to two digits: 0.034, or `< 0.001`. With `relation` the sign comes along: `= 0.034`. */
export function formatP(p: number, relation = false): string {
  if (p < 0.001) return '< 0.001';
  const text = p > 0.995 ? '1' : String(Number(p.toPrecision(2)));
  return relation ? `= ${text}` : text;
}

/** Seconds with a fitting unit: 3.2 ms, 4.1 s, 2 min 5 s. */
export function formatSeconds(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  if (value < 1) return `${Number((value * 1000).toPrecision(3))} ms`;
  if (value < 120) return `${Number(value.toPrecision(3))} s`;
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Bytes in MB (10^6) or GB. */
export function formatBytes(value: number): string {
  return value >= 1e9 ? `${Number((value / 1e9).toPrecision(3))} GB` : `${Number((value / 1e6).toPrecision(3))} MB`;
}

/** `1 run`, `7 runs`. */
export function plural(count: number, word: string, many = `${word}s`): string {
  return `${formatCount(count)} ${count === 1 ? word : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length <= 1) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/** Six significant digits: enough for every picture and table, and half the bytes. Null for what is not finite. */
export function rounded(value: number | null | undefined): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  return Number(value.toPrecision(6));
}
