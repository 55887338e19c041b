/** L-SHADE beside the logged runs of its authors' program on the bent cigar. */
import type { VerificationRow } from './shared/bbob-rows.js';
import { bentCigarRun, published } from './shared/bent-cigar.js';

const runs = 30;

export const verification = {
  name: 'l-shade',
  async run(progress: (done: string) => void): Promise<VerificationRow[]> {
    const rows: VerificationRow[] = [];
    for (const { dimension, maxEvaluations, at, medians } of published) {
      const errors = Array.from({ length: runs }, (_, k) => bentCigarRun(dimension, maxEvaluations, at, k + 1));
      at.forEach((used, k) => {
        const sorted = errors.map((run) => run[k]).sort((a, b) => a - b);
        const ours = (sorted[runs / 2 - 1] + sorted[runs / 2]) / 2;
        const done = medians[k] === 0;
        rows.push({
          what: `l-shade, bent cigar, ${dimension}-D: median error after ${used.toLocaleString('en')} of ${maxEvaluations.toLocaleString('en')} evaluations`,
          ours,
          published: medians[k],
          ratio: done ? Number.NaN : ours / medians[k],
          seeds: runs,
          source: "L-SHADE 1.0.1, its authors' program, logs of MadDE",
          ...(done
            ? { note: `published as 0, which is below 1e-8; ${sorted.filter((error) => error < 1e-8).length} of our runs are` }
            : {}),
        });
      });
      progress(`bent cigar, ${dimension}-D`);
    }
    return rows;
  },
};
