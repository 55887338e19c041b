/** The best network of each strategy on each network problem, as plain ONNX models that any runtime loads. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { shortHash } from './canonical.js';
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
      if (point === undefined) continue;
      const problem = await problems.find(id);
      const model = problem.toOnnx?.(new Float32Array(point.buffer));
      if (model === undefined) continue;
      await mkdir(join(folder, 'models'), { recursive: true });
      const file = join('models', `${fileName(id)}--${fileName(label)}.onnx`);
      await writeWhole(join(folder, file), model);
      written.push(file);
    }
  }
  return written;
}

function bestRun(runs: readonly RunRecord[]): RunRecord | undefined {
  let best: RunRecord | undefined;
  for (const run of runs) {
    if (run.status === 'done' && run.final.loss !== null && (best === undefined || run.final.loss < (best.final.loss ?? Infinity)))
      best = run;
  }
  return best;
}

/** Letters, digits, dots and dashes stay; a name that loses more than its brackets gets a piece of its hash, so that no two are equal. */
function fileName(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, '-').replace(/-+$/, '');
  return /^[\w.\-(),:]*$/.test(name) && plain.length <= 80 ? plain : `${plain.slice(0, 80)}-${shortHash(name).slice(0, 6)}`;
}
