/** `zeroth check`: the conformance kit on a strategy. */
import { nearest, UsageError } from '../core/errors.js';
import { quoteWord } from '../study/run-command.js';
import { checks } from '../testing/conformance.js';
import { positiveNumber } from './arguments.js';
import { checkInProcess, type TimedResult } from './check-process.js';
import { interruptedExit, onInterrupt } from './interruption.js';
import { columns, printJson, widthOf } from './terminal.js';

export interface CheckOptions {
  readonly only?: string;
  readonly timeLimit: string;
  readonly json?: boolean;
}

/** Exit code 0 where every check that applies passed, 1 where one failed, 130 where Ctrl-C ended it early. */
export async function check(strategy: string, options: CheckOptions): Promise<void> {
  const names = checkNames(options.only);
  const timeLimit = positiveNumber('--time-limit', options.timeLimit);
  const width = widthOf(process.stdout);
  const again = (name: string) => ['npx', 'zeroth', 'check', strategy, '--only', name].map(quoteWord).join(' ');
  let found = { name: strategy, title: '' };
  const print = (text: string) => {
    if (!options.json) process.stdout.write(text);
  };
  const interruption = onInterrupt(() => {});
  try {
    const results = await checkInProcess({
      strategy,
      checks: names,
      timeLimit,
      signal: interruption.signal,
      onFound: (name, title) => {
        found = { name, title };
        print(`${name}: ${title}\n\n`);
      },
      onResult: (result) => print(line(result, again(result.name), width)),
    });
    const count = (status: TimedResult['status']) => results.filter((result) => result.status === status).length;
    const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
    const missing = names.length - results.length;
    if (options.json) {
      printJson({ ...found, ...counts, missing, checks: results.map((result) => ({ ...result, again: again(result.name) })) });
    }
    const told = [`${counts.passed} passed`, `${counts.failed} failed`, `${counts.skipped} do not apply`];
    print(`\n${told.join(', ')}${missing > 0 ? `, ${missing} not run` : ''}\n`);
    if (missing > 0) process.exitCode = interruptedExit;
    else if (counts.failed > 0) process.exitCode = 1;
  } finally {
    interruption.release();
  }
}

/** In the kit's order. */
function checkNames(only: string | undefined): string[] {
  const names = checks.map(({ name }) => name);
  if (only === undefined) return names;
  const wanted = only
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (wanted.length === 0) throw new UsageError(`--only must name checks, separated by commas: ${names.join(', ')}.`);
  for (const name of wanted) {
    if (names.includes(name)) continue;
    const near = nearest(name, names);
    const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
    throw new UsageError(`There is no check "${name}".${hint} The checks are ${names.join(', ')}.`);
  }
  return names.filter((name) => wanted.includes(name));
}

const words = { passed: 'passed', failed: 'FAILED', skipped: '-' } as const;
const nameWidth = Math.max(...checks.map(({ name }) => name.length));

/** What was seen; of a failure also what was claimed, the input, and how to see it again. */
function line({ name, claim, status, detail, howToSee }: TimedResult, again: string, width: number): string {
  const head = columns([[words[status].padEnd(words.failed.length), name.padEnd(nameWidth), detail]], width);
  if (status !== 'failed') return `${head}\n`;
  const rows = [
    ['', 'claim', claim],
    ['', 'input', howToSee],
    ['', 'again', again],
  ];
  return `${head}\n${columns(rows, width).replaceAll(/^/gm, '      ')}\n`;
}
