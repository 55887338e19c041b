/** What a model answers over a plane: colours by the probability of class 1, a line where it is one half, the data on top. */
import type { Boundary } from '../../../src/lab/figure.js';
import type { Language } from '../../../src/lab/text.js';
import { words } from '../words.js';
import { classes } from './colors.js';
import type { Drawing, Shape } from './drawing.js';
import { type Box, bottomAxis, leftAxis, leftRoom, legend, topTitle } from './frame.js';
import { scaleOf } from './scale.js';

export function drawBoundary(figure: Boundary, language: Language, width: number): Drawing {
  const { columns, rows, field, points } = figure;
  const say = words(language);
  const tests = points.some(({ test }) => test);
  const over = legend(
    points.length === 0
      ? []
      : [
          { label: say.classOf(0), color: 's0', look: 'mark', mark: 'circle' },
          { label: say.classOf(1), color: 's1', look: 'mark', mark: 'triangle' },
          ...(tests ? [{ label: say.testPoints, color: 'page', look: 'mark', mark: 'circle', rim: 'text' } as const] : []),
        ],
    width,
    0,
  );
  const title = topTitle(figure.y.title, width, over.height, language);
  const ticks = width < 500 ? 4 : 6;
  const [x, y] = [scaleOf(figure.x, [], { ticks }), scaleOf(figure.y, [], { ticks })];
  const left = leftRoom(y, width);
  const side = Math.min(width - left - 14, 560);
  const box: Box = { x: left, y: over.height + title.height + 6, width: side, height: side * 0.82 };
  const bottom = bottomAxis(x, figure.x, box, language, width);
  const pixels = new Uint8Array(3 * columns * rows);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) pixels.set(classes(field[(rows - 1 - r) * columns + c]).map(Math.round), 3 * (r * columns + c));
  }
  const inside: Shape[] = [
    { kind: 'raster', ...box, columns, rows, pixels, smooth: true },
    ...crossings(figure).map(([x0, y0, x1, y1]): Shape => {
      const at = (cx: number, cy: number) => [box.x + ((cx + 0.5) / columns) * box.width, box.y + (1 - (cy + 0.5) / rows) * box.height];
      return { kind: 'line', points: [...at(x0, y0), ...at(x1, y1)], stroke: '#1f2328', width: 1.8 };
    }),
  ];
  const marks: Shape[] = []; // not cut off at the edge
  for (const { x: px, y: py, label, test } of points) {
    const [sx, sy] = [x.share(px), y.share(py)];
    if (sx === undefined || sy === undefined || Math.max(Math.abs(sx - 0.5), Math.abs(sy - 0.5)) > 0.5) continue;
    const own = label === 0 ? '#0b4f7a' : '#a33c00';
    const shape = label === 0 ? 'circle' : 'triangle';
    const color = test ? '#ffffff' : own;
    marks.push({
      kind: 'mark',
      x: box.x + sx * box.width,
      y: box.y + (1 - sy) * box.height,
      radius: 4.2,
      shape,
      color,
      rim: test ? own : '#ffffff',
    });
  }
  return {
    width,
    height: box.y + box.height + bottom.height,
    shapes: [
      ...over.shapes,
      ...title.shapes,
      ...bottom.shapes,
      ...leftAxis(y, box, width),
      { kind: 'clip', ...box, shapes: inside },
      ...marks,
    ],
  };
}

/** Pieces of the line where the field is one half, between the centres of its cells: marching squares. */
export function crossings({ columns, rows, field }: Pick<Boundary, 'columns' | 'rows' | 'field'>): [number, number, number, number][] {
  const pieces: [number, number, number, number][] = [];
  const at = (c: number, r: number) => field[r * columns + c] - 0.5;
  for (let r = 0; r + 1 < rows; r++) {
    for (let c = 0; c + 1 < columns; c++) {
      const corners = [
        [c, r],
        [c + 1, r],
        [c + 1, r + 1],
        [c, r + 1],
      ] as const;
      const cuts: [number, number][] = [];
      for (let k = 0; k < 4; k++) {
        const [[ax, ay], [bx, by]] = [corners[k], corners[(k + 1) % 4]];
        const [a, b] = [at(ax, ay), at(bx, by)];
        if (a < 0 === b < 0) continue;
        const t = a / (a - b);
        cuts.push([ax + (bx - ax) * t, ay + (by - ay) * t]);
      }
      for (let k = 0; k + 1 < cuts.length; k += 2) pieces.push([...cuts[k], ...cuts[k + 1]]);
    }
  }
  return pieces;
}
