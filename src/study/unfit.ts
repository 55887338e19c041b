/** Whether a strategy can run on a problem at all, by its card, told before a study starts. The runs themselves fail with the same words. */
import { UsageError } from '../core/errors.js';
import { checkFit, type Ground } from '../core/fit.js';
import type { AnyStrategy } from '../core/strategy.js';
import { findProblem } from '../problems/registry.js';
import type { ProblemInfo } from './results.js';

/**
 * What a problem offers strategies; undefined where that is not known without opening data or a process of its own. Networks have
 * gradients and no bounds. A function is opened only where one of the strategies asks for more than room.
 */
export async function groundOf(
  { id, kind, dimension, facts }: ProblemInfo,
  strategies: readonly AnyStrategy[],
  seed: number,
): Promise<Ground | undefined> {
  if (kind !== 'function') return { dimension, gradient: true };
  if (dimension === 0 || Object.keys(facts).length === 0 || id.startsWith('module(')) return undefined;
  if (!strategies.some(({ card }) => card.needs === 'gradient' || card.bounds === 'required')) return { dimension, gradient: true };
  const objective = await (await findProblem(id)).open({ seed, provider: 'cpu', threads: 1 });
  await objective.close?.();
  const { bounds } = objective.space;
  return { dimension, gradient: objective.gradient !== undefined, ...(bounds && { bounds }) };
}

/** Why the strategy cannot run there, in words; undefined where it can, or where that is not known. */
export function unfitness(strategy: AnyStrategy, options: unknown, ground: Ground | undefined): string | undefined {
  if (ground === undefined) return undefined;
  try {
    checkFit(strategy, ground, options);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
