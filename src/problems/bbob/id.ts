/**
 * Ids of BBOB problems: `bbob:fF:iI:dD`, with `:noise=MODEL` for one of the noise models. In lists each part may be a range
 * (`f1-f5`, `i1-5`, `d2-10`) or all (`f*`, `i*`, `d*`, or `*` alone in the part's place).
 */
import { UsageError } from '../../core/errors.js';
import { type Noise, noiseModels } from './noise.js';
import { suite } from './suite.js';

export interface BbobId {
  readonly number: number;
  readonly instance: number;
  readonly dimension: number;
  readonly noise?: Noise;
}

/** The dimensions that COCO benchmarks; its generator, and so this one, makes any from 2 to 40. */
export const suiteDimensions: readonly number[] = [2, 3, 5, 10, 20, 40];
export const largestInstance = 100_000;
const longestRange = 1000;

const letters = ['f', 'i', 'd'] as const;
type Letter = (typeof letters)[number];

function malformed(id: string, reason: string): UsageError {
  return new UsageError(
    `Malformed problem id "${id}": ${reason}. The syntax is bbob:fF:iI:dD, F from 1 to 24 or 101 to 130, I from 1 to ${largestInstance} ` +
      `(1 if left out), D from 2 to 40 (10 if left out), and :noise=gauss|uniform|cauchy[-moderate] after it if wanted; for example bbob:f8:i1:d10.`,
  );
}

/** The parts of an id by letter, ranges and stars as written. */
function partsOf(id: string): { parts: Map<Letter, string>; noise: string | undefined } {
  const parts = new Map<Letter, string>();
  let noise: string | undefined;
  for (const part of id.split(':').slice(1)) {
    if (part.startsWith('noise=')) {
      if (noise !== undefined) throw malformed(id, 'noise is given twice');
      noise = part.slice('noise='.length);
      continue;
    }
    const letter =
      part === '*' ? letters.find((candidate) => !parts.has(candidate)) : letters.find((candidate) => part.startsWith(candidate));
    if (letter === undefined) throw malformed(id, `"${part}" is none of f, i, d and noise`);
    if (parts.has(letter)) throw malformed(id, `${letter} is given twice`);
    parts.set(letter, part === '*' ? '*' : part.slice(1));
  }
  return { parts, noise };
}

function noiseOf(id: string, text: string): Noise {
  const match = /^([a-z]+)(?:-(moderate|severe))?$/.exec(text);
  const model = noiseModels.find((candidate) => candidate === match?.[1]);
  if (!match || model === undefined) throw malformed(id, `"${text}" is no noise`);
  return { model, severity: match[2] === 'moderate' ? 'moderate' : 'severe' };
}

/** Takes one id apart. Throws UsageError when a part is missing, malformed or out of range. */
export function parseBbobId(id: string): BbobId {
  const { parts, noise } = partsOf(id);
  const read = (letter: Letter, least: number, most: number, fallback?: number): number => {
    const text = parts.get(letter);
    if (text === undefined && fallback !== undefined) return fallback;
    if (text === undefined) throw malformed(id, `${letter} is missing`);
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) throw malformed(id, `${letter} is "${text}"`);
    return value;
  };
  const number = read('f', 1, 130);
  const f = suite.get(number);
  if (!f) throw malformed(id, `there is no f${number}`);
  const base = { number, instance: read('i', 1, largestInstance, 1), dimension: read('d', 2, 40, 10) };
  if (noise === undefined) return base;
  if (f.noise) throw malformed(id, `f${number} has noise of its own`);
  return { ...base, noise: noiseOf(id, noise) };
}

/** The canonical id. */
export function formatBbobId({ number, instance, dimension, noise }: BbobId): string {
  const suffix = noise ? `:noise=${noise.model}${noise.severity === 'moderate' ? '-moderate' : ''}` : '';
  return `bbob:f${number}:i${instance}:d${dimension}${suffix}`;
}

/** All ids that a pattern stands for. `*` means f1 to f24, instances 1 to 15 and COCO's six dimensions; ranges of dimensions hold those of the six. */
export function expandBbobId(pattern: string): string[] {
  const { parts, noise } = partsOf(pattern);
  const values = (letter: Letter, all: readonly number[], among?: readonly number[]): number[] | undefined => {
    const text = parts.get(letter);
    if (text === '*') return [...all];
    const match = new RegExp(`^(\\d{1,6})-${letter}?(\\d{1,6})$`).exec(text ?? '');
    if (!match) return undefined;
    const [from, to] = [Number(match[1]), Number(match[2])];
    if (to < from || to - from >= longestRange) throw malformed(pattern, `${letter}${text} is no range of 1 to ${longestRange} numbers`);
    const range = Array.from({ length: to - from + 1 }, (_, k) => from + k);
    const found = among ? range.filter((value) => among.includes(value)) : range;
    if (found.length === 0) throw malformed(pattern, `${letter}${text} holds none of ${among?.join(', ')}`);
    return found;
  };
  const all = (count: number) => Array.from({ length: count }, (_, k) => k + 1);
  const numbers = values('f', all(24), [...suite.keys()]);
  const instances = values('i', all(15));
  const dimensions = values('d', suiteDimensions, suiteDimensions);
  if (!numbers && !instances && !dimensions) return [pattern];
  const written = (letter: Letter) => {
    const text = parts.get(letter);
    return text === undefined ? [''] : [`:${letter}${text}`];
  };
  const named = (letter: Letter, list: number[] | undefined) => list?.map((value) => `:${letter}${value}`) ?? written(letter);
  const suffix = noise === undefined ? '' : `:noise=${noise}`;
  return named('f', numbers).flatMap((f) =>
    named('i', instances).flatMap((i) => named('d', dimensions).map((d) => `bbob${f}${i}${d}${suffix}`)),
  );
}
