/**
 * What a chart is: a pure function of the results that gives a chart.js configuration as plain JSON, the same for the PNG
 * and for the page. What JSON cannot hold (tick labels, colours of a theme) is added by `finish`.
 */
import type { StudyResults } from '../src/study/results.js';
import type { Comparison } from './comparison.js';
import type { TextTable } from './tables.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Dataset {
  readonly label: string;
  readonly data: Json;
  /** Which strategy it shows, by label; the page's legend hides by it. */
  readonly strategy?: string;
  /** Index of the strategy in the study, or the name of a neutral colour: `finish` makes the colours of it. */
  readonly tint: number | 'evaluate' | 'ask' | 'tell';
  /** Opacity of lines and of fills, 0 to 1; default 1 for both. */
  readonly lineAlpha?: number;
  readonly fillAlpha?: number;
  /** Points from this index on are drawn faint: some runs have ended there. */
  readonly faintFrom?: number;
  /** A marker on every so many points, from `from` on, and on the last one where `end`: else lines have none. */
  readonly marks?: { readonly every: number; readonly from: number; readonly end: boolean };
  /** Whether the chart's own legend lists it. */
  readonly listed: boolean;
  readonly [option: string]: Json | undefined;
}

/** How an axis writes its ticks: `finish` knows these. */
export type TickFormat = 'count' | 'loss' | 'percent' | 'seconds' | 'names';

export interface ChartConfig {
  readonly type: 'line' | 'scatter' | 'bar';
  readonly data: { readonly labels?: readonly string[]; readonly datasets: readonly Dataset[] };
  readonly options: { readonly [option: string]: Json };
}

/** The costs that progress is drawn over. */
export const costAxes = ['evaluations', 'sample-passes', 'seconds'] as const;
export type CostAxis = (typeof costAxes)[number];

export interface Chart {
  /** Unique in the report; also the PNG's file name. Letters, digits, dots and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in words, for those who cannot see it. */
  readonly summary: string;
  /** Charts of one group differ in the axis alone: the page shows one of them. */
  readonly group: string;
  /** Id of the task that it is of; absent where it is of all of them. */
  readonly task?: string;
  /** Its rows are in `csv/NAME.csv`, with those of the charts that have the same name and columns. */
  readonly csv: string;
  readonly axis?: CostAxis;
  /** Of second rank: the page folds it. */
  readonly aside?: boolean;
  /** Pixels of the PNG before the device pixel ratio. */
  readonly height: number;
  readonly config: ChartConfig;
  /** What is drawn, as a table. */
  readonly table: { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number | null)[])[] };
  /** Its values are measured times: two runs of one study differ in them. */
  readonly timed: boolean;
}

/** A kind of chart: one file in `reports/charts/`, which exports it as `chart`. */
export interface ChartSection {
  readonly id: string;
  readonly title: string;
  /** Place in the report, ascending. */
  readonly order: number;
  /** How to read it, in one or two sentences. */
  readonly reading: string;
  applies(results: StudyResults): boolean;
  make(results: StudyResults, comparison: Comparison): Chart[];
  /** What the charts say in the end, in figures: below them on the page, and in Markdown. */
  tables?(results: StudyResults, comparison: Comparison): TextTable[];
}

/** File names for ids such as `mnist(784-128-10,relu)`: distinct ids get distinct names. */
export function fileNames(ids: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const id of ids) {
    const base =
      id
        .toLowerCase()
        .replace(/[^a-z0-9.]+/g, '-')
        .replace(/^[-.]+|[-.]+$/g, '')
        .slice(0, 60) || 'problem';
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}-${n}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}
