/** A drawing as SVG for the page: colours of the theme are the page's own, so that it follows day, night and paper. */
import { text } from '../../html/escape.js';
import type { Color, Drawing, Mark, Shape } from './drawing.js';
import { rasterPng } from './paint.js';

/** `label` says in words what it shows. `className` is the element's. */
export function toSvg(drawing: Drawing, label: string, className: string): string {
  const { width, height, shapes } = drawing;
  return `<svg class="${text(className)}" viewBox="0 0 ${digits(width)} ${digits(height)}" role="img" aria-label="${text(label)}" style="max-width:${digits(width)}px">${shapes.map(element).join('')}</svg>`;
}

function element(shape: Shape): string {
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, fill, opacity, hint } = shape;
      return tag('rect', { x, y, width, height, fill: css(fill), ...(opacity !== undefined && { opacity }) }, hint);
    }
    case 'line': {
      const { points, stroke, width, dash, opacity } = shape;
      const style = { fill: 'none', stroke: css(stroke), 'stroke-width': width, 'stroke-linejoin': 'round' };
      return tag('polyline', {
        points: list(points),
        ...style,
        ...(dash !== undefined && dash.length > 0 && { 'stroke-dasharray': dash.join(' ') }),
        ...(opacity !== undefined && { opacity }),
      });
    }
    case 'area':
      return tag('polygon', { points: list(shape.points), fill: css(shape.fill), opacity: shape.opacity });
    case 'mark':
      return mark(shape);
    case 'words': {
      const { x, y, content, size, color, anchor, bold, upwards } = shape;
      const attributes = {
        x,
        y,
        'font-size': size,
        fill: css(color),
        'text-anchor': anchor,
        dy: '.36em',
        ...(bold && { 'font-weight': 600 }),
        ...(upwards && { transform: `rotate(-90 ${digits(x)} ${digits(y)})` }),
      };
      return `<text${attributesOf(attributes)}>${text(content)}</text>`;
    }
    case 'raster': {
      const { x, y, width, height, smooth } = shape;
      const href = `data:image/png;base64,${Buffer.from(rasterPng(shape)).toString('base64')}`;
      const style = smooth ? {} : { style: 'image-rendering:pixelated' };
      return tag('image', { x, y, width, height, preserveAspectRatio: 'none', ...style, href });
    }
    case 'clip': {
      const { x, y, width, height, shapes } = shape;
      const viewBox = [x, y, width, height].map(digits).join(' ');
      return `<svg${attributesOf({ x, y, width, height, viewBox })}>${shapes.map(element).join('')}</svg>`;
    }
    case 'moving':
      return `<g class="moving">${shape.shapes.map(element).join('')}</g>`;
  }
}

function mark({ x, y, radius: r, shape, color, rim, hint }: Mark): string {
  const filled = { fill: css(color), ...(rim !== undefined && { stroke: css(rim), 'stroke-width': 1 }) };
  if (shape === 'circle') return tag('circle', { cx: x, cy: y, r, ...filled }, hint);
  const path = (d: string, lines: boolean) =>
    tag('path', { d, ...(lines ? { fill: 'none', stroke: css(color), 'stroke-width': Math.max(1.6, r * 0.45) } : filled) }, hint);
  const at = (dx: number, dy: number) => `${digits(x + dx * r)} ${digits(y + dy * r)}`;
  const slanted = `M${at(-0.8, -0.8)}L${at(0.8, 0.8)}M${at(0.8, -0.8)}L${at(-0.8, 0.8)}`;
  const upright = `M${at(-1, 0)}L${at(1, 0)}M${at(0, -1)}L${at(0, 1)}`;
  if (shape === 'rect') return path(`M${at(-0.9, -0.9)}L${at(0.9, -0.9)}L${at(0.9, 0.9)}L${at(-0.9, 0.9)}Z`, false);
  if (shape === 'triangle') return path(`M${at(0, -1.1)}L${at(1.05, 0.85)}L${at(-1.05, 0.85)}Z`, false);
  if (shape === 'rectRot') return path(`M${at(0, -1.2)}L${at(1.2, 0)}L${at(0, 1.2)}L${at(-1.2, 0)}Z`, false);
  return path(shape === 'crossRot' ? slanted : shape === 'cross' ? upright : slanted + upright, true);
}

function tag(name: string, attributes: Readonly<Record<string, string | number>>, hint?: string): string {
  const open = `<${name}${attributesOf(attributes)}`;
  return hint === undefined ? `${open}/>` : `${open}><title>${text(hint)}</title></${name}>`;
}

function attributesOf(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${text(typeof value === 'number' ? digits(value) : value)}"`)
    .join('');
}

function list(points: readonly number[]): string {
  return points.map((value) => digits(value)).join(' ');
}

function css(color: Color): string {
  return color.startsWith('#') ? color : `var(--${color})`;
}

/** A tenth of a pixel is enough. */
function digits(value: number): string {
  return String(Math.round(value * 100) / 100);
}
