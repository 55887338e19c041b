/**
 * The syntax of problem ids with settings: `name(positional, key=value, ...)`. Commas inside parentheses, brackets or double
 * quotes do not separate; a value in double quotes may hold anything but a double quote.
 */
import { UsageError } from '../core/errors.js';

/** Splits at the commas that are outside parentheses, brackets and quotes; empty items are dropped. */
export function splitList(text: string): string[] {
  return splitItems(text).filter((entry) => entry !== '');
}

/** The same with the empty items. */
export function splitItems(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let quoted = false;
  let item = '';
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '(' || character === '[')) depth++;
    else if (!quoted && (character === ')' || character === ']')) depth--;
    if (character === ',' && depth === 0 && !quoted) {
      items.push(item.trim());
      item = '';
    } else {
      item += character;
    }
    if (depth < 0) break;
  }
  if (depth !== 0 || quoted) throw new UsageError(`Unbalanced ${quoted ? 'quotes' : 'parentheses'} in "${text}".`);
  return [...items, item.trim()];
}

export interface ParsedId {
  readonly name: string;
  readonly positional: readonly string[];
  readonly settings: ReadonlyMap<string, string>;
}

/** Takes `name(a, b, key=value)` apart. Throws UsageError with `example` when it has another form or repeats a key. */
export function parseSettings(id: string, example: string): ParsedId {
  const match = /^([^(:]+?)\s*(?:\((.*)\))?$/s.exec(id.trim());
  if (!match)
    throw new UsageError(
      `Malformed problem id "${id}". The syntax is NAME or NAME(NETWORK,ACTIVATION,KEY=VALUE,...); for example ${example}.`,
    );
  const positional: string[] = [];
  const settings = new Map<string, string>();
  for (const item of splitList(match[2] ?? '')) {
    const pair = /^([a-z][a-z0-9-]*)\s*=\s*(?!=)(.*)$/is.exec(item);
    if (!pair) {
      positional.push(unquote(item));
      continue;
    }
    const key = pair[1].toLowerCase();
    if (settings.has(key)) throw new UsageError(`"${id}" sets ${key} twice.`);
    settings.set(key, unquote(pair[2]));
  }
  return { name: match[1], positional, settings };
}

/** A setting's value as it is written in an id: quoted when it holds something that would be taken apart. */
export function quoteValue(value: string): string {
  return /[,()[\]"\s=]/.test(value) && !/^[a-z0-9-]+\([^,()"]*\)$/.test(value) ? `"${value}"` : value;
}

function unquote(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
