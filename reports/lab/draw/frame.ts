/** What charts over two axes share: the plot's place, grid, ticks, titles, and a legend above. */
import type { Axis } from '../../../src/lab/figure.js';
import type { Language, Text } from '../../../src/lab/text.js';
import { type Color, type MarkShape, type Shape, textWidth, wrapped } from './drawing.js';
import type { Scale } from './scale.js';

/** Sizes of letters: of a picture of that width. */
export function letters(width: number): { readonly tick: number; readonly title: number } {
  return width < 500 ? { tick: 13, title: 13.5 } : { tick: 14, title: 15 };
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Key {
  readonly label: string;
  readonly color: Color;
  readonly look: 'line' | 'fill' | 'mark';
  readonly dash?: readonly number[];
  readonly mark?: MarkShape;
  readonly rim?: Color;
}

/** Keys in rows; `height` is what they take. */
export function legend(keys: readonly Key[], width: number, y: number): { readonly shapes: Shape[]; readonly height: number } {
  const { title: size } = letters(width);
  const row = size * 1.65;
  const swatch = 28;
  const shapes: Shape[] = [];
  let x = 0;
  let top = y;
  for (const { label, color, look, dash, mark, rim } of keys) {
    const lines = wrapped(label, size, width - swatch - 8);
    const taken = swatch + 8 + Math.max(...lines.map((line) => textWidth(line, size))) + 22;
    if (x > 0 && x + taken - 22 > width) {
      x = 0;
      top += row;
    }
    const middle = top + row / 2;
    if (look === 'fill') shapes.push({ kind: 'rect', x, y: middle - 7, width: swatch, height: 14, fill: color });
    if (look === 'line')
      shapes.push({ kind: 'line', points: [x, middle, x + swatch, middle], stroke: color, width: 2.5, ...(dash && { dash }) });
    if (mark !== undefined) shapes.push({ kind: 'mark', x: x + swatch / 2, y: middle, radius: 5, shape: mark, color, ...(rim && { rim }) });
    lines.forEach((line, i) => {
      shapes.push({ kind: 'words', x: x + swatch + 8, y: middle + i * row, content: line, size, color: 'text', anchor: 'start' });
    });
    top += (lines.length - 1) * row;
    x += taken;
  }
  return { shapes, height: keys.length === 0 ? 0 : top + row - y + 8 };
}

/** Room that an axis on the left takes: its ticks and, above the plot, its title. */
export function leftRoom(scale: Scale, width: number): number {
  const { tick } = letters(width);
  return Math.max(20, ...scale.ticks.map(({ label }) => textWidth(label, tick))) + 12;
}

/** Grid lines, ticks and the title of a horizontal axis below the box. */
export function bottomAxis(scale: Scale, axis: Axis, box: Box, language: Language, width: number): { shapes: Shape[]; height: number } {
  const { tick, title } = letters(width);
  const shapes: Shape[] = [];
  for (const { value, label } of scale.ticks) {
    const share = scale.share(value);
    if (share === undefined || share < -1e-6 || share > 1 + 1e-6) continue;
    const x = box.x + share * box.width;
    shapes.push({ kind: 'line', points: [x, box.y, x, box.y + box.height], stroke: 'grid', width: 1 });
    const half = textWidth(label, tick) / 2;
    const at = Math.min(Math.max(x, half), width - half);
    shapes.push({ kind: 'words', x: at, y: box.y + box.height + tick, content: label, size: tick, color: 'muted', anchor: 'middle' });
  }
  const lines = wrapped(axis.title[language], title, width - box.x);
  lines.forEach((line, i) => {
    const y = box.y + box.height + tick * 1.9 + title * (0.75 + 1.3 * i);
    shapes.push({ kind: 'words', x: box.x + box.width / 2, y, content: line, size: title, color: 'muted', anchor: 'middle' });
  });
  return { shapes, height: tick * 1.9 + title * 1.3 * lines.length + 8 };
}

/** Grid lines and ticks of a vertical axis left of the box. */
export function leftAxis(scale: Scale, box: Box, width: number): Shape[] {
  const { tick } = letters(width);
  const shapes: Shape[] = [];
  for (const { value, label } of scale.ticks) {
    const share = scale.share(value);
    if (share === undefined || share < -1e-6 || share > 1 + 1e-6) continue;
    const y = box.y + (1 - share) * box.height;
    shapes.push({ kind: 'line', points: [box.x, y, box.x + box.width, y], stroke: 'grid', width: 1 });
    shapes.push({ kind: 'words', x: box.x - 8, y, content: label, size: tick, color: 'muted', anchor: 'end' });
  }
  return shapes;
}

/** A title above the plot, from the left: the vertical axis's, or of what its rows are. */
export function topTitle(words: Text, width: number, y: number, language: Language): { shapes: Shape[]; height: number } {
  const { title } = letters(width);
  const lines = wrapped(words[language], title, width);
  const shapes = lines.map((content, i): Shape => {
    return { kind: 'words', x: 0, y: y + title * (0.7 + 1.3 * i), content, size: title, color: 'muted', anchor: 'start' };
  });
  return { shapes, height: title * 1.3 * lines.length + 10 };
}
