/** How work that would not fit into memory is cut: into as few parts as fit, as equal as whole numbers allow. */
import { EngineError } from '../core/errors.js';

/** One part: members `from` to before `to`. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts `total` into parts of at most `most` members. They have two sizes at most, so two graphs serve them.
 * All but the last are a multiple of `multiple`, of which `most` is one too.
 */
export function equalParts(total: number, most: number, multiple = 1): Part[] {
  const each = Math.ceil(total / Math.ceil(total / most) / multiple) * multiple;
  const parts: Part[] = [];
  for (let from = 0; from < total; from += each) parts.push({ from, to: Math.min(total, from + each) });
  return parts;
}

/**
 * The largest number of members up to `wanted` whose run needs at most `memoryBytes`, as `bytesOf` tells; at least `least`.
 * Throws EngineError when `least` members do not fit.
 */
export function membersThatFit(
  wanted: number,
  least: number,
  memoryBytes: number,
  what: string,
  bytesOf: (members: number) => number,
): number {
  let members = Math.max(wanted, least);
  for (;;) {
    const bytes = bytesOf(members);
    if (bytes <= memoryBytes) return members;
    if (members <= least) {
      throw new EngineError(
        `${what} needs ${megabytes(bytes)} of memory, and one run may use ${megabytes(memoryBytes)}. ` +
          'Use a smaller batch or network, or raise the limit (`memoryBytes`).',
      );
    }
    // part of the memory does not grow with the members, so this may take a second step
    members = Math.max(least, Math.min(members - 1, Math.floor((members * memoryBytes) / bytes)));
  }
}

/**
 * Of `total` members, a part smaller than `most` by about the factor given. Equal parts are preferred: another size is another session,
 * whose threads would wait in the way of the first's. Not fewer members than threads, which could then not take one each.
 */
export function smallerPart(total: number, most: number, factor: number, threads: number): number {
  const parts = Math.ceil((total / most) * factor);
  const counts = Array.from({ length: parts }, (_, i) => parts + i);
  return Math.min(most, Math.max(threads, Math.ceil(total / (counts.find((count) => total % count === 0) ?? parts))));
}

export function megabytes(bytes: number): string {
  const value = bytes / 2 ** 20;
  return `${value >= 10 ? Math.round(value) : Number(value.toPrecision(2))} MB`;
}
