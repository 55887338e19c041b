/**
 * Colour scales that are ordered to the eye and to people of any colour vision. `viridis` is linear between nine colours of the map of
 * that name (S. van der Walt and N. Smith 2015, https://bids.github.io/colormap/, CC0), at 0, 1/8, ..., 1; `signed` runs from blue over
 * near white to red, as C. Brewer's RdBu does (https://colorbrewer2.org).
 */
export type Rgb = readonly [number, number, number];

const viridisColors = ['#440154', '#472d7b', '#3b528b', '#2c728e', '#21918c', '#28ae80', '#5ec962', '#addc30', '#fde725'].map(rgb);
const signedColors = ['#2166ac', '#67a9cf', '#d1e5f0', '#f7f7f7', '#fddbc7', '#ef8a62', '#b2182b'].map(rgb);
const classColors = ['#5fa8d3', '#f7f7f7', '#f0a36b'].map(rgb);

/** From dark violet at 0 to yellow at 1. */
export function viridis(share: number): Rgb {
  return between(viridisColors, share);
}

/** From blue at -1 over near white at 0 to red at 1. */
export function signed(value: number): Rgb {
  return between(signedColors, (value + 1) / 2);
}

/** Of the probability of class 1: blue for class 0, orange for class 1. */
export function classes(probability: number): Rgb {
  return between(classColors, probability);
}

export function hex([r, g, b]: Rgb): `#${string}` {
  return `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** Whether dark letters are read better on it than white ones (relative luminance, WCAG 2). */
export function isBright(color: Rgb): boolean {
  const [r, g, b] = color.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179;
}

function between(colors: readonly Rgb[], share: number): Rgb {
  const at = Math.min(1, Math.max(0, share)) * (colors.length - 1);
  const from = Math.min(colors.length - 2, Math.floor(at));
  const [a, b] = [colors[from], colors[from + 1]];
  return [0, 1, 2].map((c) => a[c] + (b[c] - a[c]) * (at - from)) as unknown as Rgb;
}

function rgb(color: string): Rgb {
  return [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16)) as unknown as Rgb;
}
