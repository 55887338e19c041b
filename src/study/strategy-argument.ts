/**
 * A strategy with its options in one word, as the command line and study files accept it:
 *
 *     pso                                   all defaults
 *     pso(swarmSize=60, topology=ring)      options in parentheses, separated by commas
 *     pso:swarmSize=60:topology=ring        the same without parentheses, each option after a colon
 *
 * Values are JSON where they parse as JSON (60, 1e-3, true, [1,2], "text"), other numbers (.5), else the text itself.
 * A name may be a file's path; a colon starts options only where `key=` follows it.
 */
import { UsageError } from '../core/errors.js';
import { splitList } from '../problems/id-syntax.js';

export interface StrategyArgument {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const form = 'Write a name, name(option=value, ...) or name:option=value:...';

export function parseStrategyArgument(text: string): StrategyArgument {
  const word = text.trim();
  if (word.endsWith(')')) {
    const open = word.indexOf('(');
    if (open <= 0) throw new UsageError(`"${word}" is not a strategy. ${form}.`);
    return { name: word.slice(0, open).trim(), options: parseOptions(splitList(word.slice(open + 1, -1)), word) };
  }
  const [name, ...rest] = word.split(/:(?=\s*[A-Za-z]\w*\s*=)/);
  if (name === '' || /[()=]/.test(name)) throw new UsageError(`"${word}" is not a strategy. ${form}.`);
  return { name: name.trim(), options: parseOptions(rest, word) };
}

/** The inverse of `parseStrategyArgument`, in parentheses. */
export function formatStrategyArgument(name: string, options: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${formatValue(value)}`);
  return parts.length === 0 ? name : `${name}(${parts.join(',')})`;
}

function parseOptions(parts: readonly string[], word: string): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const part of parts) {
    const equals = part.indexOf('=');
    const key = part.slice(0, Math.max(equals, 0)).trim();
    if (key === '') throw new UsageError(`"${part.trim()}" in "${word}" is not an option. ${form}.`);
    if (Object.hasOwn(options, key)) throw new UsageError(`"${word}" gives the option ${key} twice.`);
    options[key] = parseValue(part.slice(equals + 1).trim());
  }
  return options;
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
