/** Bars from the left, one group for each category, with whiskers and thresholds. */
import type { Bars } from '../../../src/lab/figure.js';
import type { Language } from '../../../src/lab/text.js';
import { type Color, type Drawing, type Shape, seriesColor, textWidth, wrapped } from './drawing.js';
import { type Box, bottomAxis, type Key, legend, letters, topTitle } from './frame.js';
import { formatterOf, scaleOf } from './scale.js';

export function drawBars(figure: Bars, language: Language, width: number): Drawing {
  const { categories, series, value: axis } = figure;
  const { tick, title } = letters(width);
  const narrow = width < 500;
  const colors = series.map(
    (one, i): Color => (one.reference ? 'text' : seriesColor(series.slice(0, i).filter(({ reference }) => !reference).length)),
  );
  const keys = series.map(
    (one, i): Key => ({
      label: one.label[language],
      color: colors[i],
      look: one.reference ? 'line' : 'fill',
      ...(one.reference && { dash: [5, 3] }),
    }),
  );
  const keysAbove = legend(series.length > 1 ? keys : [], width, 0);
  const over = figure.names === undefined ? keysAbove : above(keysAbove, topTitle(figure.names, width, keysAbove.height, language));
  const solid = series.filter(({ reference }) => !reference).length;
  const names = categories.map((category) => category[language]);
  const left = narrow ? 4 : Math.min(width * 0.36, Math.max(...names.map((name) => textWidth(name, title)), 40) + 14);
  const lines = names.map((name) => wrapped(name, title, narrow ? width - 8 : left - 12));
  const thick = solid <= 1 ? 24 : solid <= 3 ? 17 : 13;
  const head = (i: number) => (narrow ? lines[i].length * title * 1.3 + 4 : 0);
  const body = (i: number) => Math.max(thick * Math.max(1, solid), narrow ? 0 : lines[i].length * title * 1.25);
  const gap = 14;
  const values = series.flatMap(({ values: own, low = [], high = [] }) => [...own, ...low, ...high]);
  const scale = scaleOf(axis, values, { ticks: narrow ? 3 : 6, zero: true, margin: axis.log === true });
  const room = textWidth('0.00001', tick) + 8;
  const top = over.height + 4;
  const height = categories.reduce((sum, _, i) => sum + head(i) + body(i) + gap, 0);
  // Bars to the left of 0 have their numbers there, beside the names.
  const shift = !axis.log && values.some((value) => value !== null && value < 0) ? room : 0;
  const box: Box = { x: left + shift, y: top, width: width - left - shift - room, height };
  const bottom = bottomAxis(scale, axis, box, language, width);
  const written = formatterOf(
    series.filter(({ reference }) => !reference).flatMap(({ values: own }) => own),
    axis.percent,
  );
  const at = (v: number) => box.x + Math.min(1, Math.max(0, scale.share(v) ?? 0)) * box.width;
  const base = axis.log ? box.x : at(0);
  const shapes: Shape[] = [...over.shapes, ...bottom.shapes];
  const number = { kind: 'words', size: tick - 1, color: 'muted', anchor: 'start' } as const;
  let y = top + gap / 2;
  names.forEach((name, c) => {
    lines[c].forEach((line, i) => {
      const ly = narrow ? y + title * (0.65 + 1.3 * i) : y + body(c) / 2 + title * 1.25 * (i - (lines[c].length - 1) / 2);
      shapes.push({
        kind: 'words',
        x: narrow ? left : left - 10,
        y: ly,
        content: line,
        size: title,
        color: 'text',
        anchor: narrow ? 'start' : 'end',
      });
    });
    const from = y + head(c) + (body(c) - thick * Math.max(1, solid)) / 2;
    let row = 0;
    const thresholds: Shape[] = [];
    series.forEach((one, s) => {
      const v = one.values[c] ?? null;
      if (one.reference) {
        if (v !== null) thresholds.push(...threshold(at(v), from - 4, from + thick * Math.max(1, solid) + 4));
        return;
      }
      const by = from + thick * row++;
      if (v === null) {
        if (figure.missing !== undefined) shapes.push({ ...number, x: base + 6, y: by + thick / 2, content: figure.missing[language] });
        return;
      }
      const [x0, x1] = [Math.min(base, at(v)), Math.max(base, at(v))];
      const hint = `${name}, ${one.label[language]}: ${written(v)}`;
      shapes.push({ kind: 'rect', x: x0, y: by + 1, width: Math.max(1.5, x1 - x0), height: thick - 2, fill: colors[s], hint });
      const [low, high] = [one.low?.[c] ?? null, one.high?.[c] ?? null];
      if (low !== null && high !== null) {
        const my = by + thick / 2;
        const rim = Math.min(5, thick * 0.3);
        const whisker = [at(low), my, at(high), my];
        shapes.push({ kind: 'line', points: whisker, stroke: 'text', width: 1.4 });
        for (const end of [at(low), at(high)])
          shapes.push({ kind: 'line', points: [end, my - rim, end, my + rim], stroke: 'text', width: 1.4 });
      }
      const label = written(v);
      const before = v < 0 && !axis.log;
      const reach = before ? Math.min(x0, low === null ? x0 : at(low)) : Math.max(x1, high === null ? 0 : at(high));
      const far = reach + 6 + textWidth(label, tick - 1);
      // A threshold that would cross the number has it behind itself.
      const crossed = series
        .flatMap(({ reference, values: own }) => (reference ? [at(own[c] ?? Number.NaN)] : []))
        .filter((x) => x > reach && x < far);
      const end = before ? reach : Math.max(reach, ...crossed);
      shapes.push({
        ...number,
        x: before ? end - 6 : end + 6,
        y: by + thick / 2,
        content: label,
        anchor: before ? 'end' : 'start',
      });
    });
    shapes.push(...thresholds);
    y += head(c) + body(c) + gap;
  });
  return { width, height: top + height + bottom.height, shapes };
}

interface Block {
  readonly shapes: Shape[];
  readonly height: number;
}

function above(upper: Block, lower: Block): Block {
  return { shapes: [...upper.shapes, ...lower.shapes], height: upper.height + lower.height };
}

/** Dashes in the colour of the text, on a strip of the page's: seen on a bar of any colour, by day and by night. */
function threshold(x: number, from: number, to: number): Shape[] {
  const points = [x, from, x, to];
  return [
    { kind: 'line', points, stroke: 'page', width: 7 },
    { kind: 'line', points, stroke: 'text', width: 2.4, dash: [5, 3] },
  ];
}
