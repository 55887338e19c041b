/** The best network of each strategy on each network problem, as plain ONNX models that any runtime loads. */
import { join } from 'node:path';
import type { ModelFacts } from '../problems/problem.js';
import { fileName } from './file-name.js';
import { makeFolder } from './make-folder.js';
import { writeWhole } from './output-folder.js';
import { ProblemCache } from './problem-cache.js';
import type { RunRecord, StudyResults } from './results.js';
import type { RunStore } from './store.js';

/** Writes `models/PROBLEM--LABEL.onnx` below `folder`. Best: the run with the lowest training loss. Returns the paths below `folder`. */
export async function exportModels(results: StudyResults, store: RunStore, folder: string): Promise<string[]> {
  const problems = new ProblemCache();
  const written: string[] = [];
  for (const { id, kind } of results.problems) {
    if (kind === 'function') continue;
    for (const { label } of results.strategies) {
      const run = bestRun(results.runs.filter((candidate) => candidate.settings.problem === id && candidate.label === label));
      const point = run && store.best(run.id);
      if (run === undefined || point === undefined) continue;
      const problem = await problems.find(id);
      const facts = modelFacts(label, run.final);
      const model = await problem.toOnnx?.(new Float32Array(point.buffer), { seed: run.settings.seed, facts });
      if (model === undefined) continue;
      await makeFolder(join(folder, 'models'));
      const file = join('models', `${fileName(id)}--${fileName(label)}.onnx`);
      await writeWhole(join(folder, file), model);
      written.push(file);
    }
  }
  return written;
}

/** What a model says of the run that it is the best point of. */
export function modelFacts(strategy: string, { loss, diagnostics: _, ...shares }: RunRecord['final']): ModelFacts {
  return { strategy, ...(loss !== null && { loss }), ...shares };
}

function bestRun(runs: readonly RunRecord[]): RunRecord | undefined {
  let best: RunRecord | undefined;
  for (const run of runs) {
    if (run.status === 'done' && run.final.loss !== null && (best === undefined || run.final.loss < (best.final.loss ?? Infinity)))
      best = run;
  }
  return best;
}
