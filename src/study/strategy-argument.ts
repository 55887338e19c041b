/**
 * A strategy with its options in one word, as the command line and study files accept it:
 *
 *     pso                                   all defaults
 *     pso(swarmSize=60, topology=ring)      options in parentheses, separated by commas
 *     pso:swarmSize=60:topology=ring        the same without parentheses, each option after a colon
 *     restarted(pso(swarmSize=60), patience=5000)      around another strategy; the same as
 *     restarted(pso, swarmSize=60, patience=5000)      for it has the options of both
 *     "./tries(2)/a,b.js"(step=0.1)         a path with commas or parentheses, in double quotes
 *
 * Values are JSON where they parse as JSON (60, 1e-3, true, [1,2], "text"), other numbers (.5), else the text itself.
 * A name may be a file's path; a colon starts options only where `key=` follows it.
 */
import { combinatorNames } from '../../strategies/shared/combinators.js';
import { UsageError } from '../core/errors.js';
import { splitList } from '../problems/id-syntax.js';

export interface StrategyArgument {
  /** Without options: `restarted(pso)`. */
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const form = 'Write a name, name(option=value, ...) or name:option=value:..., and a path that has commas or parentheses in double quotes';

export function parseStrategyArgument(text: string): StrategyArgument {
  const word = text.trim();
  if (word.startsWith('"')) return parseQuoted(word);
  const [before, ...after] = splitOutside(word);
  const base = before.endsWith(')') ? parseParentheses(before, word) : { name: before.trim(), options: {} };
  if (base.name === '' || (!before.endsWith(')') && /[()=]/.test(base.name))) throw notAStrategy(word);
  return { name: base.name, options: merged([base.options, parseOptions(after, word)], word) };
}

function parseQuoted(word: string): StrategyArgument {
  const [, name = '', rest = ''] = /^"([^"]+)"\s*(.*)$/s.exec(word) ?? [];
  if (name === '') throw notAStrategy(word);
  if (rest === '') return { name, options: {} };
  if (rest.startsWith('(') && rest.endsWith(')')) return { name, options: parseOptions(splitList(rest.slice(1, -1)), word) };
  const [before, ...options] = splitOutside(rest);
  if (before !== '') throw notAStrategy(word);
  return { name, options: parseOptions(options, word) };
}

/** The inverse of `parseStrategyArgument`, in parentheses. */
export function formatStrategyArgument(name: string, options: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${formatValue(value)}`);
  const written = formatName(name);
  if (parts.length === 0) return written;
  return written.endsWith(')') ? `${written.slice(0, -1)},${parts.join(',')})` : `${written}(${parts.join(',')})`;
}

/** A path that would be taken apart stands in quotes, also within a combinator's parentheses. */
function formatName(name: string): string {
  const combinator = combinatorNames.find((each) => name.startsWith(`${each}(`) && name.endsWith(')'));
  if (combinator !== undefined) return `${combinator}(${formatName(name.slice(combinator.length + 1, -1))})`;
  return /[,()=[\]]/.test(name) ? `"${name}"` : name;
}

/** `name(option=value, ...)`, or `combinator(strategy, option=value, ...)`. */
function parseParentheses(text: string, word: string): StrategyArgument {
  const open = text.indexOf('(');
  if (open <= 0) throw notAStrategy(word);
  const name = text.slice(0, open).trim();
  const [first = '', ...others] = splitList(text.slice(open + 1, -1));
  if (first === '' || isOption(first)) return { name, options: parseOptions(first === '' ? others : [first, ...others], word) };
  if (!combinatorNames.includes(name)) {
    const around = `Only ${combinatorNames.join(' and ')} go around another strategy.`;
    throw new UsageError(`"${first}" in "${word}" is not an option. ${form}. ${around}`);
  }
  const inner = parseStrategyArgument(first);
  return { name: `${name}(${inner.name})`, options: merged([inner.options, parseOptions(others, word)], word) };
}

/** At the colons that options follow, those within parentheses left alone. */
function splitOutside(word: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < word.length; i++) {
    if (word[i] === '(') depth++;
    else if (word[i] === ')') depth--;
    else if (word[i] === ':' && depth === 0 && isOption(word.slice(i + 1).trimStart())) {
      parts.push(word.slice(from, i));
      from = i + 1;
    }
  }
  return [...parts, word.slice(from)];
}

function isOption(text: string): boolean {
  return /^[A-Za-z]\w*\s*=/.test(text);
}

function parseOptions(parts: readonly string[], word: string): Record<string, unknown> {
  return merged(
    parts.map((part) => {
      const equals = part.indexOf('=');
      if (!isOption(part.trimStart())) throw new UsageError(`"${part.trim()}" in "${word}" is not an option. ${form}.`);
      return { [part.slice(0, equals).trim()]: parseValue(part.slice(equals + 1).trim()) };
    }),
    word,
  );
}

function merged(several: readonly Readonly<Record<string, unknown>>[], word: string): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [key, value] of several.flatMap((some) => Object.entries(some))) {
    if (Object.hasOwn(options, key)) throw new UsageError(`"${word}" gives the option ${key} twice.`);
    options[key] = value;
  }
  return options;
}

function notAStrategy(word: string): UsageError {
  return new UsageError(`"${word}" is not a strategy. ${form}.`);
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const number = Number(text);
    return text !== '' && Number.isFinite(number) ? number : text;
  }
}

/** Text stays bare where reading it back gives the same text. */
function formatValue(value: unknown): string {
  if (typeof value === 'string' && /^[\w.@/^*+ -]+$/.test(value) && parseValue(value) === value) return value;
  return JSON.stringify(value);
}
