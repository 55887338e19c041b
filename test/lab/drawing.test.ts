/** Each kind of figure, looked at as shapes and as pixels. */

import { describe, expect, test } from '@jest/globals';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { style } from '../../reports/html/style.js';
import { crossings } from '../../reports/lab/draw/boundary.js';
import { classes, hex, isBright, type Rgb, signed, viridis } from '../../reports/lab/draw/colors.js';
import { drawFigure, drawPicture } from '../../reports/lab/draw/draw.js';
import { type Drawing, type Raster, type Rect, type Shape, textWidth, wrapped } from '../../reports/lab/draw/drawing.js';
import { toPng } from '../../reports/lab/draw/paint.js';
import { formatterOf, formatValue, scaleOf } from '../../reports/lab/draw/scale.js';
import { momentsOf } from '../../reports/lab/figures.js';
import { inGroups } from '../../reports/lab/groups.js';
import { labStyle } from '../../reports/lab/style.js';
import { dark, further, light } from '../../reports/palette.js';
import type { Bars, Boundary, Figure, HeatMap, Histograms, Lines, Path } from '../../src/lab/figure.js';
import { same } from '../../src/lab/text.js';
import { bars, boundary, figures, heatMap, histograms, images, lines, path } from './sample.js';

function flat(shapes: readonly Shape[]): Shape[] {
  return shapes.flatMap((shape) => (shape.kind === 'clip' || shape.kind === 'moving' ? flat(shape.shapes) : [shape]));
}

function all<Kind extends Shape['kind']>(drawing: Drawing, kind: Kind): Extract<Shape, { kind: Kind }>[] {
  return flat(drawing.shapes).filter((shape): shape is Extract<Shape, { kind: Kind }> => shape.kind === kind);
}

/** Colours of a drawing as painted, one device pixel for each of its own. */
async function pixelsOf(drawing: Drawing): Promise<(x: number, y: number) => Rgb> {
  const image = await loadImage(Buffer.from(toPng(drawing, 1)));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return (x, y) => [...context.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3)] as unknown as Rgb;
}

function near(a: Rgb, b: Rgb, tolerance: number): void {
  expect([a, b, Math.max(...a.map((part, c) => Math.abs(part - b[c]))) <= tolerance]).toEqual([a, b, true]);
}

const rgb = (color: string): Rgb => [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16)) as unknown as Rgb;

test('of two lines of many points, one under the other, both are seen: each has marks of its own shape at other places', () => {
  const x = Array.from({ length: 300 }, (_, i) => i);
  const series = ['a', 'b', 'c'].map((label) => ({ label: same(label), x, y: x }));
  const drawing = drawFigure({ ...(lines as Lines), y: { title: same('y') }, series }, 'en', 960);
  const marks = all(drawing, 'mark').filter(({ hint }) => hint !== undefined);
  const shapes = [...new Set(marks.map(({ shape }) => shape))];
  expect(shapes).toHaveLength(3);
  expect(new Set(marks.map((mark) => mark.x)).size).toBe(marks.length);
  expect(marks.length).toBeLessThan(30);
});

test('a line stops at the edge of its axes, a mark beyond them is not drawn; a long line alone needs no marks', () => {
  const x = Array.from({ length: 60 }, (_, i) => i);
  const line = { label: same('a'), x, y: x.map((value) => value - 30) };
  const figure: Lines = { ...(lines as Lines), x: { title: same('x') }, y: { title: same('y'), min: 0, max: 10 }, series: [line] };
  const alone = drawFigure(figure, 'en', 960);
  expect(all(alone, 'mark')).toHaveLength(0);
  const [clip] = alone.shapes.filter((shape) => shape.kind === 'clip');
  const grid = all(alone, 'line').filter(({ stroke }) => stroke === 'grid');
  const [left, foot] = [Math.min(...grid.map(({ points }) => points[0])), Math.max(...grid.map(({ points }) => points[3]))];
  expect([clip.x - left, clip.y + clip.height - foot].map(Math.abs).every((distance) => distance <= 1)).toBe(true);
  const few = { ...line, x: [10, 32, 35, 50], y: [-20, 2, 5, 20] };
  const marks = all(drawFigure({ ...figure, series: [few, { ...few, label: same('b') }] }, 'en', 960), 'mark');
  expect(marks.filter(({ hint }) => hint !== undefined).map(({ hint }) => hint)).toEqual(['a: 32, 2', 'a: 35, 5', 'b: 32, 2', 'b: 35, 5']);
});

