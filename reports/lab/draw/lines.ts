/** Lines over two axes, with bands and thresholds. */
import type { Lines, Series } from '../../../src/lab/figure.js';
import type { Language } from '../../../src/lab/text.js';
import { look } from '../../palette.js';
import { type Color, type Drawing, type Mark, type MarkShape, type Shape, seriesColor } from './drawing.js';
import { type Box, bottomAxis, type Key, leftAxis, leftRoom, legend, topTitle } from './frame.js';
import { formatValue, scaleOf } from './scale.js';

/** Above so many points a line has a mark at a few of them alone, each line at others: one that lies under another is seen. */
const mostMarks = 24;
const fewMarks = 6;

export function drawLines(figure: Lines, language: Language, width: number): Drawing {
  const { series } = figure;
  const measured = series.filter(({ reference, scatter }) => !reference && !scatter);
  const looks = series.map((one, index) => {
    const references = series.slice(0, index).filter(({ reference }) => reference).length;
    return lookOf(one, index - references, references);
  });
  const keys = series.map((one, index): Key => {
    const { color, dash, mark } = looks[index];
    return { label: one.label[language], color, look: one.scatter ? 'mark' : 'line', dash, ...(marked(one, measured) && { mark }) };
  });
  const over = legend(series.length > 1 || series[0]?.reference ? keys : [], width, 0);
  const title = topTitle(figure.y.title, width, over.height, language);
  const narrow = width < 500;
  const x = scaleOf(
    figure.x,
    series.flatMap((one) => one.x),
    { ticks: narrow ? 4 : 8, margin: series.some(({ scatter }) => scatter) },
  );
  const values = series.flatMap(({ y, low = [], high = [] }) => [...y, ...low, ...high]);
  const y = scaleOf(figure.y, values, { ticks: narrow ? 5 : 7, margin: true });
  const left = leftRoom(y, width);
  const top = over.height + title.height + 6;
  const box: Box = { x: left, y: top, width: width - left - 14, height: narrow ? 250 : Math.min(400, width * 0.4) };
  const bottom = bottomAxis(x, figure.x, box, language, width);
  const inside: Shape[] = [];
  const place = (vx: number, vy: number | null): [number, number] | undefined => {
    const [sx, sy] = [x.share(vx), vy === null ? undefined : y.share(vy)];
    return sx === undefined || sy === undefined ? undefined : [box.x + sx * box.width, box.y + (1 - sy) * box.height];
  };
  inside.push(...series.flatMap((one, index) => band(one, place, looks[index].color)));
  // Bounds and thresholds lie under what is measured.
  const order = series.map((_, index) => index).sort((a, b) => Number(series[b].reference ?? false) - Number(series[a].reference ?? false));
  for (const index of order) inside.push(...lineOf(series[index], looks[index], place));
  // A mark at the very edge is drawn whole, one beyond it not at all.
  const marks = order
    .filter((index) => marked(series[index], measured))
    .flatMap((index) => marksOf(series[index], looks[index], figure, place, language, index / series.length))
    .filter(({ x: mx, y: my }) => mx > box.x - 1 && mx < box.x + box.width + 1 && my > box.y - 1 && my < box.y + box.height + 1);
  const shapes: Shape[] = [
    ...over.shapes,
    ...title.shapes,
    ...bottom.shapes,
    ...leftAxis(y, box, width),
    { kind: 'clip', x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2, shapes: inside },
    ...marks,
  ];
  return { width, height: box.y + box.height + bottom.height, shapes };
}

interface Look {
  readonly color: Color;
  readonly dash: readonly number[];
  readonly mark: MarkShape;
}

const thresholdDashes = [
  [7, 5],
  [2, 4],
  [12, 4, 2, 4],
] as const;

/** `index` counts the series before it, `references` the thresholds before it. */
function lookOf(series: Series, index: number, references: number): Look {
  if (series.reference) return { color: 'muted', dash: thresholdDashes[references % thresholdDashes.length], mark: 'circle' };
  const { borderDash, pointStyle } = look(index);
  return { color: seriesColor(index), dash: index < 7 ? [] : borderDash, mark: pointStyle as MarkShape };
}

type Place = (x: number, y: number | null) => [number, number] | undefined;

function band({ x, low, high }: Series, place: Place, color: Color): Shape[] {
  if (low === undefined || high === undefined) return [];
  const edges = x.map((value, i): readonly [[number, number], [number, number]] | undefined => {
    const [a, b] = [place(value, low[i] ?? null), place(value, high[i] ?? null)];
    return a === undefined || b === undefined ? undefined : [a, b];
  });
  return runs(edges).map((run) => {
    const points = [...run.map(([a]) => a), ...run.map(([, b]) => b).reverse()].flat();
    return { kind: 'area', points, fill: color, opacity: 0.18 };
  });
}

/** Neighbours without a gap between them. */
function runs<T>(items: readonly (T | undefined)[]): T[][] {
  const found: T[][] = [];
  let current: T[] = [];
  for (const item of items) {
    if (item !== undefined) current.push(item);
    else if (current.length > 0) {
      found.push(current);
      current = [];
    }
  }
  return current.length > 0 ? [...found, current] : found;
}

/** Marks tell lines apart, and show where a line's points are: one line alone needs none for the former, and many points none for the latter. */
function marked(one: Series, measured: readonly Series[]): boolean {
  return !one.reference && (one.scatter === true || measured.length > 1 || one.x.length <= mostMarks);
}

function lineOf(one: Series, { color, dash }: Look, place: Place): Shape[] {
  if (one.scatter) return [];
  const points = one.x.map((value, i) => place(value, one.y[i] ?? null));
  return runs(points).map((run) => ({ kind: 'line', points: run.flat(), stroke: color, width: one.reference ? 1.8 : 2.6, dash }));
}

/** `shift`: which of many points have a mark, as a share of the way from mark to mark. */
function marksOf(one: Series, { color, mark }: Look, { x, y }: Lines, place: Place, language: Language, shift: number): Mark[] {
  const stride = one.scatter || one.x.length <= mostMarks ? 1 : Math.ceil(one.x.length / fewMarks);
  const first = Math.floor((0.25 + shift) * stride) % stride;
  return one.x.flatMap((value, i): Mark[] => {
    const point = place(value, one.y[i] ?? null);
    if (point === undefined || i % stride !== first) return [];
    const hint = `${one.label[language]}: ${formatValue(value, x.percent)}, ${formatValue(one.y[i] ?? 0, y.percent)}`;
    return [{ kind: 'mark', x: point[0], y: point[1], radius: one.scatter ? 4 : 4.5, shape: mark, color, hint }];
  });
}
