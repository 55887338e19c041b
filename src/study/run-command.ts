/** The command line that carries out one run again. */
import type { Budget } from '../core/budget.js';
import type { RunSettings } from './results.js';
import { formatStrategyArgument } from './strategy-argument.js';

/** The command line's name of each limit of a budget. */
export const budgetFlags: Readonly<Record<keyof Budget, string>> = {
  evaluations: '--evaluations',
  samplePasses: '--sample-passes',
  seconds: '--seconds',
  target: '--target',
  stagnation: '--stagnation',
};

/** `defaults`: the strategy's own; options equal to them are left out. */
export function runCommand(run: RunSettings, defaults: Readonly<Record<string, unknown>>): string {
  const options = Object.fromEntries(
    Object.entries(run.strategy.options).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults[key])),
  );
  const words = [
    'npx',
    'zeroth',
    'train',
    run.problem,
    '--strategy',
    formatStrategyArgument(run.strategy.name, options),
    '--seed',
    `${run.seed}`,
  ];
  for (const [key, flag] of Object.entries(budgetFlags)) {
    const limit = run.budget[key as keyof Budget];
    if (limit !== undefined) words.push(flag, `${limit}`);
  }
  if (run.start !== undefined) words.push('--start', run.start === 'given' ? 'given' : `near:${run.start.near}`);
  if (run.bounds !== 'clip') words.push('--bounds', run.bounds);
  words.push('--provider', run.provider);
  return words.map(quoteWord).join(' ');
}

/** A word of a command line, quoted where a POSIX shell would read more into it. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
