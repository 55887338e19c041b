/** References as readers see them. */
import type { Reference } from '../../src/core/strategy.js';
import { text } from '../html/escape.js';

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
