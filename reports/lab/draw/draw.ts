/** A figure as a drawing: for the page at the width that it has there, for a PNG with its title above. */
import type { Figure } from '../../../src/lab/figure.js';
import type { Language } from '../../../src/lab/text.js';
import { drawBars } from './bars.js';
import { drawBoundary } from './boundary.js';
import { type Drawing, type Shape, shifted, wrapped } from './drawing.js';
import { drawHeatMap } from './heat-map.js';
import { drawHistograms } from './histograms.js';
import { drawImages } from './images.js';
import { drawLines } from './lines.js';
import { drawStills } from './path.js';

/** Without its title and reading, which the page has around it. A path stands still here. */
export function drawFigure(figure: Figure, language: Language, width: number): Drawing {
  switch (figure.kind) {
    case 'lines':
      return drawLines(figure, language, width);
    case 'bars':
      return drawBars(figure, language, width);
    case 'histograms':
      return drawHistograms(figure, language, width);
    case 'heat map':
      return drawHeatMap(figure, language, width);
    case 'boundary':
      return drawBoundary(figure, language, width);
    case 'images':
      return drawImages(figure, language, width);
    case 'path':
      return drawStills(figure, language, width);
  }
}

/** A picture that stands alone: title above, margins around. */
export function drawPicture(figure: Figure, language: Language): Drawing {
  const margin = 24;
  const width = figure.kind === 'boundary' ? 640 : 900;
  const size = 19;
  const lines = wrapped(figure.title[language], size, width, true);
  const inner = drawFigure(figure, language, width);
  const top = margin + lines.length * size * 1.35 + 12;
  const shapes: Shape[] = [
    ...lines.map((content, i): Shape => {
      return { kind: 'words', x: margin, y: margin + size * (0.6 + 1.35 * i), content, size, color: 'text', anchor: 'start', bold: true };
    }),
    ...shifted(inner.shapes, margin, top),
  ];
  return { width: width + 2 * margin, height: top + inner.height + margin, shapes };
}
