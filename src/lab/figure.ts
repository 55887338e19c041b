/** The pictures of an experiment, as data: `reports/lab/` draws each kind in the page and as a PNG. */
import type { Text } from './text.js';

export interface Axis {
  readonly title: Text;
  /** Logarithmic; values at or below 0 are left out. */
  readonly log?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Values are shares, written as percentages. */
  readonly percent?: boolean;
}

/** Figures of one group with equal axes are drawn side by side, as small multiples. */
interface Common {
  /** Unique in the experiment; also its PNG's name. Letters, digits and hyphens. */
  readonly id: string;
  readonly title: Text;
  /** How to read it, and what to see, in one or two sentences. */
  readonly reading: Text;
  readonly group?: string;
}

export interface Series {
  readonly label: Text;
  readonly x: readonly number[];
  /** null: a gap. */
  readonly y: readonly (number | null)[];
  /** A band around the line: quartiles, or an interval; the reading says which. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
  /** A threshold, a bound, a published curve: dashed and grey. */
  readonly reference?: boolean;
  /** Points without a line. */
  readonly scatter?: boolean;
}

export interface Lines extends Common {
  readonly kind: 'lines';
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

export interface Bars extends Common {
  readonly kind: 'bars';
  readonly categories: readonly Text[];
  /** What the categories are: 'layer', 'learning rate'. */
  readonly names?: Text;
  /** Stands where a value is null: why there is no bar. */
  readonly missing?: Text;
  readonly value: Axis;
  readonly series: readonly {
    readonly label: Text;
    readonly values: readonly (number | null)[];
    readonly low?: readonly (number | null)[];
    readonly high?: readonly (number | null)[];
    readonly reference?: boolean;
  }[];
}

/** Several histograms over the same bins, one below the other: layers, or moments of the training. */
export interface Histograms extends Common {
  readonly kind: 'histograms';
  readonly x: Axis;
  /** Bounds of the bins, ascending: one more than counts. */
  readonly edges: readonly number[];
  readonly rows: readonly { readonly label: Text; readonly counts: readonly number[] }[];
}

export interface HeatMap extends Common {
  readonly kind: 'heat map';
  readonly x: { readonly title: Text; readonly labels: readonly (string | Text)[] };
  readonly y: { readonly title: Text; readonly labels: readonly (string | Text)[] };
  /** What the colours mean; `log` scales them. */
  readonly value: Axis;
  /** values[row of y][column of x]; null: no such cell. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Stands in an empty cell: why there is no value. */
  readonly missing?: Text;
  /** Whether each cell also shows its number. */
  readonly numbers?: boolean;
}

/** What a model answers over a plane, with the data on top. */
export interface Boundary extends Common {
  readonly kind: 'boundary';
  readonly x: Axis & { readonly min: number; readonly max: number };
  readonly y: Axis & { readonly min: number; readonly max: number };
  readonly columns: number;
  readonly rows: number;
  /** Row-major from the lower left: the probability of class 1. */
  readonly field: readonly number[];
  readonly points: readonly { readonly x: number; readonly y: number; readonly label: 0 | 1; readonly test?: boolean }[];
}

/** Small pictures side by side: weights of a first layer, samples. */
export interface Images extends Common {
  readonly kind: 'images';
  readonly width: number;
  readonly height: number;
  /** 1: signed values around 0, blue to red; 3: red, green, blue from 0 to 1. Row-major, channels last. */
  readonly channels: 1 | 3;
  readonly images: readonly { readonly label: Text; readonly values: readonly number[] }[];
}

/** A population's path over the surface of a two-dimensional problem: an animation in the page, stills as PNG. */
export interface Path extends Common {
  readonly kind: 'path';
  readonly x: Axis & { readonly min: number; readonly max: number };
  readonly y: Axis & { readonly min: number; readonly max: number };
  readonly columns: number;
  readonly rows: number;
  /** Row-major from the lower left: the loss. */
  readonly surface: readonly number[];
  /** What the surface's values are; by default the loss. */
  readonly value?: Text;
  /** Colours by the logarithm of the loss above the surface's least value. */
  readonly log?: boolean;
  readonly optimum?: readonly [number, number];
  readonly frames: readonly Frame[];
}

/** A moment of a path. */
export interface Frame {
  readonly label: Text;
  /** What was spent until then. */
  readonly evaluations?: number;
  /** The lowest loss until then. */
  readonly loss?: number;
  /** The candidates: x, y, x, y, ... */
  readonly points: readonly number[];
  /** Where the lowest loss until then is. */
  readonly best?: readonly [number, number];
}

export type Figure = Lines | Bars | Histograms | HeatMap | Boundary | Images | Path;
