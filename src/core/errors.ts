/**
 * The errors that Zeroth throws on purpose. Each message says what was given, what is allowed and what to do next.
 * `exitCode` is what the command line exits with: 2 when the caller asked for something impossible, 1 when the work failed.
 */
export class ZerothError extends Error {
  readonly exitCode: 1 | 2 = 1;
  override get name(): string {
    return this.constructor.name;
  }
}

/** A wrong argument, option, name or study file: nothing was started. */
export class UsageError extends ZerothError {
  override readonly exitCode = 2;
}

/** A data set that is missing, truncated or malformed. */
export class DataError extends ZerothError {}

/** An execution provider that does not work on this machine, or an engine limit that was exceeded. */
export class EngineError extends ZerothError {}

/** A strategy that broke its contract: wrong size, a throw, a point that is not a number. */
export class StrategyError extends ZerothError {}

/** A result store that cannot be read or written. */
export class StoreError extends ZerothError {}

/**
 * `names` ordered by likeness to `given`, nearest first, at most three, only plausible ones: a third of the letters may be wrong,
 * and none is named that is more than one mistake further off than the nearest. Used to end an unknown-name error.
 */
export function nearest(given: string, names: readonly string[]): string[] {
  const wanted = given.toLowerCase();
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const near = names
    .map((name) => ({ name, distance: mistakes(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => wanted !== '' && (distance <= most || name.toLowerCase().includes(wanted)))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return near
    .filter(({ name, distance }) => distance <= near[0].distance + 1 || name.toLowerCase().includes(wanted))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** The unknown-name message, the same words everywhere. */
export function unknownName(kind: string, given: string, names: readonly string[], listing: string): UsageError {
  const near = nearest(given, names);
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  return new UsageError(`Unknown ${kind} "${given}".${hint} \`${listing}\` lists what there is.`);
}

/** Letters to add, drop, replace, or swap with their neighbour: the optimal string alignment distance. */
function mistakes(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(previous[j] + 1, current[j - 1] + 1, replaced, swapped));
    }
    before = previous;
    previous = current;
  }
  return previous[b.length];
}
