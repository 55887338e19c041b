/** A user's own objective in a file: `module(file=./my-objective.js)`. */
import { UsageError } from '../../core/errors.js';
import { parseSettings, quoteValue } from '../id-syntax.js';
import { moduleProblem } from '../module/problem.js';
import type { Problem, ProblemFamily } from '../problem.js';

const examples = ['module(file=./my-objective.js)', 'module(file=./simulator.js,timeout=60,concurrency=4)'];
const known = ['file', 'timeout', 'concurrency'];
const defaults = { timeout: 10, concurrency: 1 };

function parse(id: string): Promise<Problem> {
  const { positional, settings } = parseSettings(id, examples[0]);
  const odd = positional[0] ?? [...settings.keys()].find((key) => !known.includes(key));
  const file = settings.get('file');
  if (odd !== undefined || !file) {
    const what = odd === undefined ? 'names no file' : `has "${odd}"`;
    throw new UsageError(
      `"${id}" ${what}. The settings are file, timeout (seconds for one call) and concurrency; for example ${examples[1]}.`,
    );
  }
  const read = (key: keyof typeof defaults, most: number, whole: boolean): number => {
    const text = settings.get(key);
    const value = text === undefined ? defaults[key] : Number(text);
    if (text?.trim() === '' || !(value > 0 && value <= most) || (whole && !Number.isInteger(value))) {
      throw new UsageError(`${key} in "${id}" must be a ${whole ? 'whole ' : ''}number above 0 and at most ${most}; got "${text}".`);
    }
    return value;
  };
  const timeout = read('timeout', 86_400, false);
  const concurrency = read('concurrency', 10_000, true);
  const parts = [
    `file=${quoteValue(file)}`,
    ...(timeout === defaults.timeout ? [] : [`timeout=${timeout}`]),
    ...(concurrency === defaults.concurrency ? [] : [`concurrency=${concurrency}`]),
  ];
  return moduleProblem({ id: `module(${parts.join(',')})`, file, timeout, concurrency });
}

export const family: ProblemFamily = {
  name: 'module',
  title: 'An objective of your own: a JavaScript module, run in a process of its own',
  examples,
  needsSettings: true,
  parse: (id) => parse(id),
};
