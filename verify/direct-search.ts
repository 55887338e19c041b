/**
 * Subplex and Nelder-Mead beside NLopt's and SciPy's (peers/direct-search.py) from the same eight starts with the same first steps:
 * median evaluations to 1e-8, a run that does not reach it counting as infinite.
 */
import { nelderMead } from '../strategies/nelder-mead.js';
import { subplex } from '../strategies/subplex.js';
import type { VerificationRow } from './shared/bbob-rows.js';
import { evaluationsFrom, readPeers } from './shared/from-start.js';

const strategies = [subplex, nelderMead];

export const verification = {
  name: 'direct-search',
  async run(progress: (done: string) => void): Promise<VerificationRow[]> {
    const { most, starts, rows } = readPeers();
    return rows.map(({ strategy, peer, function: f, dimension, evaluations }) => {
      const tried = strategies.find(({ name }) => name === strategy);
      if (tried === undefined) throw new Error(`no strategy ${strategy} here`);
      const own = starts[dimension].map((start) => evaluationsFrom(start, tried, f, most));
      const theirs = evaluations.map((count) => count ?? Number.POSITIVE_INFINITY);
      const [ours, published] = [median(own), median(theirs)];
      const [hits, theirHits] = [reached(own), reached(theirs)];
      progress(`${strategy} on ${f}, ${dimension}-D`);
      return {
        what: `${strategy}, ${f}, ${dimension}-D: evaluations to 1e-8`,
        ours,
        published,
        ratio: ours / published,
        seeds: own.length,
        source: peer,
        ...(hits < own.length || theirHits < own.length
          ? { note: `ours reached it from ${hits}, theirs from ${theirHits} of ${own.length} starts` }
          : {}),
      };
    });
  },
};

function reached(counts: readonly number[]): number {
  return counts.filter((count) => count < Number.POSITIVE_INFINITY).length;
}

/** Of an even number of counts. */
function median(counts: readonly number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  return (sorted[counts.length / 2 - 1] + sorted[counts.length / 2]) / 2;
}
