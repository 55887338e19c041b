/** How far the weights of each layer have moved from where they began, relative to their size there. */
import type { LayoutSlice } from '../../src/core/space.js';

/** One number for each layer with weights, from the input: |w - w0| / |w0|. */
export function relativeMovement(layout: readonly LayoutSlice[], from: ArrayLike<number>, to: ArrayLike<number>): number[] {
  return layout
    .filter(({ role }) => role === 'weights')
    .map(({ offset, length }) => {
      let moved = 0;
      let size = 0;
      for (let i = offset; i < offset + length; i++) {
        moved += (to[i] - from[i]) ** 2;
        size += from[i] ** 2;
      }
      return Math.sqrt(moved / size);
    });
}
