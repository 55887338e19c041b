/** A user's objective as a problem. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../../core/errors.js';
import { fileReason } from '../../core/file-reason.js';
import type { Objective } from '../../core/objective.js';
import { allocate, type Space } from '../../core/space.js';
import { formatBounds, spaceOf } from '../expression/bounds.js';
import type { Problem } from '../problem.js';
import type { Description } from './messages.js';
import { ModuleRunner } from './runner.js';

export interface ModuleSettings {
  readonly id: string;
  readonly file: string;
  /** Seconds for one call. */
  readonly timeout: number;
  readonly concurrency: number;
}

/**
 * Loads the module once, in a process of its own, to learn what it is. Its text is among the facts as a hash, so that runs of
 * another version are other runs. Throws UsageError when there is no such module or it does not say what is needed.
 */
export async function moduleProblem(settings: ModuleSettings): Promise<Problem> {
  const { id, file, timeout, concurrency } = settings;
  const absolute = path.resolve(file);
  const hash = await hashOf(absolute, file);
  const runner = () => new ModuleRunner({ file: absolute, written: file, timeout, concurrency });
  const first = runner();
  const description = await first.load().finally(() => first.close());
  const { dimension, optimum, title, takes } = description;
  const space = spaceFor(description);
  return {
    id,
    title: title ?? path.basename(file),
    kind: 'function',
    dimension,
    ...(optimum !== undefined && { optimum }),
    facts: async () => ({
      file,
      hash,
      bounds: boundsText(description),
      asked: takes === 'population' ? 'a population at a time' : 'candidate by candidate',
      timeout,
      concurrency,
      ...(optimum !== undefined && { optimum }),
    }),
    open: async () => objectiveOf(runner(), space, optimum),
  };
}

async function hashOf(absolute: string, file: string): Promise<string> {
  try {
    return createHash('sha256')
      .update(await readFile(absolute))
      .digest('hex')
      .slice(0, 16);
  } catch (error) {
    throw new UsageError(`The module ${file} cannot be read: ${fileReason(error)}. Give its path.`);
  }
}

function variablesOf({ dimension, bounds }: Description) {
  return Array.from({ length: dimension }, (_, i) => ({
    name: `x${i + 1}`,
    low: bounds?.lower[i] ?? -Infinity,
    high: bounds?.upper[i] ?? Infinity,
  }));
}

/** First points as for formulas: uniform between bounds, standard normal without. */
function spaceFor(description: Description): Space {
  return spaceOf(variablesOf(description));
}

function boundsText(description: Description): string {
  if (description.bounds === undefined) return 'none';
  const text = formatBounds(variablesOf(description));
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}

function objectiveOf(runner: ModuleRunner, space: Space, optimum: number | undefined): Objective {
  return {
    space,
    passesPerEvaluation: 1,
    deterministic: true,
    ...(optimum !== undefined && { optimum }),
    async losses({ values, size, dimension }, _step, out) {
      const asked = allocate(space, size * dimension) as Float64Array;
      asked.set(size * dimension === values.length ? values : values.subarray(0, size * dimension));
      await runner.losses(asked, out);
    },
    failures: () => runner.failures,
    close: () => runner.close(),
  };
}
