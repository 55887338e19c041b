/** Axes of the charts, as chart.js options; `format` and `names` are read by `finish`. */
import type { CostAxis, Json, TickFormat } from './chart.js';

export function valueAxis(text: string, format: TickFormat, logarithmic: boolean, range: { min?: number; max?: number } = {}): Json {
  return { type: logarithmic ? 'logarithmic' : 'linear', title: { display: true, text }, format, ...range };
}

/** One line for each name, from the top; values are the line's index. */
export function namesAxis(names: readonly string[]): Json {
  return {
    type: 'linear',
    reverse: true,
    min: -0.6,
    max: names.length - 0.4,
    format: 'names',
    names,
    grid: { display: false },
    title: { display: false },
  };
}

export const costTitles: Readonly<Record<CostAxis, string>> = {
  evaluations: 'Evaluations (a gradient counts as one)',
  'sample-passes': 'Sample-passes (one sample forward = 1, a gradient = 3 a sample)',
  seconds: 'Seconds of ask, evaluate and tell',
};

export const costFormats: Readonly<Record<CostAxis, TickFormat>> = {
  evaluations: 'count',
  'sample-passes': 'count',
  seconds: 'seconds',
};
