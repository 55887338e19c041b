/**
 * A picture as a list of shapes, in pixels from the upper left: what a figure is turned into once, for the page (as SVG) and for the PNG
 * (on a canvas). Colours are #rrggbb, or names that the page's day and night give a value to.
 */

/** A colour of the theme: `s0` to `s9` are those of the series. */
export type ThemeColor = 'text' | 'muted' | 'grid' | 'page' | `s${number}`;
export type Color = ThemeColor | `#${string}`;

/** Of the series with that index: two have one colour only where there are more series than colours. */
export function seriesColor(index: number): Color {
  return `s${index % 10}`;
}

export interface Rect {
  readonly kind: 'rect';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: Color;
  readonly opacity?: number;
  /** Shown when pointed at. */
  readonly hint?: string;
}

export interface Line {
  readonly kind: 'line';
  /** x, y, x, y, ... */
  readonly points: readonly number[];
  readonly stroke: Color;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

export interface Area {
  readonly kind: 'area';
  readonly points: readonly number[];
  readonly fill: Color;
  readonly opacity: number;
}

export type MarkShape = 'circle' | 'rect' | 'triangle' | 'rectRot' | 'crossRot' | 'star' | 'cross';

export interface Mark {
  readonly kind: 'mark';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly shape: MarkShape;
  /** Of filled shapes their inside, of crosses their lines. */
  readonly color: Color;
  /** Around filled shapes. */
  readonly rim?: Color;
  readonly hint?: string;
}

export interface Words {
  readonly kind: 'words';
  readonly x: number;
  /** Of the middle of the letters. */
  readonly y: number;
  readonly content: string;
  readonly size: number;
  readonly color: Color;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
  /** Reads upwards. */
  readonly upwards?: boolean;
}

/** Coloured squares. */
export interface Raster {
  readonly kind: 'raster';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  /** Red, green, blue from 0 to 255; row-major from the upper left. */
  readonly pixels: Uint8Array;
  /** Whether colours run into each other. */
  readonly smooth: boolean;
}

/** Shapes that are cut off at a rectangle. */
export interface Clip {
  readonly kind: 'clip';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Where the page's script moves the points of a path. */
export interface Moving {
  readonly kind: 'moving';
  readonly shapes: readonly Shape[];
}

export type Shape = Rect | Line | Area | Mark | Words | Raster | Clip | Moving;

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Shapes, moved. */
export function shifted(shapes: readonly Shape[], dx: number, dy: number): Shape[] {
  return shapes.map((shape): Shape => {
    if (shape.kind === 'line' || shape.kind === 'area') {
      return { ...shape, points: shape.points.map((value, i) => value + (i % 2 === 0 ? dx : dy)) };
    }
    if (shape.kind === 'moving') return { ...shape, shapes: shifted(shape.shapes, dx, dy) };
    const moved = { ...shape, x: shape.x + dx, y: shape.y + dy };
    return moved.kind === 'clip' ? { ...moved, shapes: shifted(moved.shapes, dx, dy) } : moved;
  });
}

/** About how wide a line of text is: letters of the page's font by kind, Chinese ones square. */
export function textWidth(content: string, size: number, bold = false): number {
  let width = 0;
  for (const letter of content) {
    const code = letter.codePointAt(0) ?? 0;
    if (code >= 0x2e80) width += 1;
    else if (/[ilj.,:;'|!()[\]\s]/.test(letter)) width += 0.31;
    else if (/[mwMW%@]/.test(letter)) width += 0.88;
    else if (/[A-Z]/.test(letter)) width += 0.69;
    else width += 0.59;
  }
  return width * size * (bold ? 1.06 : 1);
}

/** Breaks text into lines that fit: at spaces, and between Chinese letters; no line begins with closing punctuation or a per cent sign. */
export function wrapped(content: string, size: number, room: number, bold = false): string[] {
  const parts =
    content.match(/[（《]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+(?: %[^\s\u2e80-\uffef]*)?)[，。；：、？！）》”’]*\s*|\s+/g) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && textWidth((line + part).trimEnd(), size, bold) > room) {
      lines.push(line.trimEnd());
      line = part.trimStart();
    } else line += part;
  }
  return line.trim() === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()];
}
