/** A strategy's marker as a small drawing: what the charts show, beside its name. */

/** SVG in the strategy's colour; `index` counts the study's strategies. */
export function key(index: number, colors: number, pointStyle: string): string {
  return `<svg class="key" viewBox="-9 -9 18 18" aria-hidden="true" style="color:var(--s${index % colors})">${shapes[pointStyle] ?? shapes.circle}</svg>`;
}

const stroke = 'fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"';

const shapes: Readonly<Record<string, string>> = {
  circle: '<circle r="6.5" fill="currentColor"/>',
  rect: '<rect x="-6" y="-6" width="12" height="12" fill="currentColor"/>',
  triangle: '<path d="M0-7 7 6H-7Z" fill="currentColor"/>',
  rectRot: '<path d="M0-8 8 0 0 8-8 0Z" fill="currentColor"/>',
  crossRot: `<path d="M-5-5 5 5M5-5-5 5" ${stroke}/>`,
  star: `<path d="M-5-5 5 5M5-5-5 5M-7 0H7M0-7V7" ${stroke}/>`,
  cross: `<path d="M-7 0H7M0-7V7" ${stroke}/>`,
};
