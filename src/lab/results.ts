/** What an experiment gave, with all that its report says: plain JSON data. */
import type { Provenance } from '../study/results.js';
import type { Experiment, Findings, Verdict } from './experiment.js';

export interface ExperimentResults {
  readonly experiment: Pick<Experiment, 'name' | 'title' | 'claim' | 'method' | 'refutation' | 'sources'>;
  readonly form: 'quick' | 'full';
  readonly settings: unknown;
  readonly findings: Findings;
  /** Beside a quick form: the verdict of the full form's committed run, where there is one. */
  readonly fullVerdict?: Verdict;
  /** Of all its steps and studies, when they were done. */
  readonly seconds: number;
  readonly provenance: Provenance;
  /** The line that runs it again. */
  readonly command: string;
}
