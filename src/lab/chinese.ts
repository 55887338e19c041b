/**
 * How the Chinese texts are set: a space between Chinese letters and Latin letters or Arabic figures, none beside full-width punctuation
 * nor between Chinese letters; punctuation beside Chinese letters is full-width; a space before the per cent sign, as in English.
 */
import type { Text } from './text.js';

const han = '\\u3400-\\u9fff';
const wide = '，。；：、？！（）“”‘’《》';
const sign = 'A-Za-z0-9%°±√−+|<>=≤≥≈∞';

const rules: readonly (readonly [find: RegExp, put: string])[] = [
  [new RegExp(`([${han}])(?=[${sign}])`, 'g'), '$1 '],
  [new RegExp(`([${sign}])(?=[${han}])`, 'g'), '$1 '],
  [new RegExp(`([${han}]) +(?=[${han}])`, 'g'), '$1'],
  [new RegExp(` +(?=[${wide}])`, 'g'), ''],
  [new RegExp(`([${wide}]) +`, 'g'), '$1'],
  [/(\d)%/g, '$1 %'],
];

/** The text with the spaces that the rule asks for. */
export function spaced(chinese: string): string {
  return rules.reduce((text, [find, put]) => text.replace(find, put), chinese);
}

/** Half-width punctuation beside a Chinese letter, with what stands around it: no rule can mend that by itself. */
export function halfWidth(chinese: string): string[] {
  return [...chinese.matchAll(new RegExp(`.{0,8}(?:[${han}] ?[,;:!?()"]|[,;:!?()"] ?[${han}]).{0,8}`, 'g'))].map(([around]) => around);
}

/** The same data, the Chinese of every Text in it spaced. */
export function withSpacedChinese<T>(data: T): T {
  if (Array.isArray(data)) return data.map(withSpacedChinese) as T;
  if (typeof data !== 'object' || data === null) return data;
  const spacedMembers = Object.entries(data).map(([key, value]) => [key, withSpacedChinese(value)]);
  const copy = Object.fromEntries(spacedMembers) as Partial<Text>;
  return (typeof copy.en === 'string' && typeof copy.zh === 'string' ? { ...copy, zh: spaced(copy.zh) } : copy) as T;
}
