/** Random search that throws in 3 coordinates, hangs in 4 and ends its process in 5: for tests that the checks after it still run. */
import type { AnyStrategy } from '../../../src/core/strategy.js';
import { randomSearch } from '../../../strategies/random-search.js';

export const patchy: AnyStrategy = {
  ...randomSearch,
  name: 'patchy',
  title: 'Random search with holes',
  start(space, options, rng) {
    console.log(`a line for each start, ${space.dimension} coordinates`);
    return randomSearch.start(space, options, rng);
  },
  ask(state) {
    const { dimension } = (state as { space: { dimension: number } }).space;
    if (dimension === 3) throw new Error('three on purpose');
    if (dimension === 4) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
    if (dimension === 5) process.exit(7);
    return randomSearch.ask(state);
  },
};
