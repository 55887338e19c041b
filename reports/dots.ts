/** Dots of single runs: all of them where they are few, evenly chosen ones where they are many. */

/** More dots on one line are a smear. */
export const mostDots = 150;

/** At most `most` items of the list, evenly spread over it, the first and last among them. */
export function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]);
}
