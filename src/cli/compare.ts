/** `zeroth compare`: a study, from a file or from options, run into a folder and reported. */
import { join } from 'node:path';
import { UsageError } from '../core/errors.js';
import { Places } from '../study/places.js';
import { quoteWord } from '../study/run-command.js';
import { runStudy, type StudyEvents } from '../study/run-study.js';
import { readStudyFile } from '../study/study-file.js';
import { parseStudy } from '../study/study-schema.js';
import {
  type BudgetWords,
  budgetOf,
  type FormulaWords,
  formulaOf,
  listOf,
  positiveNumber,
  seedList,
  startOf,
  wholeNumber,
} from './arguments.js';
import { endBeforeAnythingRan, interruptedExit, onInterrupt, tellInterrupted } from './interruption.js';
import { StudyProgress } from './progress.js';
import { printJson, wantsColor, widthOf } from './terminal.js';

export interface CompareOptions extends BudgetWords, FormulaWords {
  readonly problems?: string;
  readonly strategies?: string;
  readonly seeds?: string;
  readonly name?: string;
  readonly out?: string;
  readonly provider?: string;
  readonly workers?: string;
  readonly threads?: string;
  readonly timeLimit?: string;
  readonly start?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function compare(file: string | undefined, options: CompareOptions): Promise<void> {
  const over = fieldsOf(options);
  const places = placesOf(over, options);
  const study = parseStudy(await studyOf(file, over), places);
  const out = options.out ?? join('out', study.name.replace(/[^\w.-]+/g, '-'));
  const command = `npx zeroth ${process.argv.slice(2).map(quoteWord).join(' ')}`;
  const progress = options.quiet ? undefined : new StudyProgress();
  const events = progress ?? new Notes();
  const interrupt = onInterrupt(() => (events.begun ? tellInterrupted('saving the runs under way') : endBeforeAnythingRan()));
  try {
    const outcome = await runStudy(study, { out, command, places, signal: interrupt.signal, events });
    progress?.close();
    if (outcome.interrupted) {
      process.stderr.write(`Interrupted with ${outcome.results.missing} runs to go. The same command goes on from here:\n  ${command}\n`);
      process.exitCode = interruptedExit;
      return;
    }
    await present(outcome, out, options);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.exitCode = interruptedExit; // what the interrupt broke off is not the study's fault
  } finally {
    progress?.stop();
    interrupt.release();
  }
}

/** What is told without progress. */
class Notes implements StudyEvents {
  begun = false;

  planned(): void {
    this.begun = true;
  }

  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }
}

async function present({ results, models }: Awaited<ReturnType<typeof runStudy>>, out: string, options: CompareOptions): Promise<void> {
  const { writeReport } = await import('../../reports/write.js');
  const { page, files } = await writeReport(results, join(out, 'report'));
  const failed = results.runs.filter(({ status }) => status === 'failed');
  if (options.json) {
    printJson({ out, report: page, files: [...files.map((path) => join('report', path)), ...models], results });
  } else {
    const { summaryTable } = await import('../../reports/terminal.js');
    process.stdout.write(summaryTable(results, { color: wantsColor(process.stdout), width: widthOf(process.stdout) }));
    process.stdout.write(`\nReport: ${page}\n`);
    if (models.length > 0) process.stdout.write(`Models: ${join(out, 'models')} (${models.length} ONNX files)\n`);
  }
  const lost = results.runs.filter(({ status, final, error }) => status === 'done' && final.loss === null && error !== undefined);
  const patchy = results.runs.filter(({ status, final, cost }) => status === 'done' && final.loss !== null && cost.failed > 0);
  const told = (runs: typeof failed, what: string, reason: (run: (typeof failed)[number]) => string = ({ error }) => `: ${error}`) => {
    const reasons = [...new Set(runs.map((run) => `${run.label} on ${run.settings.problem}${reason(run)}`))];
    const more = reasons.length > 5 ? [`and ${reasons.length - 5} other reasons, in ${join(out, 'report', 'report.json')}`] : [];
    const lines = [...reasons.slice(0, 5), ...more].map((line) => `  ${line}\n`).join('');
    if (runs.length > 0) process.stderr.write(`${runs.length} of ${results.runs.length} runs ${what}:\n${lines}`);
  };
  told(patchy, 'had evaluations that failed', ({ settings, cost, error = 'losses that are no finite numbers' }) => {
    return `, seed ${settings.seed}: ${cost.failed} of ${cost.evaluations + cost.gradients} evaluations: ${error}`;
  });
  told(lost, 'found nothing');
  told(failed, 'failed');
  if (failed.length > 0 || results.runs.every(({ final }) => final.loss === null)) process.exitCode = 1;
}

/** The fields of a study that the command line gives. */
function fieldsOf(options: CompareOptions) {
  const budget = budgetOf(options);
  const { problem: formula, policy } = formulaOf(options);
  const listed = options.problems === undefined ? [] : listOf('--problems', options.problems);
  const problems = [...listed, ...(formula === undefined ? [] : [formula])];
  return {
    ...(options.name !== undefined && { name: options.name }),
    ...(problems.length > 0 && { problems }),
    ...(options.strategies !== undefined && { strategies: listOf('--strategies', options.strategies) }),
    ...(options.seeds !== undefined && { seeds: seedList(options.seeds) }),
    ...(budget && { budget }),
    ...(policy !== undefined && { bounds: policy }),
    ...(options.start !== undefined && { start: startOf(options.start) }),
    ...(options.provider !== undefined && { provider: options.provider }),
    ...(options.workers !== undefined && { workers: wholeNumber('--workers', options.workers, 1) }),
    ...(options.threads !== undefined && { threads: wholeNumber('--threads', options.threads, 1) }),
    ...(options.timeLimit !== undefined && { timeLimit: positiveNumber('--time-limit', options.timeLimit) }),
  };
}

type Fields = ReturnType<typeof fieldsOf>;

/** Errors call the fields that options give by the options. */
function placesOf(over: Fields, { problems, expression }: CompareOptions): Places {
  const fields = Object.keys(over).filter((field) => field !== 'budget'); // has several options, each checked by itself
  const names = fields.map((field) => [field, field === 'timeLimit' ? '--time-limit' : `--${field}`]);
  const both = problems === undefined ? '--expression' : '--problems and --expression';
  return new Places('study', { ...Object.fromEntries(names), ...(expression !== undefined && { problems: both }) });
}

/** The study as written, before it is checked: the file's fields, those of the options over them. */
async function studyOf(file: string | undefined, over: Fields): Promise<unknown> {
  if (file === undefined) {
    if (over.problems === undefined || over.strategies === undefined || over.budget === undefined) {
      throw new UsageError(
        'Give a study file, or --problems, --strategies and a budget: zeroth compare --problems iris --strategies sgd,pso --evaluations 20000.',
      );
    }
    return over;
  }
  const written = await readStudyFile(file);
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    throw new UsageError(`${file} must hold a study: fields such as problems, strategies, seeds and budget.`);
  }
  const own = written as { problems?: unknown };
  const replaced = ['budget', 'start'].filter((field) => Object.hasOwn(over, field));
  return { ...own, ...(Array.isArray(own.problems) && { problems: own.problems.map((problem) => without(problem, replaced)) }), ...over };
}

/** A budget or a start on the command line is for every problem. */
function without(problem: unknown, fields: readonly string[]): unknown {
  if (typeof problem !== 'object' || problem === null || Array.isArray(problem)) return problem;
  return Object.fromEntries(Object.entries(problem).filter(([name]) => !fields.includes(name)));
}
