/** A population over the surface of a problem of two variables: one moment of it, or several side by side. */
import type { Path } from '../../../src/lab/figure.js';
import type { Language } from '../../../src/lab/text.js';
import { words } from '../words.js';
import { viridis } from './colors.js';
import { type Drawing, type Shape, shifted, wrapped } from './drawing.js';
import { type Box, bottomAxis, leftAxis, leftRoom, legend, letters, topTitle } from './frame.js';
import { colorBar } from './heat-map.js';
import { formatValue, type Scale, scaleOf } from './scale.js';

const bestColor = '#ff7f0e';

/** A drawing of one frame, and where the plane lies in it. */
export interface PathDrawing extends Drawing {
  readonly box: Box;
}

export function drawPath(figure: Path, language: Language, width: number, frame: number, keys = true): PathDrawing {
  const { columns, rows, surface, optimum } = figure;
  const say = words(language);
  const { best } = figure.frames[frame] ?? {};
  const shade = shading(figure);
  const over = legend(
    [
      { label: say.candidates, color: '#ffffff', look: 'mark', mark: 'circle', rim: '#111111' } as const,
      ...(best === undefined ? [] : [{ label: say.best, color: bestColor, look: 'mark', mark: 'rectRot' } as const]),
      ...(optimum === undefined ? [] : [{ label: say.optimum, color: '#ff4fb0', look: 'mark', mark: 'cross' } as const]),
    ].slice(0, keys ? 3 : 0),
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
  const inside: Shape[] = [{ kind: 'raster', ...box, columns, rows, pixels: colours(surface, columns, rows, shade), smooth: true }];
  const at = ([px, py]: readonly [number, number]) => ({
    x: box.x + (x.share(px) ?? 0) * box.width,
    y: box.y + (1 - (y.share(py) ?? 0)) * box.height,
  });
  if (optimum !== undefined) {
    inside.push({ kind: 'mark', ...at(optimum), radius: 10, shape: 'cross', color: '#ff4fb0' });
  }
  inside.push({ kind: 'moving', shapes: dots(figure, frame, at) });
  const shapes: Shape[] = [
    ...over.shapes,
    ...title.shapes,
    ...bottom.shapes,
    ...leftAxis(y, box, width),
    { kind: 'clip', ...box, shapes: inside },
  ];
  const foot = box.y + box.height + bottom.height;
  if (!keys) return { width, height: foot, shapes, box };
  const bar = colorBar(
    shadeScale(shade),
    viridis,
    (figure.value ?? say.loss)[language],
    { x: box.x, y: foot + 4, width: box.width },
    width,
  );
  return { width, height: bar.bottom, shapes: [...shapes, ...bar.shapes], box };
}

/** The way of the best so far, the candidates, and the best. */
function dots({ frames }: Path, frame: number, at: (point: readonly [number, number]) => { x: number; y: number }): Shape[] {
  const { points, best } = frames[frame] ?? { points: [] };
  const way = frames.slice(0, frame + 1).flatMap((one) => (one.best === undefined ? [] : [at(one.best)]));
  const shapes: Shape[] = [];
  if (best !== undefined) shapes.push({ kind: 'line', points: way.flatMap(({ x, y }) => [x, y]), stroke: bestColor, width: 2 });
  for (let i = 0; i + 1 < points.length; i += 2) {
    shapes.push({ kind: 'mark', ...at([points[i], points[i + 1]]), radius: 4, shape: 'circle', color: '#ffffff', rim: '#111111' });
  }
  if (best !== undefined) shapes.push({ kind: 'mark', ...at(best), radius: 6.5, shape: 'rectRot', color: bestColor, rim: '#ffffff' });
  return shapes;
}

/** The first moment, two between and the last, side by side: what stands still. */
export function drawStills(figure: Path, language: Language, width: number): Drawing {
  const last = figure.frames.length - 1;
  const chosen = [...new Set([0, Math.round(last / 6), Math.round(last / 2), last])].filter((frame) => frame >= 0);
  const across = width < 500 ? 1 : 2;
  const gap = 24;
  const own = (width - gap * (across - 1)) / across;
  const { title: size } = letters(width);
  const shapes: Shape[] = [];
  let y = 0;
  let tallest = 0;
  chosen.forEach((frame, index) => {
    if (index > 0 && index % across === 0) {
      y += tallest;
      tallest = 0;
    }
    const x = (index % across) * (own + gap);
    const drawing = drawPath(figure, language, own, frame, index === 0 || across > 1);
    const lines = wrapped(words(language).moment(figure.frames[frame]), size, own, true);
    lines.forEach((content, i) => {
      shapes.push({ kind: 'words', x, y: y + size * (0.8 + 1.3 * i), content, size, color: 'text', anchor: 'start', bold: true });
    });
    const head = size * (0.7 + 1.3 * lines.length);
    shapes.push(...shifted(drawing.shapes, x, y + head));
    tallest = Math.max(tallest, drawing.height + head + 12);
  });
  return { width, height: y + tallest, shapes };
}

/** How bright a loss is, from 0 at the surface's least to 1 at its greatest, and back. */
interface Shading {
  share(value: number): number;
  valueAt(share: number): number;
}

function shading({ surface, log }: Path): Shading {
  let [least, most] = [Infinity, -Infinity];
  for (const value of surface) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const range = most - least || 1;
  if (log !== true) return { share: (value) => (value - least) / range, valueAt: (share) => least + share * range };
  const floor = range * 1e-5;
  const decades = Math.log((range + floor) / floor);
  return {
    share: (value) => Math.log((value - least + floor) / floor) / decades,
    valueAt: (share) => least + floor * Math.expm1(share * decades),
  };
}

/** The colours themselves from end to end, with the losses that they stand for. */
function shadeScale({ valueAt }: Shading): Scale {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, label: formatValue(valueAt(value), false, 2) }));
  return { from: 0, to: 1, log: false, share: (value) => value, ticks };
}

function colours(surface: readonly number[], columns: number, rows: number, { share }: Shading): Uint8Array {
  const pixels = new Uint8Array(3 * columns * rows);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++)
      pixels.set(viridis(share(surface[(rows - 1 - r) * columns + c])).map(Math.round), 3 * (r * columns + c));
  }
  return pixels;
}
