/** References as readers see them. */
import type { Reference } from '../../src/core/strategy.js';
import type { Published } from '../../src/lab/experiment.js';
import type { ExperimentResults } from '../../src/lab/results.js';
import { inLanguage, type Language } from '../../src/lab/text.js';
import { text } from '../html/escape.js';
import { words } from './words.js';

/** Whether the texts speak of the lecture, so that it has to be said which. */
export function meansLecture({ claim, method, refutation }: ExperimentResults['experiment']): boolean {
  return [claim, method, refutation].some(({ en }) => /\blecture\b/i.test(en));
}

/** A published value, with who published it and how it is known. */
export function publishedText({ value, source: { authors, year }, mark }: Published, language: Language): string {
  return `${inLanguage(value, language)}${words(language).bracketed(`${authors} ${year}, ${mark}`)}`;
}

/** As one line of text. */
export function citationText({ authors, year, title }: Reference): string {
  return `${authors} (${year}). ${title}${/[.?!]$/.test(title) ? '' : '.'}`;
}

/** As HTML, with a link where the reference has a web address. */
export function citationOf(reference: Reference): string {
  const { link } = reference;
  const line = text(citationText(reference));
  if (link === undefined) return line;
  return /^https?:\/\//.test(link) ? `${line} <a href="${text(link)}" rel="noreferrer">${text(link)}</a>` : `${line} ${text(link)}`;
}
