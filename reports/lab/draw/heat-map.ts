/** A table as colours: from dark violet to yellow, or, where values have both signs, from blue over white to red around 0. */
import type { HeatMap } from '../../../src/lab/figure.js';
import type { Language, Text } from '../../../src/lab/text.js';
import { hex, isBright, type Rgb, signed, viridis } from './colors.js';
import { type Drawing, type Shape, textWidth, wrapped } from './drawing.js';
import { type Box, letters } from './frame.js';
import { formatValue, type Scale, scaleOf } from './scale.js';

export function drawHeatMap(figure: HeatMap, language: Language, width: number): Drawing {
  const { values, value: axis } = figure;
  const { tick, title } = letters(width);
  const words = (label: string | Text) => (typeof label === 'string' ? label : label[language]);
  const [xs, ys] = [figure.x.labels.map(words), figure.y.labels.map(words)];
  const all = values.flat();
  const { scale, colorOf } = colorScale(axis, all);
  const left = Math.min(width * 0.4, Math.max(...ys.map((label) => textWidth(label, tick)), 14) + 12);
  const yTitle = wrapped(figure.y.title[language], title, width);
  const top = yTitle.length * title * 1.3 + 8;
  const columns = Math.max(1, xs.length);
  const cell = (width - left - 8) / columns;
  const tall = Math.min(Math.max(22, 400 / Math.max(1, ys.length)), Math.max(26, Math.min(44, cell)));
  const box: Box = { x: left, y: top, width: cell * columns, height: tall * ys.length };
  const shapes: Shape[] = yTitle.map((content, i) => ({
    kind: 'words',
    x: 0,
    y: title * (0.7 + 1.3 * i),
    content,
    size: title,
    color: 'muted',
    anchor: 'start',
  }));
  const size = Math.min(tick, tall * 0.5, cell / 2.9);
  const inCell = (c: number, y: number) => ({ kind: 'words', x: box.x + (c + 0.5) * cell, y: y + tall / 2, anchor: 'middle' }) as const;
  const absent = figure.missing && (textWidth(figure.missing[language], size) < cell - 4 ? figure.missing[language] : '–');
  ys.forEach((label, r) => {
    const y = box.y + r * tall;
    const lines = inRoom(label, tick, left - 12);
    const letter = Math.min(tick, ...lines.map((line) => (tick * (left - 12)) / textWidth(line, tick)));
    lines.forEach((content, i) => {
      const middle = y + tall / 2 + letter * 1.15 * (i - (lines.length - 1) / 2);
      shapes.push({ kind: 'words', x: left - 8, y: middle, content, size: letter, color: 'text', anchor: 'end' });
    });
    xs.forEach((column, c) => {
      const v = values[r]?.[c] ?? null;
      const color = v === null ? undefined : colorOf(v);
      if (v === null || color === undefined) {
        if (absent !== undefined) shapes.push({ ...inCell(c, y), content: absent, size, color: 'muted' });
        return;
      }
      const hint = `${label} × ${column}: ${formatValue(v, axis.percent)}`;
      shapes.push({ kind: 'rect', x: box.x + c * cell, y, width: cell - 1, height: tall - 1, fill: hex(color), hint });
      if (figure.numbers !== true || size < 8) return;
      const ink = isBright(color) ? '#111111' : '#ffffff';
      shapes.push({ ...inCell(c, y), content: formatValue(v, axis.percent, 2), size, color: ink });
    });
  });
  const below = columnNames(xs, box, cell, tick);
  shapes.push(...below.shapes);
  const xTitle = wrapped(figure.x.title[language], title, width - left);
  let foot = below.bottom + tick * 0.4;
  for (const content of xTitle) {
    shapes.push({
      kind: 'words',
      x: box.x + box.width / 2,
      y: foot + title * 0.75,
      content,
      size: title,
      color: 'muted',
      anchor: 'middle',
    });
    foot += title * 1.3;
  }
  const bar = colorBar(scale, colorOf, axis.title[language], { x: box.x, y: foot + 14, width: Math.min(box.width, 420) }, width);
  return { width, height: bar.bottom, shapes: [...shapes, ...bar.shapes] };
}

/**
 * The columns' names below the box. Of numbers as many as fit; of words every one: in lines where each word has room in its column, else
 * read upwards.
 */
