/** Orders candidates by loss without allocating: heap sort (Williams 1964, https://doi.org/10.1145/512274.512284). */

/**
 * Writes into `order` the indices 0 .. order.length - 1, lowest loss first; equal losses keep the order of their indices.
 * Infinite losses come last; NaN is not allowed.
 */
export function rankByLoss(losses: { readonly [index: number]: number }, order: Int32Array): void {
  const n = order.length;
  for (let i = 0; i < n; i++) order[i] = i;
  for (let root = (n >> 1) - 1; root >= 0; root--) sink(losses, order, root, n);
  for (let end = n - 1; end > 0; end--) {
    const last = order[0];
    order[0] = order[end];
    order[end] = last;
    sink(losses, order, 0, end);
  }
}

/** Restores the heap (worst on top) of the first `n` places below `root`. */
function sink(losses: { readonly [index: number]: number }, order: Int32Array, root: number, n: number): void {
  const item = order[root];
  let hole = root;
  for (let child = 2 * hole + 1; child < n; child = 2 * hole + 1) {
    if (child + 1 < n && worse(losses, order[child + 1], order[child])) child++;
    if (!worse(losses, order[child], item)) break;
    order[hole] = order[child];
    hole = child;
  }
  order[hole] = item;
}

function worse(losses: { readonly [index: number]: number }, a: number, b: number): boolean {
  return losses[a] > losses[b] || (losses[a] === losses[b] && a > b);
}
