/** Ranks with ties averaged (midranks), as in Friedman 1937 (https://doi.org/10.1080/01621459.1937.10503522). */

/** Rank of each value among all, 1 the lowest; equal values share the mean of their places; null ranks last. */
export function averageRanks(values: readonly (number | null)[]): number[] {
  const keys = values.map((value) => (value === null || Number.isNaN(value) ? Number.POSITIVE_INFINITY : value));
  const order = keys.map((_, index) => index).sort((a, b) => (keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : 0));
  const ranks = new Array<number>(keys.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && keys[order[end]] === keys[order[start]]) end++;
    for (let place = start; place < end; place++) ranks[order[place]] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Mean over blocks of the ranks within each block; null without blocks. `blocks[b][k]` is treatment k's value in block b. */
export function meanRanks(blocks: readonly (readonly (number | null)[])[]): number[] | null {
  if (blocks.length === 0) return null;
  const sums = new Array<number>(blocks[0].length).fill(0);
  for (const block of blocks) {
    const ranks = averageRanks(block);
    for (let index = 0; index < ranks.length; index++) sums[index] += ranks[index];
  }
  return sums.map((sum) => sum / blocks.length);
}
