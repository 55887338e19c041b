/** Values to pixels, and the round numbers that an axis names. */
import type { Axis } from '../../../src/lab/figure.js';

export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly log: boolean;
  /** 0 at `from`, 1 at `to`; undefined for a value that a logarithmic axis has no place for. */
  share(value: number): number | undefined;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

export interface ScaleOptions {
  /** About how many ticks fit. */
  readonly ticks: number;
  /** The axis begins at 0, unless it is logarithmic or says otherwise. */
  readonly zero?: boolean;
  /** Leaves a little room beyond the values. */
  readonly margin?: boolean;
}

/** The scale of an axis for these values, of which those it cannot show count nothing. */
export function scaleOf(axis: Axis, values: readonly (number | null | undefined)[], options: ScaleOptions): Scale {
  const log = axis.log === true;
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value) || (log && value <= 0)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) [least, most] = log ? [0.1, 1] : [0, 1];
  if (!log && options.zero === true) [least, most] = [Math.min(0, least), Math.max(0, most)];
  if (least === most) [least, most] = log ? [least / 3, most * 3] : [least - (Math.abs(least) || 1) / 2, most + (Math.abs(most) || 1) / 2];
  if (options.margin === true) {
    const room = log ? (most / least) ** 0.04 : (most - least) * 0.05;
    const low = log ? least / room : least - room;
    const high = log ? most * room : most + room;
    least = !log && least >= 0 && low < 0 ? least : low;
    most = high;
  }
  const from = axis.min !== undefined && (!log || axis.min > 0) ? axis.min : least;
  const to = axis.max !== undefined && (!log || axis.max > 0) ? axis.max : most;
  const place = (value: number) => (log ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from));
  const share = (value: number) => (Number.isFinite(value) && !(log && value <= 0) ? place(value) : undefined);
  const whole =
    values.length > 0 && !axis.percent && values.every((value) => value === null || value === undefined || Number.isInteger(value));
  const numbers = log ? logTicks(from, to, options.ticks) : linearTicks(from, to, options.ticks, whole);
  return { from, to, log, share, ticks: numbers.map((value) => ({ value, label: formatValue(value, axis.percent === true) })) };
}

/** Multiples of 1, 2 or 5 times a power of ten; of whole values (layers) whole ones, each of them where half as many again as asked for fit. */
function linearTicks(from: number, to: number, count: number, whole: boolean): number[] {
  const range = to - from;
  const rough = whole && range >= 2 && range <= 1.5 * count ? 1 : range / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const ticks: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k++) ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}

/** Powers of ten, thinned out over many decades and with numbers between within few. */
function logTicks(from: number, to: number, count: number): number[] {
  const first = Math.floor(Math.log10(from) + 1e-9);
  const last = Math.ceil(Math.log10(to) - 1e-9);
  const decades = Math.log10(to / from);
  const every = Math.max(1, Math.ceil(decades / Math.max(2, count)));
  const within = (steps: readonly number[]) => {
    const ticks: number[] = [];
    for (let exponent = first; exponent <= last; exponent++) {
      if (steps.length === 1 && exponent % every !== 0) continue; // 1 is among them
      for (const step of steps) {
        const value = Number(`${step}e${exponent}`);
        if (value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)) ticks.push(value);
      }
    }
    return ticks;
  };
  const kinds = [[1], [1, 3], [1, 2, 3, 5, 7]];
  const rough = decades >= 2.5 ? 0 : decades >= 1.2 ? 1 : 2;
  // Two numbers do not show how an axis runs: finer ones where there would be no more.
  const ticks =
    kinds
      .slice(rough)
      .map(within)
      .find(({ length }) => length > 2) ?? within(kinds[2]);
  return ticks.length < 2 ? [from, to] : ticks;
}

/** Thousands to a million as they are, then in millions; the largest and the least as powers of ten. */
const inFull = 1e6;
const inMillions = 1e9;

/** A number as axes and cells write it: at most three digits unless told, whole numbers below a million in full. */
export function formatValue(value: number, percent = false, digits = 3): string {
  if (percent) return `${Number((value * 100).toPrecision(digits))} %`.replace('-', '−');
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= inMillions))
    return Number(value.toPrecision(digits)).toExponential().replace('e+', 'e').replaceAll('-', '−');
  if (size >= inFull) return `${Number((value / 1e6).toPrecision(digits))} M`.replace('-', '−');
  const written = Number(value.toPrecision(Math.max(digits + 1, Math.floor(Math.log10(size || 1)) + 1)));
  return (
    size >= 1000
      ? String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')
      : String(size < 1 ? Number(value.toPrecision(digits)) : written)
  ).replace('-', '−');
}

/** How to write numbers that stand below one another: each with three digits, also the zeros at their end, unless all are whole. */
export function formatterOf(values: readonly (number | null)[], percent = false): (value: number) => string {
  const factor = percent ? 100 : 1;
  const whole = values.every((value) => value === null || Number.isInteger(Number((value * factor).toPrecision(6))));
  return (value) => {
    const size = Math.abs(value * factor);
    if (whole || size === 0 || size < 1e-3 || size >= 1000) return formatValue(value, percent);
    return `${(value * factor).toPrecision(3)}${percent ? ' %' : ''}`.replace('-', '−');
  };
}
