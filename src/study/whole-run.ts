/** Whether what a store gives for a run is one: SQLite keeps its pages, not what stands in their text. */
import { z } from 'zod';
import type { RunRecord } from './results.js';

const spent = z.array(z.number());
const amount = z.number().min(0);

const schema = z.looseObject({
  settings: z.looseObject({ problem: z.string(), strategy: z.looseObject({ name: z.string() }), seed: z.number() }),
  status: z.enum(['done', 'failed']),
  cost: z.looseObject({ evaluations: amount, gradients: amount, samplePasses: amount, failed: amount }),
  trace: z
    .looseObject({ evaluations: spent, gradients: spent, samplePasses: spent, seconds: spent, loss: z.array(z.number().nullable()) })
    .refine(({ evaluations, ...others }) =>
      (['gradients', 'samplePasses', 'seconds', 'loss'] as const).every((name) => others[name].length === evaluations.length),
    ),
  final: z.looseObject({ loss: z.number().nullable() }),
});

/** Settings, costs and a final loss, and a trace whose columns are equally long. */
export function isWholeRun(run: Omit<RunRecord, 'label'>): boolean {
  return schema.safeParse(run).success;
}
