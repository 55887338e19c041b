/** An experiment's verdict and table for a terminal. */
import type { Verdict } from '../../src/lab/experiment.js';
import type { ExperimentResults } from '../../src/lab/results.js';
import type { Language } from '../../src/lab/text.js';
import { wrapped } from './draw/drawing.js';
import { heldOf } from './held.js';
import { publishedText } from './sources.js';
import { words } from './words.js';

const colors: Readonly<Record<Verdict, string>> = { reproduced: '\x1b[1;32m', 'stand-in': '\x1b[1;33m', 'not reproduced': '\x1b[1;31m' };

export function labSummary(
  { experiment, findings, form, fullVerdict }: ExperimentResults,
  language: Language,
  look: { color: boolean; width: number },
): string {
  const say = words(language);
  const { verdict, because, checks } = findings;
  const paint = (content: string) => (look.color ? `${colors[verdict]}${content}\x1b[0m` : content);
  const lines = (content: string, indent = '') => broken(content, look.width - indent.length).map((line) => `${indent}${line}`);
  const held = heldOf(checks, language);
  const marks = (['V', 'S', 'C'] as const).filter((mark) => checks.some(({ published }) => published?.mark === mark));
  return [
    experiment.title[language],
    '',
    paint(`${say.signs[verdict]} ${say.verdictOf(verdict, form)}`),
    ...(form === 'quick' ? lines(say.fullForm(fullVerdict)) : []),
    ...(held === undefined
      ? []
      : [...lines(held.sentence), ...held.failed.flatMap(({ what, ours }) => lines(`${what}${say.colon}${ours}`, '  '))]),
    ...lines(because[language]),
    '',
    ...checks.flatMap(({ what, published, ours, seeds, holds }) => {
      const sign = holds === undefined ? '·' : holds ? '✓' : '✗';
      const known = published === undefined ? [] : [`${say.columns.published}${say.colon}${publishedText(published, language)}`];
      const behind = seeds === 0 ? say.arithmetic : `${say.columns.seeds}${say.colon}${seeds}`;
      const [first, ...rest] = lines(what[language], '  ');
      return [
        `${sign} ${first.trimStart()}`,
        ...rest,
        ...lines([`${say.columns.ours}${say.colon}${ours[language]}`, ...known, behind].join(say.semicolon), '    '),
      ];
    }),
    ...(marks.length === 0 ? [] : ['', ...marks.flatMap((mark) => lines(say.markedAs(mark)))]),
  ].join('\n');
}

/** Chinese letters are two columns wide; a per cent sign stays with its number. */
function broken(content: string, columns: number): string[] {
  return [...content].some((letter) => (letter.codePointAt(0) ?? 0) >= 0x2e80)
    ? wrapped(content, 1, columns / 2)
    : content.split(/\s+(?!%)/).reduce<string[]>((lines, word) => {
        const last = lines[lines.length - 1];
        if (last === undefined || last.length + 1 + word.length > columns) lines.push(word);
        else lines[lines.length - 1] = `${last} ${word}`;
        return lines;
      }, []);
}
