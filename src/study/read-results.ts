/** The results of a study, computed from its store alone. */
import { StoreError } from '../core/errors.js';
import type { RunRecord, StudyResults } from './results.js';
import type { RunStore } from './store.js';

/** In the study's order, whatever the order of execution. Throws StoreError on a store that no study was written to. */
export function readResults(store: RunStore): StudyResults {
  const frame = store.readFrame();
  if (frame === undefined) throw new StoreError(`${store.path} holds no study yet. Run \`zeroth compare\` into its folder first.`);
  const { runs: order, ...rest } = frame;
  const stored = store.runs();
  const runs = order.flatMap(({ id, label }): RunRecord[] => {
    const run = stored.get(id);
    return run ? [{ ...run, label }] : [];
  });
  return { ...rest, runs, missing: order.length - runs.length };
}