test('ten lines have ten colours, and the page has each by day and by night', () => {
  const series = Array.from({ length: 10 }, (_, i) => ({ label: same(String(i)), x: [0, 1], y: [i, i] }));
  const strokes = all(drawFigure({ ...(lines as Lines), series }, 'en', 960), 'line').flatMap(({ stroke }) =>
    /^s\d/.test(stroke) ? [stroke] : [],
  );
  const used = [...new Set(strokes)];
  expect(used).toHaveLength(10);
  const page = `${style({})}${labStyle}`;
  for (const name of used) expect([name, page.match(new RegExp(`--${name}:#`, 'g'))?.length]).toEqual([name, 2]);
  expect(new Set([...light.strategies, ...further.light]).size).toBe(10);
  expect(new Set([...dark.strategies, ...further.dark]).size).toBe(10);
});

test('a heat map’s columns all keep their names on a narrow screen: in lines where words fit, else read upwards', () => {
  const drawn = (labels: string[], width: number) => {
    const figure: HeatMap = {
      ...(heatMap as HeatMap),
      x: { title: same('class'), labels },
      values: (heatMap as HeatMap).values.map(() => labels.map(() => 0.5)),
    };
    const drawing = drawFigure(figure, 'en', width);
    const cells = all(drawing, 'rect');
    return { words: all(drawing, 'words'), cell: cells[0].width + 1, foot: Math.max(...cells.map(({ y, height }) => y + height)), drawing };
  };
  const classes = ['convex smooth', 'convex other', 'nonconvex smooth', 'nonconvex other'];
  const narrow = drawn(classes, 364);
  const upwards = narrow.words.filter(({ upwards: up }) => up);
  const shown = upwards.length > 0 ? upwards.map(({ content }) => content) : classes;
  expect(shown).toEqual(classes);
  for (const { content, size, y } of upwards) expect(y + textWidth(content, size)).toBeLessThan(narrow.drawing.height);
  const wide = drawn(classes, 640);
  const lines = wide.words.filter(({ y, anchor }) => y > wide.foot && anchor === 'middle').map(({ content }) => content);
  for (const word of classes.join(' ').split(' ')) expect(lines.join(' ').split(' ')).toContain(word);
  for (const { content, size } of wide.words.filter(({ content: own }) => lines.includes(own) && classes.join(' ').includes(own)))
    expect(textWidth(content, size)).toBeLessThanOrEqual(wide.cell);
});

describe('colours', () => {
  // the eleven samples of the published map at 0, 0.1, ..., 1
  const published = [
    '#440154',
    '#482475',
    '#414487',
    '#355f8d',
    '#2a788e',
    '#21918c',
    '#22a884',
    '#44bf70',
    '#7ad151',
    '#bddf26',
    '#fde725',
  ];
  test.each(published.map((color, i) => [i / 10, color]))('viridis at %d is within 10 of 255 of %s', (share, color) => {
    near(viridis(share as number), rgb(color as string), 10);
  });

  test('viridis grows brighter, signed is white in the middle and mirrored, classes are blue and orange', () => {
    const brightness = (color: Rgb) => 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2];
    for (let i = 0; i < 100; i++) expect(brightness(viridis((i + 1) / 100))).toBeGreaterThan(brightness(viridis(i / 100)));
    expect(Math.min(...signed(0))).toBeGreaterThan(240);
    expect(signed(1)[0]).toBeGreaterThan(2 * signed(1)[2]);
    expect(signed(-1)[2]).toBeGreaterThan(2 * signed(-1)[0]);
    expect(classes(0)[2]).toBeGreaterThan(classes(0)[0]);
    expect(classes(1)[0]).toBeGreaterThan(classes(1)[2]);
    expect([isBright(rgb('#fde725')), isBright(rgb('#440154'))]).toEqual([true, false]);
    expect(viridis(7)).toEqual(viridis(1));
  });
});

