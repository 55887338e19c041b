/**
 * Charts as PNG, through chartjs-node-canvas on @napi-rs/canvas, with the font that the package brings: machines without
 * fonts draw the same text. Only the synchronous methods work on this canvas, and every instance keeps its own copy of
 * chart.js for good: so there is one instance a size.
 */
import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';
import type { ChartConfiguration } from 'chart.js';
import { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import type { Chart } from './chart.js';
import { finish } from './finish.js';
import { light } from './palette.js';

export const width = 960;
const family = 'Zeroth Sans';
const require = createRequire(import.meta.url);
const canvases = new Map<string, ChartJSNodeCanvas>();

/** The PNG of a chart: 960 pixels wide and `chart.height` high, at two device pixels each, on white. */
export function renderPng(chart: Chart): Uint8Array {
  registerFont();
  const size = `${width}x${chart.height}`;
  let canvas = canvases.get(size);
  if (canvas === undefined) {
    canvas = new ChartJSNodeCanvas({ width, height: chart.height, backgroundColour: light.background });
    canvases.set(size, canvas);
  }
  const config = finish(chart.config, light, { font: family, title: chart.title, legend: true });
  config.options.devicePixelRatio = 2;
  config.options.layout = { padding: { top: 14, right: 24, bottom: 12, left: 14 } };
  return canvas.renderToBufferSync(config as unknown as ChartConfiguration, 'image/png');
}

function registerFont(): void {
  if (GlobalFonts.has(family)) return;
  for (const script of ['latin', 'latin-ext', 'greek', 'cyrillic']) {
    for (const weight of [400, 600]) {
      GlobalFonts.registerFromPath(require.resolve(`@fontsource/inter/files/inter-${script}-${weight}-normal.woff2`), family);
    }
  }
}
