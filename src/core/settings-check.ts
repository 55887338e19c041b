/** What callers hand over, checked before anything starts: settings by their names, strategies and objectives by their parts. */
import { nearest, UsageError } from './errors.js';
import type { AnyStrategy } from './strategy.js';

/** A value as an error shows it. */
export function shown(value: unknown): string {
  if (typeof value === 'function') return `the function ${value.name || '(x) => ...'}`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return `a list of ${(value as { readonly length?: number }).length ?? 0}`;
  return `an object with ${Object.keys(value).join(', ') || 'nothing'}`;
}

/** Throws UsageError where `settings` is no object or has a name that is not `known`. `owner`: as messages begin, `minimize`. */
export function checkSettings(owner: string, settings: unknown, known: readonly string[]): void {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    const got = settings === undefined ? 'are missing' : `must be an object; got ${shown(settings)}`;
    throw new UsageError(`The settings of ${owner} ${got}. They may hold ${known.join(', ')}.`);
  }
  for (const name of Object.keys(settings)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
    throw new UsageError(`${owner} has no setting "${name}".${hint} It has ${known.join(', ')}.`);
  }
}

export function checkSeed(seed: unknown): void {
  if (typeof seed === 'string' ? seed === '' : !Number.isSafeInteger(seed)) {
    throw new UsageError(`seed must be a whole number, or text that is not empty; got ${shown(seed)}.`);
  }
}

export function checkFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') throw new UsageError(`${name} must be a function; got ${shown(value)}.`);
}

export function isStrategy(value: unknown): value is AnyStrategy {
  if (typeof value !== 'object' || value === null) return false;
  const strategy = value as Partial<AnyStrategy>;
  return (
    typeof strategy.name === 'string' &&
    typeof strategy.card === 'object' &&
    typeof strategy.options?.safeParse === 'function' &&
    [strategy.start, strategy.ask, strategy.tell].every((method) => typeof method === 'function')
  );
}

/** Throws UsageError on what is no strategy. */
export function checkStrategy(value: unknown): void {
  if (isStrategy(value)) return;
  if (value instanceof Promise) {
    throw new UsageError('A strategy is needed; got a promise. Await it first: await findStrategy(...).');
  }
  const advice = typeof value === 'string' ? ` Of a name, await findStrategy(${JSON.stringify(value)}) is one.` : '';
  throw new UsageError(`A strategy must have name, card, options, start, ask and tell; got ${shown(value)}.${advice}`);
}

/** Throws UsageError on what is no objective. */
export function checkObjective(value: unknown): void {
  const { space, losses } = (typeof value === 'object' && value !== null ? value : {}) as { space?: unknown; losses?: unknown };
  if (typeof space === 'object' && space !== null && typeof losses === 'function') return;
  const advice = value instanceof Promise ? ' Await it first.' : '';
  throw new UsageError(
    `What is minimized must be a function of a point, an objective (space and losses) or the id of a problem; got ${value instanceof Promise ? 'a promise' : shown(value)}.${advice}`,
  );
}
