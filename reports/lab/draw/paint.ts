/** A drawing as PNG, on a canvas with the fonts that the package brings along. By day, on white. */

import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import { further, light } from '../../palette.js';
import type { Color, Drawing, Mark, Raster, Shape } from './drawing.js';

const latin = 'Zeroth Lab';
const chinese = 'Zeroth Lab SC';
const require = createRequire(import.meta.url);

/** Two device pixels each unless told. */
export function toPng({ width, height, shapes }: Drawing, ratio = 2): Uint8Array {
  registerFonts();
  const canvas = createCanvas(Math.round(width * ratio), Math.round(height * ratio));
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  context.fillStyle = light.background;
  context.fillRect(0, 0, width, height);
  for (const shape of shapes) paint(context, shape);
  return canvas.toBuffer('image/png');
}

/** A raster's squares as a PNG of one pixel each. */
export function rasterPng(raster: Raster): Uint8Array {
  return pixelsOf(raster).toBuffer('image/png');
}

function pixelsOf({ columns, rows, pixels }: Raster) {
  const canvas = createCanvas(columns, rows);
  const context = canvas.getContext('2d');
  const image = context.createImageData(columns, rows);
  for (let i = 0; i < columns * rows; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = pixels[3 * i + c];
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

function registerFonts(): void {
  if (GlobalFonts.has(latin)) return;
  for (const script of ['latin', 'latin-ext', 'greek', 'cyrillic']) {
    for (const weight of [400, 600]) {
      GlobalFonts.registerFromPath(require.resolve(`@fontsource/inter/files/inter-${script}-${weight}-normal.woff2`), latin);
    }
  }
  const folder = join(dirname(require.resolve('@fontsource-variable/noto-sans-sc/package.json')), 'files');
  for (const file of readdirSync(folder)) GlobalFonts.registerFromPath(join(folder, file), chinese);
}

function paint(context: SKRSContext2D, shape: Shape): void {
  context.save();
  switch (shape.kind) {
    case 'rect':
      context.globalAlpha = shape.opacity ?? 1;
      context.fillStyle = value(shape.fill);
      context.fillRect(shape.x, shape.y, shape.width, shape.height);
      break;
    case 'line':
      context.globalAlpha = shape.opacity ?? 1;
      context.strokeStyle = value(shape.stroke);
      context.lineWidth = shape.width;
      context.lineJoin = 'round';
      context.setLineDash([...(shape.dash ?? [])]);
      trace(context, shape.points);
      context.stroke();
      break;
    case 'area':
      context.globalAlpha = shape.opacity;
      context.fillStyle = value(shape.fill);
      trace(context, shape.points);
      context.closePath();
      context.fill();
      break;
    case 'mark':
      paintMark(context, shape);
      break;
    case 'words':
      context.font = `${shape.bold ? 600 : 400} ${shape.size}px "${latin}", "${chinese}"`;
      context.fillStyle = value(shape.color);
      context.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor;
      context.translate(shape.x, shape.y);
      if (shape.upwards) context.rotate(-Math.PI / 2);
      context.fillText(shape.content, 0, shape.size * 0.36);
      break;
    case 'raster':
      context.imageSmoothingEnabled = shape.smooth;
      context.drawImage(pixelsOf(shape), shape.x, shape.y, shape.width, shape.height);
      break;
    case 'clip':
      context.beginPath();
      context.rect(shape.x, shape.y, shape.width, shape.height);
      context.clip();
      for (const inner of shape.shapes) paint(context, inner);
      break;
    case 'moving':
      for (const inner of shape.shapes) paint(context, inner);
  }
  context.restore();
}

function trace(context: SKRSContext2D, points: readonly number[]): void {
  context.beginPath();
  for (let i = 0; i < points.length; i += 2) context.lineTo(points[i], points[i + 1]);
}

function paintMark(context: SKRSContext2D, { x, y, radius: r, shape, color, rim }: Mark): void {
  context.beginPath();
  const go = (...corners: readonly (readonly [number, number])[]) => {
    corners.forEach(([dx, dy], i) => {
      if (i === 0) context.moveTo(x + dx * r, y + dy * r);
      else context.lineTo(x + dx * r, y + dy * r);
    });
  };
  const slanted = () => {
    go([-0.8, -0.8], [0.8, 0.8]);
    go([0.8, -0.8], [-0.8, 0.8]);
  };
  const upright = () => {
    go([-1, 0], [1, 0]);
    go([0, -1], [0, 1]);
  };
  if (shape === 'circle') context.arc(x, y, r, 0, 2 * Math.PI);
  if (shape === 'rect') go([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]);
  if (shape === 'triangle') go([0, -1.1], [1.05, 0.85], [-1.05, 0.85]);
  if (shape === 'rectRot') go([0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]);
  if (shape === 'crossRot' || shape === 'star') slanted();
  if (shape === 'cross' || shape === 'star') upright();
  if (shape === 'crossRot' || shape === 'cross' || shape === 'star') {
    context.strokeStyle = value(color);
    context.lineWidth = Math.max(1.6, r * 0.45);
    context.stroke();
    return;
  }
  context.closePath();
  context.fillStyle = value(color);
  context.fill();
  if (rim === undefined) return;
  context.strokeStyle = value(rim);
  context.lineWidth = 1;
  context.stroke();
}

const seriesColors = [...light.strategies, ...further.light];

function value(color: Color): string {
  if (color.startsWith('#')) return color;
  if (color === 'page') return light.background;
  if (color === 'text' || color === 'muted' || color === 'grid') return light[color];
  return seriesColors[Number(color.slice(1)) % seriesColors.length];
}
