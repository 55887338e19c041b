/** The 53 problems of Moré and Wild: `more-wild:7`, `more-wild:7:nondiff`; in lists `more-wild:1-10`, `more-wild:*:wild3`. */
import { UsageError } from '../../core/errors.js';
import { forms, moreWildProblem, problemCount } from '../more-wild/problem.js';
import type { ProblemFamily } from '../problem.js';

function malformed(id: string): UsageError {
  return new UsageError(
    `Malformed problem id "${id}". The syntax is more-wild:K or more-wild:K:FORM, K from 1 to ${problemCount}, FORM one of ` +
      `${forms.join(', ')}; in lists also ranges of K and *; for example more-wild:7:nondiff.`,
  );
}

export const family: ProblemFamily = {
  name: 'more-wild',
  title: 'Moré-Wild: 53 least-squares problems, smooth, piecewise smooth and with noise',
  examples: ['more-wild:7', 'more-wild:7:nondiff', 'more-wild:36:wild3', 'more-wild:53:noisy3'],
  needsSettings: true,
  expand(pattern) {
    const match = /^more-wild:(\*|\d{1,4}(?:-\d{1,4})?)(?::(.+))?$/.exec(pattern);
    if (!match) return [pattern];
    const [from, to = from] = match[1] === '*' ? [1, problemCount] : match[1].split('-').map(Number);
    if (to < from || to - from >= problemCount) throw malformed(pattern);
    const suffixes = match[2] === '*' ? forms.map((form) => `:${form}`) : [match[2] === undefined ? '' : `:${match[2]}`];
    return Array.from({ length: to - from + 1 }, (_, k) => from + k).flatMap((number) =>
      suffixes.map((suffix) => `more-wild:${number}${suffix}`),
    );
  },
  parse(id) {
    const match = /^more-wild:(\d{1,4})(?::([a-z0-9]+))?$/.exec(id);
    const number = Number(match?.[1]);
    const form = forms.find((candidate) => candidate === (match?.[2] ?? 'smooth'));
    if (!match || !form || number < 1 || number > problemCount) throw malformed(id);
    return moreWildProblem(number, form);
  },
};
