/** `zeroth evaluate`: the loss of a problem at one point, or a stream of them, as JSON lines. */
import { createInterface } from 'node:readline';
import { UsageError } from '../core/errors.js';
import type { Objective } from '../core/objective.js';
import { densePopulation } from '../core/population.js';
import type { Provider } from '../engine/provider.js';
import { parseProvider, resolveProvider } from '../engine/providers.js';
import { ProblemCache } from '../study/problem-cache.js';
import { type FormulaWords, formulaOf, oneProblem, wholeNumber } from './arguments.js';

export interface EvaluateOptions extends FormulaWords {
  readonly at?: string;
  readonly seed: string;
  readonly provider: string;
}

/** The loss of the first query of a run with this seed: for problems on minibatches, that of the first minibatch. */
export async function evaluate(argument: string | undefined, options: EvaluateOptions): Promise<void> {
  const { problem: formula, policy } = formulaOf(options);
  if (policy !== undefined) throw new UsageError(`--bounds takes ranges of variables here, such as "x:-5..5"; got "${policy}".`);
  const problem = oneProblem(argument, formula);
  const evaluator = new Evaluator(wholeNumber('--seed', options.seed, 0), parseProvider(options.provider));
  try {
    if (problem === '-') {
      await answerLines(evaluator);
      return;
    }
    if (options.at === undefined) throw new UsageError('Give the point: --at 0,0,... with one number for each coordinate.');
    const at = options.at.split(',').map((word) => (word.trim() === '' ? Number.NaN : Number(word)));
    process.stdout.write(`${JSON.stringify(await evaluator.answer(problem, at, '--at'))}\n`);
  } finally {
    await evaluator.close();
  }
}

/** One answer a line, in the order of the lines; a line that is wrong gets {"error": ..., "line": its number} and harms no other. */
async function answerLines(evaluator: Evaluator): Promise<void> {
  let line = 0;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === '') continue;
    const drained = process.stdout.write(`${JSON.stringify(await answerTo(text, line, evaluator))}\n`);
    if (!drained) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

async function answerTo(text: string, line: number, evaluator: Evaluator): Promise<Answer | { error: string; line: number }> {
  try {
    const { problem, at } = parseLine(text);
    return await evaluator.answer(problem, at, 'at');
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), line };
  }
}

function parseLine(text: string): { problem: string; at: number[] } {
  let value: { problem?: unknown; at?: unknown } | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch (error) {
    throw new UsageError(`The line is not JSON: ${(error as Error).message}.`);
  }
  if (typeof value !== 'object' || value === null || typeof value.problem !== 'string' || !Array.isArray(value.at)) {
    throw new UsageError('A line must be {"problem": id, "at": [numbers]}.');
  }
  return { problem: value.problem, at: value.at.map((number) => (typeof number === 'number' ? number : Number.NaN)) };
}

/** JSON has no infinities and no NaN: such a loss is null, and `why` says what it is. */
type Answer = { readonly loss: number } | { readonly loss: null; readonly why: string };

/** Problems stay open between points. */
class Evaluator {
  readonly #problems = new ProblemCache();
  readonly #open = new Map<string, Promise<Objective>>();
  readonly #out = new Float64Array(1);
  readonly #seed: number;
  readonly #provider: string;
  #resolved: Promise<Provider> | undefined;

  constructor(seed: number, provider: string) {
    this.#seed = seed;
    this.#provider = provider;
  }

  async answer(id: string, at: readonly number[], name: string): Promise<Answer> {
    const objective = await this.#objective(id);
    const { dimension } = objective.space;
    if (at.length !== dimension) throw new UsageError(`${id} has ${dimension} coordinates; ${name} gives ${at.length}.`);
    const wrong = at.findIndex((number) => !Number.isFinite(number));
    if (wrong >= 0) throw new UsageError(`Coordinate ${wrong + 1} of ${name} is not a finite number.`);
    const population = densePopulation(objective.space, 1);
    population.values.set(at);
    await objective.losses(population, 0, this.#out);
    const [loss] = this.#out;
    if (Number.isFinite(loss)) return { loss };
    const told = objective.failures?.();
    return { loss: null, why: `the loss here is ${loss}, which JSON cannot hold${told === undefined ? '' : `: ${told}`}` };
  }

  #objective(id: string): Promise<Objective> {
    let objective = this.#open.get(id);
    if (objective === undefined) {
      objective = this.#openProblem(id);
      this.#open.set(id, objective);
    }
    return objective;
  }

  async #openProblem(id: string): Promise<Objective> {
    const problem = await this.#problems.find(id);
    this.#resolved ??= problem.kind === 'function' ? undefined : resolveProvider(this.#provider).then(({ provider }) => provider);
    return problem.open({ seed: this.#seed, provider: (await this.#resolved) ?? 'cpu', threads: 1 });
  }

  async close(): Promise<void> {
    for (const objective of await Promise.allSettled(this.#open.values())) {
      if (objective.status === 'fulfilled') await objective.value.close?.();
    }
  }
}