function columnNames(
  names: readonly string[],
  box: Box,
  cell: number,
  size: number,
): { readonly shapes: Shape[]; readonly bottom: number } {
  const foot = box.y + box.height;
  const middle = (c: number) => box.x + (c + 0.5) * cell;
  const numbers = names.every((name) => /^[\d.,−-]+(?:e[−-]?\d+)?$/.test(name));
  const widest = Math.max(...names.map((name) => textWidth(name, size)));
  if (numbers || widest + 6 <= cell) {
    const every = Math.max(1, Math.ceil((widest + 6) / cell));
    const shapes = names.flatMap((content, c): Shape[] =>
      c % every === 0 ? [{ kind: 'words', x: middle(c), y: foot + size, content, size, color: 'text', anchor: 'middle' }] : [],
    );
    return { shapes, bottom: foot + size * 1.5 };
  }
  const lines = names.map((name) => wrapped(name, size, cell - 6));
  if (lines.flat().every((line) => textWidth(line, size) + 4 <= cell)) {
    const shapes = lines.flatMap((own, c) =>
      own.map((content, i): Shape => {
        return { kind: 'words', x: middle(c), y: foot + size * (1 + 1.2 * i), content, size, color: 'text', anchor: 'middle' };
      }),
    );
    return { shapes, bottom: foot + size * (0.3 + 1.2 * Math.max(...lines.map(({ length }) => length))) };
  }
  const shapes = names.map((content, c): Shape => {
    return { kind: 'words', x: middle(c), y: foot + 8, content, size, color: 'text', anchor: 'end', upwards: true };
  });
  return { shapes, bottom: foot + 8 + widest };
}

/** A name that is too long for its room in two lines, broken before a bracket: `multistart(...)`. */
function inRoom(label: string, size: number, room: number): string[] {
  const bracket = label.search(/[(（]/);
  return textWidth(label, size) <= room || bracket <= 0 ? [label] : [label.slice(0, bracket), label.slice(bracket)];
}

/** Colours by value, and their scale: around 0 where there are both signs and no logarithm. */
export function colorScale(
  axis: HeatMap['value'],
  values: readonly (number | null)[],
): { readonly scale: Scale; readonly colorOf: (value: number) => Rgb | undefined } {
  const negative = values.some((v) => v !== null && v < 0);
  const around = axis.log !== true && negative && values.some((v) => v !== null && v > 0);
  const most = Math.max(...values.map((v) => Math.abs(v ?? 0)), Math.abs(axis.min ?? 0), Math.abs(axis.max ?? 0));
  const scale = around ? scaleOf({ ...axis, min: -most, max: most }, values, { ticks: 4 }) : scaleOf(axis, values, { ticks: 7 });
  const colorOf = (value: number) => {
    const share = scale.share(value);
    return share === undefined ? undefined : around ? signed(2 * share - 1) : viridis(share);
  };
  return { scale, colorOf };
}

/** The colours' meaning, below the picture. */
export function colorBar(
  scale: Scale,
  colorOf: (value: number) => Rgb | undefined,
  words: string,
  at: { readonly x: number; readonly y: number; readonly width: number },
  width: number,
): { readonly shapes: Shape[]; readonly bottom: number } {
  const { tick, title } = letters(width);
  const lines = wrapped(words, title, width - at.x);
  const shapes: Shape[] = lines.map((content, i) => ({
    kind: 'words',
    x: at.x,
    y: at.y + title * (0.7 + 1.3 * i),
    content,
    size: title,
    color: 'muted',
    anchor: 'start',
  }));
  const y = at.y + title * 1.3 * lines.length + 6;
  const steps = 128;
  const pixels = new Uint8Array(3 * steps);
  for (let i = 0; i < steps; i++) {
    const share = (i + 0.5) / steps;
    const value = scale.log ? scale.from * (scale.to / scale.from) ** share : scale.from + (scale.to - scale.from) * share;
    pixels.set((colorOf(value) ?? [0, 0, 0]).map(Math.round), 3 * i);
  }
  shapes.push({ kind: 'raster', x: at.x, y, width: at.width, height: 14, columns: steps, rows: 1, pixels, smooth: false });
  let free = Number.NEGATIVE_INFINITY;
  for (const { value, label } of scale.ticks) {
    const share = scale.share(value);
    if (share === undefined || share < -1e-6 || share > 1 + 1e-6) continue;
    const half = textWidth(label, tick) / 2;
    const x = Math.min(Math.max(at.x + share * at.width, half), width - half);
    shapes.push({ kind: 'line', points: [at.x + share * at.width, y + 14, at.x + share * at.width, y + 19], stroke: 'muted', width: 1 });
    if (x - half < free) continue; // it would run into the one before
    free = x + half + 4;
    shapes.push({ kind: 'words', x, y: y + 19 + tick * 0.7, content: label, size: tick, color: 'muted', anchor: 'middle' });
  }
  return { shapes, bottom: y + 19 + tick * 1.6 };
}
