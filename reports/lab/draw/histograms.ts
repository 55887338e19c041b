/**
 * Histograms over the same bins, one below the other. The tallest bar of each row fills its height: rows are compared by shape. One alone
 * has an axis of counts.
 */
import type { Histograms } from '../../../src/lab/figure.js';
import type { Language } from '../../../src/lab/text.js';
import { type Drawing, type Shape, textWidth, wrapped } from './drawing.js';
import { type Box, bottomAxis, leftAxis, leftRoom, letters } from './frame.js';
import { formatValue, scaleOf } from './scale.js';

export function drawHistograms(figure: Histograms, language: Language, width: number): Drawing {
  const { edges, rows } = figure;
  const { title } = letters(width);
  const narrow = width < 500;
  const labels = rows.map(({ label }) => label[language]);
  const alone = rows.length === 1;
  const counted = alone ? scaleOf({ title: rows[0].label, min: 0 }, rows[0].counts, { ticks: 5 }) : undefined;
  const nameRoom = Math.min(width * 0.34, Math.max(...labels.map((label) => textWidth(label, title)), 20) + 14);
  const left = nameRoom + (counted === undefined ? 0 : leftRoom(counted, width));
  const height = alone ? (narrow ? 140 : 200) : rows.length > 8 ? 44 : narrow ? 56 : 68;
  const gap = 10;
  const box: Box = { x: left, y: 4, width: width - left - 14, height: rows.length * (height + gap) };
  const scale = scaleOf({ min: edges[0], max: edges[edges.length - 1], ...figure.x }, edges, { ticks: narrow ? 4 : 8 });
  const bottom = bottomAxis(scale, figure.x, box, language, width);
  const at = (value: number) => box.x + (scale.share(value) ?? 0) * box.width;
  const inside: Shape[] = [];
  const names: Shape[] = [];
  rows.forEach(({ counts }, r) => {
    const foot = box.y + (r + 1) * (height + gap);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const most = counted?.to ?? Math.max(...counts, 0);
    inside.push({ kind: 'line', points: [box.x, foot, box.x + box.width, foot], stroke: 'muted', width: 1 });
    counts.forEach((count, i) => {
      if (count <= 0 || most <= 0) return;
      const [x0, x1] = [at(edges[i]), at(edges[i + 1])];
      const tall = Math.max(1, (count / most) * height);
      const hint = `${labels[r]}: ${formatValue(edges[i])} – ${formatValue(edges[i + 1])}, ${formatValue(count / total, true)}`;
      inside.push({ kind: 'rect', x: x0 + 0.4, y: foot - tall, width: Math.max(0.8, x1 - x0 - 0.8), height: tall, fill: 's0', hint });
    });
    const lines = wrapped(labels[r], title, nameRoom - 12);
    lines.forEach((line, i) => {
      const y = foot - height / 2 + title * 1.25 * (i - (lines.length - 1) / 2);
      names.push({ kind: 'words', x: nameRoom - 10, y, content: line, size: title, color: 'text', anchor: 'end' });
    });
  });
  const clip: Shape = { kind: 'clip', x: box.x, y: 0, width: box.width, height: box.y + box.height + 1, shapes: inside };
  const counts = counted === undefined ? [] : leftAxis(counted, { ...box, y: box.y + gap, height }, width);
  return { width, height: box.y + box.height + bottom.height, shapes: [...bottom.shapes, ...counts, clip, ...names] };
}
