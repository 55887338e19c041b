/** Numbers as the experiments write them, the same in both languages. */
import { same, type Text } from '../../src/lab/text.js';

/** Three digits unless told; powers of ten where it is small or large. */
export function short(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
    return `${mantissa}e${Number(exponent)}`.replaceAll('-', '−');
  }
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}

export function shortText(value: number, digits = 3): Text {
  return same(short(value, digits));
}

export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}
