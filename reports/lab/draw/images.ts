/** Small pictures side by side, on one scale of colours: weights around 0 from blue to red, or colour images as they are. */
import type { Images } from '../../../src/lab/figure.js';
import type { Language } from '../../../src/lab/text.js';
import { signed } from './colors.js';
import { type Drawing, type Shape, textWidth } from './drawing.js';
import { letters } from './frame.js';

export function drawImages(figure: Images, language: Language, width: number): Drawing {
  const { images, width: columns, height: rows, channels } = figure;
  const { tick } = letters(width);
  const labels = images.map(({ label }) => label[language]);
  const labelled = labels.some((label) => label !== '');
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, tick)));
  const across = Math.max(
    1,
    Math.min(images.length, Math.floor(width / Math.max(width < 500 ? 84 : 104, Math.min(widest + 8, width / 2)))),
  );
  const gap = 10;
  const cell = (width - gap * (across - 1)) / across;
  const side = Math.min(cell, 150);
  const tall = side * (rows / columns);
  const step = tall + (labelled ? tick * 1.9 : gap);
  let most = 0;
  for (const { values } of images) for (const value of values) most = Math.max(most, Math.abs(value));
  const shapes: Shape[] = [];
  images.forEach(({ values }, index) => {
    const x = (index % across) * (cell + gap);
    const y = Math.floor(index / across) * step;
    const pixels = new Uint8Array(3 * columns * rows);
    for (let i = 0; i < columns * rows; i++) {
      if (channels === 3) for (let c = 0; c < 3; c++) pixels[3 * i + c] = Math.round(255 * Math.min(1, Math.max(0, values[3 * i + c])));
      else pixels.set(signed(most === 0 ? 0 : values[i] / most).map(Math.round), 3 * i);
    }
    shapes.push({ kind: 'raster', x, y, width: side, height: tall, columns, rows, pixels, smooth: false });
    if (labelled) {
      shapes.push({
        kind: 'words',
        x: x + side / 2,
        y: y + tall + tick * 0.85,
        content: labels[index],
        size: tick,
        color: 'muted',
        anchor: 'middle',
      });
    }
  });
  return { width, height: Math.ceil(images.length / across) * step, shapes };
}
