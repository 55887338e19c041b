/** The work of `zeroth train`: one run in this process; `--save` writes the network. */
import { existsSync } from 'node:fs';
import { rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Cost } from '../core/budget.js';
import { UsageError } from '../core/errors.js';
import { fileReason } from '../core/file-reason.js';
import { parseOptions } from '../core/options.js';
import { parseProvider, resolveProvider } from '../engine/providers.js';
import { modelFacts } from '../study/models.js';
import { writeWhole } from '../study/output-folder.js';
import { finalOf, minimizeRun } from '../study/perform.js';
import { ProblemCache } from '../study/problem-cache.js';
import type { RunSettings } from '../study/results.js';
import { parseStrategyArgument } from '../study/strategy-argument.js';
import { findStrategy } from '../study/strategy-registry.js';
import {
  type BudgetWords,
  boundsPolicy,
  budgetOf,
  endless,
  type FormulaWords,
  formulaOf,
  oneProblem,
  startOf,
  wholeNumber,
} from './arguments.js';
import { interruptedExit } from './interruption.js';
import { RunProgress } from './run-progress.js';
import { columns, printJson, shortNumber, widthOf } from './terminal.js';

export interface TrainOptions extends BudgetWords, FormulaWords {
  readonly strategy: string;
  readonly seed: string;
  readonly provider: string;
  readonly threads?: string;
  readonly save?: string;
  readonly start?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export interface TrainHooks {
  readonly signal: AbortSignal;
  /** The strategy's module has been loaded. */
  readonly loaded?: () => void;
  /** Everything is read and checked: the run begins. */
  readonly begun?: () => void;
}

export async function trainHere(id: string | undefined, options: TrainOptions, { signal, loaded, begun }: TrainHooks): Promise<void> {
  const problems = new ProblemCache();
  const { problem: formula, policy } = formulaOf(options);
  const problem = await problems.find(oneProblem(id, formula));
  const written = parseStrategyArgument(options.strategy);
  const strategy = await findStrategy(written.name);
  loaded?.();
  const budget = budgetOf(options);
  if (budget === undefined) throw endless();
  if (options.save !== undefined) await checkSave(options.save, problem);
  const start = startOf(options.start ?? 'own');
  const provider = parseProvider(options.provider);
  const settings: RunSettings = {
    problem: problem.id,
    strategy: { name: written.name, options: parseOptions<Readonly<Record<string, unknown>>>(strategy, written.options) },
    seed: wholeNumber('--seed', options.seed, 0),
    budget,
    bounds: policy === undefined ? 'clip' : boundsPolicy(policy),
    ...(start !== 'own' && { start }),
    provider: problem.kind === 'function' ? 'cpu' : (await resolveProvider(provider)).provider,
    threads: options.threads === undefined ? availableParallelism() : wholeNumber('--threads', options.threads, 1),
  };
  const progress = options.quiet ? undefined : new RunProgress(`${strategy.name} on ${problem.id}`);
  begun?.();
  try {
    const result = await minimizeRun(settings, problems, {
      signal,
      progress: (share, loss) => progress?.update(share, loss),
    });
    progress?.close();
    const final = finalOf(result);
    if (options.save !== undefined) {
      const facts = modelFacts(options.strategy, final);
      const model = await problem.toOnnx?.(result.best.point, { seed: settings.seed, facts });
      if (model !== undefined) await writeWhole(options.save, model);
    }
    const summary = {
      stop: result.stop,
      final,
      cost: result.cost,
      ...(result.failures !== undefined && { failures: result.failures }),
      ...(result.warning !== undefined && { warning: result.warning }),
      ...(options.save !== undefined && { model: options.save }),
    };
    if (options.json) printJson({ settings, ...summary, trace: result.trace });
    else process.stdout.write(`${describe(summary)}\n`);
    if (result.stop === 'interrupted') process.exitCode = interruptedExit;
    else if (final.loss === null) process.exitCode = 1;
  } finally {
    progress?.close();
  }
}

async function checkSave(file: string, problem: { readonly id: string; readonly toOnnx?: unknown }): Promise<void> {
  if (problem.toOnnx === undefined) throw new UsageError(`${problem.id} is not a network, so --save has nothing to write. Leave it out.`);
  const folder = dirname(file);
  if (!existsSync(folder)) throw new UsageError(`--save ${file} cannot be written: there is no folder ${folder}. Make it first.`);
  const there = await stat(file).catch(() => undefined);
  if (there?.isDirectory()) throw new UsageError(`--save ${file} is a folder. Give a file's name, such as ${join(file, 'model.onnx')}.`);
  const probe = join(folder, `.write-test-${process.pid}`);
  try {
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new UsageError(`--save ${file} cannot be written: ${fileReason(error)}. Give a file in a folder that can be.`);
  }
}

function divergence({ evaluations, gradients }: Cost): string {
  return `diverged: it asked for a number that is not finite after ${(evaluations + gradients).toLocaleString('en')} evaluations; what follows is the best until then`;
}

function describe({
  stop,
  final,
  cost,
  failures,
  warning,
  model,
}: {
  stop: string;
  final: ReturnType<typeof finalOf>;
  cost: Readonly<Cost>;
  failures?: string;
  warning?: string;
  model?: string;
}): string {
  const percent = (share: number | undefined) => (share === undefined ? undefined : `${(100 * share).toFixed(2)} %`);
  const rows: [string, string | undefined][] = [
    ['stopped by', stop === 'diverged' ? divergence(cost) : stop],
    ['best loss', shortNumber(final.loss)],
    ['train accuracy', percent(final.trainAccuracy)],
    ['test loss', final.testLoss === undefined ? undefined : shortNumber(final.testLoss)],
    ['test accuracy', percent(final.testAccuracy)],
    ['evaluations', String(cost.evaluations)],
    ['gradients', cost.gradients > 0 ? String(cost.gradients) : undefined],
    ['sample-passes', String(cost.samplePasses)],
    ['failed', cost.failed > 0 ? String(cost.failed) : undefined],
    ['', failures],
    ['warning', warning],
    [
      'seconds',
      `${shortNumber(cost.secondsEvaluate)} evaluate, ${shortNumber(cost.secondsAsk)} ask, ${shortNumber(cost.secondsTell)} tell`,
    ],
    ['model', model],
  ];
  return columns(
    rows.filter((row): row is [string, string] => row[1] !== undefined),
    widthOf(process.stdout),
  );
}