describe('scales', () => {
  test('a logarithmic one gives each decade the same room, and no place to 0', () => {
    const scale = scaleOf({ title: same(''), log: true, min: 1e-4, max: 1 }, [], { ticks: 5 });
    expect([1e-4, 1e-3, 1e-2, 0.1, 1].map((value) => Number(scale.share(value)?.toFixed(9)))).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(scale.share(0)).toBeUndefined();
    expect(scale.ticks.map(({ label }) => label)).toEqual(['1e−4', '0.001', '0.01', '0.1', '1']);
  });

  test('a linear one has round ticks, percentages where asked', () => {
    const scale = scaleOf({ title: same(''), percent: true, min: 0, max: 1 }, [], { ticks: 5 });
    expect(scale.ticks.map(({ label }) => label)).toEqual(['0 %', '20 %', '40 %', '60 %', '80 %', '100 %']);
  });

  test('a logarithmic one names more than two numbers, finer ones where powers of ten are too few', () => {
    const labels = (min: number, max: number) =>
      scaleOf({ title: same(''), log: true, min, max }, [], { ticks: 7 }).ticks.map(({ label }) => label);
    expect(labels(4, 80)).toEqual(['5', '7', '10', '20', '30', '50', '70']);
    expect(labels(4, 200)).toEqual(['10', '30', '100']);
    expect(labels(0.5, 500)).toEqual(['1', '10', '100']);
  });

  test('equal values, no values and values that cannot be shown still make a scale', () => {
    for (const values of [[3, 3], [], [null], [0, -1]]) {
      for (const log of [true, false]) {
        const { from, to, ticks } = scaleOf({ title: same(''), log }, values, { ticks: 5, margin: true });
        expect([values, log, Number.isFinite(from) && to > from && ticks.length > 0]).toEqual([values, log, true]);
      }
    }
  });

  test('numbers are written short', () => {
    expect([0.25, -0.5, 37752832, 290400, 99999.6, 12345, 1500, 1e-7, 2e9, 0].map((value) => formatValue(value))).toEqual([
      '0.25',
      '−0.5',
      '37.8 M',
      '290,400',
      '100,000',
      '12,345',
      '1,500',
      '1e−7',
      '2e9',
      '0',
    ]);
  });

  test('numbers below one another have three digits each, whole ones none too many', () => {
    expect([1.0892, 0.9, 0.0578, 4.2151].map(formatterOf([1.0892, 0.9, 0.0578, 4.2151]))).toEqual(['1.09', '0.900', '0.0578', '4.22']);
    expect([0.251, 0.28, 1].map(formatterOf([0.251, 0.28], true))).toEqual(['25.1 %', '28.0 %', '100 %']);
    expect([3, 40, null].flatMap((v) => (v === null ? [] : formatterOf([3, 40, null])(v)))).toEqual(['3', '40']);
  });

  test('whole values have whole ticks, and few of them all', () => {
    const labels = (values: number[], ticks: number) => scaleOf({ title: same('') }, values, { ticks }).ticks.map(({ value }) => value);
    expect(labels([1, 5], 8)).toEqual([1, 2, 3, 4, 5]);
    expect(labels([1, 10], 8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(labels([1, 2.5], 8)).toContain(1.2);
  });
});

test('lines: a power law is straight on a logarithmic axis, a missing value is a gap, the bound is dashed', async () => {
  const drawing = drawFigure(lines, 'en', 960);
  const marks = all(drawing, 'mark').filter(({ hint }) => hint?.startsWith('logistic'));
  expect(marks).toHaveLength(10);
  const steps = marks.slice(1).map((mark, k) => [mark.x - marks[k].x, mark.y - marks[k].y]);
  for (const [dx, dy] of steps) {
    expect(dx).toBeCloseTo(steps[0][0], 6);
    expect(dy).toBeCloseTo(steps[0][1], 6);
  }
  expect(steps[0][1]).toBeLessThan(0); // towards the output it grows, and up is a smaller y
  const polylines = all(drawing, 'line').filter(({ stroke, points }) => stroke === 's1' && points.length > 4);
  expect(polylines.map(({ points }) => points.length / 2)).toEqual([4, 5]);
  expect(all(drawing, 'line').filter(({ dash, stroke }) => stroke === 'muted' && (dash?.length ?? 0) > 0).length).toBe(2); // line and key
  const at = await pixelsOf(drawing);
  near(at(marks[4].x, marks[4].y), rgb(light.strategies[0]), 2);
  expect(all(drawing, 'area')).toHaveLength(1);
});

test('bars: lengths are in the ratio of the values, a missing value has none, thresholds cross their group', async () => {
  const drawing = drawFigure(bars, 'en', 960);
  const rects = all(drawing, 'rect').filter(({ hint }) => hint !== undefined);
  const width = (hint: string) => rects.find((rect) => rect.hint?.startsWith(hint))?.width ?? 0;
  expect(width('gradient descent, 4 layers') / width('genetic algorithm, 4 layers')).toBeCloseTo(0.9 / 0.25, 6);
  expect(rects).toHaveLength(5);
  const dashes = all(drawing, 'line').filter(({ stroke, dash }) => stroke === 'text' && dash !== undefined);
  expect(dashes).toHaveLength(3 + 1); // and the key
  const at = await pixelsOf(drawing);
  const second = rects.find(({ fill }) => fill === 's1') as Rect;
  near(at(second.x + second.width / 2, second.y + second.height / 2), rgb(light.strategies[1]), 2);
  // The threshold at 0.33 crosses the blue bar of 0.9: dark dashes on a strip of the page's colour, whatever the bar's.
  const [x, top] = dashes[1].points;
  const first = rects[0];
  expect([first.x < x && x < first.x + first.width, top < first.y]).toEqual([true, true]);
  near(at(x - 0.5, top + 2), rgb(light.text), 60);
  near(at(Math.ceil(x + 1.2), first.y + first.height / 2), rgb(light.background), 40);
  near(at(x + 8, first.y + first.height / 2), rgb(light.strategies[0]), 2);
});

test('where there is no value, a word says why, in bars and in heat maps; bars say what their categories are', () => {
  const missing = { en: 'not reached', zh: '未达到' };
  const drawnWords = (figure: Figure, language: 'en' | 'zh') =>
    all(drawFigure(figure, language, 960), 'words').map(({ content }) => content);
  expect(drawnWords({ ...(bars as Bars), missing, names: { en: 'method', zh: '方法' } }, 'en')).toEqual(
    expect.arrayContaining(['not reached', 'method']),
  );
  const absent = (heatMap as HeatMap).values.flat().filter((value) => value === null).length;
  expect(drawnWords({ ...(heatMap as HeatMap), missing }, 'zh').filter((content) => content === '未达到')).toHaveLength(absent);
  expect(drawnWords(bars, 'en')).not.toContain('not reached');
});

test('a heat map on a narrow screen: names stay within the picture, words within their cells, numbers of the scale apart', () => {
  const names = ['multistart(quadratic-trust-region)', 'pso'];
  const figure: HeatMap = {
    ...(heatMap as HeatMap),
    y: { title: same('solver'), labels: names },
    values: names.map(() => [0, 1, null, 0.5]),
    value: { title: same('share'), percent: true, min: 0, max: 1 },
    missing: same('a long word for what is not there'),
  };
  const drawn = all(drawFigure(figure, 'en', 364), 'words');
  expect(drawn.filter(({ content }) => content === '–')).toHaveLength(2);
  const rows = drawn.filter(({ anchor }) => anchor === 'end');
  expect(rows.map(({ content }) => content)).toEqual(['multistart', '(quadratic-trust-region)', 'pso']);
  for (const { x, content, size } of rows) expect(x - textWidth(content, size)).toBeGreaterThanOrEqual(0);
  const scale = drawn.filter(({ y }) => y === drawn[drawn.length - 1].y);
  expect(scale.length).toBeGreaterThan(2);
  for (const [i, { x, content, size }] of scale.entries())
    if (i > 0) expect(x - textWidth(content, size) / 2).toBeGreaterThan(scale[i - 1].x + textWidth(scale[i - 1].content, size) / 2);
});

test('a point at the very edge of the plane is drawn whole, one beyond it not at all', () => {
  const points = [
    { x: 1, y: 0.5, label: 0 as const },
    { x: 1.2, y: 0.5, label: 1 as const },
  ];
  const drawing = drawFigure({ ...(boundary as Boundary), points }, 'en', 960);
  const [raster] = all(drawing, 'raster');
  const marks = all(drawing, 'mark').filter(({ y }) => y > raster.y);
  expect(marks.map(({ x }) => x)).toEqual([raster.x + raster.width]);
  expect(drawing.shapes).toContain(marks[0]); // in no clip
});

test('histograms: the tallest bar of each row stands over its bin', () => {
  const drawing = drawFigure(histograms, 'en', 960);
  const rects = all(drawing, 'rect');
  const tallest = Math.max(...rects.map(({ height }) => height));
  const tall = rects.filter(({ height }) => height === tallest);
  expect(tall.map(({ hint }) => hint)).toEqual(['layer 1: 0 – 0.1, 35.7 %', 'layer 2: 0.3 – 0.4, 35.7 %', 'layer 3: 0.6 – 0.7, 35.7 %']);
  expect(tall[1].x - tall[0].x).toBeCloseTo(tall[2].x - tall[1].x, 6);
  expect(rects[1].height / tallest).toBeCloseTo(8 / 40, 6);
});

test('a histogram alone has an axis of counts, from 0 to the tallest bar', () => {
  const rows = [{ label: same('seeds'), counts: [40, 0, 10] }];
  const drawing = drawFigure({ ...(histograms as Histograms), edges: [0, 1, 2, 3], rows }, 'en', 960);
  const [tallest, quarter] = all(drawing, 'rect');
  const tick = (content: string) => all(drawing, 'words').find((one) => one.content === content && one.anchor === 'end')?.y;
  expect(tick('40')).toBeCloseTo(tallest.y, 6);
  expect(tick('0')).toBeCloseTo(tallest.y + tallest.height, 6);
  expect(tick('10')).toBeCloseTo(quarter.y, 6);
});

test('heat map: the least cell is dark violet, the largest yellow, the middle in between by its logarithm, absent ones are blank', async () => {
  const drawing = drawFigure(heatMap, 'en', 960);
  const at = await pixelsOf(drawing);
  const cells = all(drawing, 'rect');
  expect(cells).toHaveLength(9);
  const color = (hint: string) => {
    const { x, y, width, height } = cells.find((cell) => cell.hint === hint) as Rect;
    return at(x + width / 10, y + height / 4);
  };
  near(color('4 layers × 1: 1e−5'), rgb('#440154'), 2);
  near(color('4 layers × 4: 1'), rgb('#fde725'), 2);
  near(color('4 layers × 2: 0.001'), rgb('#2a788e'), 3); // viridis at 2/5
  const { x, y, width, height } = cells.find(({ hint }) => hint === '2 layers × 2: 1') as Rect;
  near(at(x + 1.5 * width, y + height / 4), [255, 255, 255], 0);
});

test('a heat map of both signs is white at 0', () => {
  const values = [[-2, 0, 1]];
  const figure: HeatMap = {
    ...(heatMap as HeatMap),
    value: { title: same('') },
    values,
    y: { title: same(''), labels: ['r'] },
    numbers: false,
  };
  const fills = all(drawFigure(figure, 'en', 960), 'rect').map(({ fill }) => fill);
  expect(fills).toEqual([hex(signed(-1)), hex(signed(0)), hex(signed(0.5))]);
});

test('boundary: blue on the side of class 0, orange on the other, the line where the field is one half', async () => {
  const drawing = drawFigure(boundary, 'en', 960);
  const [{ x, y, width, height }] = all(drawing, 'raster');
  const at = await pixelsOf(drawing);
  const [left, right] = [at(x + 0.1 * width, y + 0.5 * height), at(x + 0.9 * width, y + 0.5 * height)];
  expect(left[2]).toBeGreaterThan(left[0] + 30);
  expect(right[0]).toBeGreaterThan(right[2] + 30);
  if (boundary.kind !== 'boundary') throw new Error('not a boundary');
  const pieces = crossings(boundary);
  expect(pieces).toHaveLength(19);
  for (const [x0, , x1] of pieces) expect([x0, x1]).toEqual([9.5, 9.5].map((v) => expect.closeTo(v, 9)));
  const points = all(drawing, 'mark').filter(({ radius }) => radius === 4.2);
  expect(points.map((mark) => Number(((mark.x - x) / width).toFixed(3)))).toEqual([0.2, 0.8, 0.7]);
  expect(points.map((mark) => Number((1 - (mark.y - y) / height).toFixed(3)))).toEqual([0.3, 0.7, 0.2]);
});

test('the line between the classes follows a circle', () => {
  const n = 40;
  const field = Array.from({ length: n * n }, (_, i) => (Math.hypot((i % n) - 19.5, Math.floor(i / n) - 19.5) < 10 ? 1 : 0));
  const pieces = crossings({ columns: n, rows: n, field });
  for (const [x0, y0] of pieces) expect(Math.abs(Math.hypot(x0 - 19.5, y0 - 19.5) - 10)).toBeLessThan(1);
  const length = pieces.reduce((sum, [x0, y0, x1, y1]) => sum + Math.hypot(x1 - x0, y1 - y0), 0);
  expect(length).toBeGreaterThan(2 * Math.PI * 10 * 0.98);
});

test('images: the first pixel is red where its weight is 1, the last blue where it is -1', async () => {
  const drawing = drawFigure(images, 'en', 960);
  const [{ x, y, width, height }, second] = all(drawing, 'raster') as [Raster, Raster];
  const at = await pixelsOf(drawing);
  near(at(x + width / 8, y + height / 8), rgb('#b2182b'), 2);
  near(at(x + width * (7 / 8), y + height * (7 / 8)), rgb('#2166ac'), 2);
  near(at(second.x + width / 8, second.y + height / 8), rgb('#f7f7f7'), 2);
});

test('path: dark where the loss is least, four moments stand still, the page gets every moment', async () => {
  const drawing = drawFigure(path, 'en', 960);
  const rasters = all(drawing, 'raster').filter(({ rows }) => rows > 1);
  expect(rasters).toHaveLength(4);
  expect(all(drawing, 'raster')).toHaveLength(8); // and a scale of colours below each
  // The way of the best so far: a corner for each frame up to the one shown.
  const ways = all(drawing, 'line').filter(({ stroke }) => stroke === '#ff7f0e');
  expect(ways.map(({ points }) => points.length / 2)).toEqual([1, 2, 5, 8]);
  // The surface runs from 0 to 2; halfway along a logarithmic scale of five decades stands 2e-5 (10^2.5 - 1).
  const labels = (figure: Figure) => all(drawFigure(figure, 'en', 960), 'words').map(({ content }) => content);
  expect(labels(path)).toEqual(expect.arrayContaining(['Loss', '0.5', '1.5']));
  expect(labels({ ...(path as Path), log: true })).toContain(formatValue(2e-5 * (10 ** 2.5 - 1), false, 2));
  const at = await pixelsOf(drawing);
  const [{ x, y, width, height }] = rasters;
  near(at(x + 3, y + 3), rgb('#fde725'), 20);
  near(at(x + width / 2 + 18, y + height / 2 + 12), viridis(0), 30);
  const { frames } = momentsOf(path as Path, 'zh');
  expect(frames).toHaveLength(8);
  expect(frames[3].label).toBe('第 4 / 8 帧：第 3 代，已评估 24 次，最低损失 0.0953');
  const xs = frames.map(({ best }) => best?.[0] ?? 0);
  expect((xs[1] - xs[7]) / (xs[0] - xs[7])).toBeCloseTo((0.7 - 0.7 ** 7) / (1 - 0.7 ** 7), 2);
});

test('Chinese words are drawn with letters of their own, on machines without Chinese fonts too', async () => {
  const drawn = async (content: string) => {
    const at = await pixelsOf({
      width: 40,
      height: 40,
      shapes: [{ kind: 'words', x: 20, y: 20, content, size: 28, color: 'text', anchor: 'middle' }],
    });
    return Array.from({ length: 1600 }, (_, i) => (at(i % 40, Math.floor(i / 40))[0] < 128 ? '#' : '.')).join('');
  };
  const [a, b, missing] = [await drawn('梯'), await drawn('度'), await drawn('\u{1f0fe}')];
  expect(a).toContain('#');
  expect(a).not.toBe(b);
  expect(a).not.toBe(missing);
});

test.each(figures.map((figure): [string, Figure] => [figure.kind, figure]))(
  '%s is drawn inside its bounds, wide and narrow, in both languages',
  (_, figure) => {
    for (const language of ['en', 'zh'] as const) {
      for (const drawing of [drawFigure(figure, language, 960), drawFigure(figure, language, 364), drawPicture(figure, language)]) {
        for (const shape of flat(drawing.shapes)) {
          if (shape.kind !== 'words') continue;
          const wide = textWidth(shape.content, shape.size, shape.bold);
          const from = shape.anchor === 'start' ? shape.x : shape.anchor === 'middle' ? shape.x - wide / 2 : shape.x - wide;
          expect([shape.content, from >= -12 && from + wide <= drawing.width + 12]).toEqual([shape.content, true]);
          expect([shape.content, shape.y >= 0 && shape.y <= drawing.height]).toEqual([shape.content, true]);
        }
      }
    }
  },
);

test('text is broken where it may be, and nothing is lost', () => {
  const en = 'One line for each activation; lower on the left is a vanished gradient.';
  expect(wrapped(en, 15, 200).join(' ')).toBe(en);
  for (const line of wrapped(en, 15, 200)) expect(textWidth(line, 15)).toBeLessThanOrEqual(200);
  const zh = '每条线是一种激活函数；左侧越低，梯度消失越严重。';
  const broken = wrapped(zh, 15, 150);
  expect(broken.join('')).toBe(zh);
  expect(broken.length).toBeGreaterThan(1);
  for (const line of broken) expect(line).not.toMatch(/^[，。；]/);
});

test('figures of one group get one range; others keep theirs', () => {
  const small = { ...(lines as Lines), id: 'small', group: 'g', series: [{ label: same('a'), x: [1, 2], y: [1, 10] }] };
  const large = { ...small, id: 'large', series: [{ label: same('a'), x: [1, 5], y: [10, 1000] }] };
  const [a, b, alone] = inGroups([small, large, lines]) as [Lines, Lines, Lines];
  expect([a.x.min, a.x.max, a.y.min, a.y.max]).toEqual([b.x.min, b.x.max, b.y.min, b.y.max]);
  expect([a.x.min, a.x.max]).toEqual([1, 5]);
  expect(a.y.max).toBeGreaterThanOrEqual(1000);
  expect(alone).toBe(lines);
});

test('bars to the left of 0: their numbers stand clear of the names', () => {
  const categories = ['a name', 'another'].map(same);
  const figure: Figure = {
    kind: 'bars',
    id: 'left',
    title: same(''),
    reading: same(''),
    categories,
    value: { title: same('points') },
    series: [{ label: same('a'), values: [-1.234, -2.5] }],
  };
  const words = all(drawFigure(figure, 'en', 960), 'words');
  const names = words.filter(({ content }) => categories.some(({ en }) => en === content));
  const numbers = words.filter(({ content, anchor }) => anchor === 'end' && /^−\d/.test(content));
  expect([names.length, numbers.map(({ content }) => content)]).toEqual([2, ['−1.23', '−2.50']]);
  const right = Math.max(...names.map(({ x }) => x));
  for (const { x, content, size } of numbers) expect(x - textWidth(content, size)).toBeGreaterThan(right);
});
