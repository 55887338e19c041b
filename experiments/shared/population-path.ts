/** How a strategy searches a problem of two variables: its candidates from moment to moment, over the surface of the loss. */
import { UsageError } from '../../src/core/errors.js';
import { minimize } from '../../src/core/minimize.js';
import type { Objective } from '../../src/core/objective.js';
import type { Frame, Path } from '../../src/lab/figure.js';
import { findProblem } from '../../src/problems/registry.js';
import { findStrategy } from '../../src/study/strategy-registry.js';

export interface PathSettings {
  /** A problem of two variables in a box. */
  readonly problem: string;
  readonly strategy: string;
  readonly seed: number;
  readonly evaluations: number;
  /** Candidates that one frame shows, so that frames of different strategies have cost the same. */
  readonly perFrame: number;
  /** Cells of the surface along each side. */
  readonly cells: number;
}

/** What a figure needs of a search; points with four digits, losses of the surface with three. */
export type SearchPath = Pick<Path, 'columns' | 'rows' | 'surface' | 'frames' | 'optimum'> & {
  /** Bounds of both variables. */
  readonly low: number;
  readonly high: number;
};

export async function searchPath({ problem, strategy, seed, evaluations, perFrame, cells }: PathSettings): Promise<SearchPath> {
  const objective = await (await findProblem(problem)).open({ seed, provider: 'cpu', threads: 1 });
  const { bounds } = objective.space;
  if (bounds === undefined) throw new UsageError(`The path of a search is drawn over a box; ${problem} has no bounds.`);
  const [low, high] = [bounds.lower[0], bounds.upper[0]];
  const points: number[] = [];
  const losses: number[] = [];
  const watched: Objective = {
    ...objective,
    async losses(population, step, out) {
      await objective.losses(population, step, out);
      for (let p = 0; p < population.size; p++) {
        points.push(population.values[2 * p], population.values[2 * p + 1]);
        losses.push(out[p]);
      }
    },
  };
  await minimize(watched, await findStrategy(strategy), { seed, budget: { evaluations } });
  const surface = await surfaceOf(objective, low, high, cells);
  const [ox, oy] = objective.optimumAt ?? [];
  return {
    low,
    high,
    columns: cells,
    rows: cells,
    surface,
    frames: framesOf(points, losses, perFrame),
    ...(objective.optimumAt && { optimum: [digits(ox), digits(oy)] as const }),
  };
}

/** Frame k holds the candidates of the k-th `perFrame` evaluations, and the best of all until then. */
export function framesOf(points: readonly number[], losses: readonly number[], perFrame: number): Frame[] {
  const frames: Frame[] = [];
  let best = 0;
  for (let from = 0; from < losses.length; from += perFrame) {
    const to = Math.min(losses.length, from + perFrame);
    for (let i = from; i < to; i++) if (losses[i] < losses[best]) best = i;
    frames.push({
      label:
        to === from + 1
          ? { en: `evaluation ${to}`, zh: `第 ${to} 次评估` }
          : { en: `evaluations ${from + 1} to ${to}`, zh: `第 ${from + 1} 至 ${to} 次评估` },
      loss: Number(losses[best].toPrecision(3)),
      points: points.slice(2 * from, 2 * to).map(digits),
      best: [digits(points[2 * best]), digits(points[2 * best + 1])],
    });
  }
  return frames;
}

/** Losses at the centres of cells, row-major from the lower left. */
async function surfaceOf(objective: Objective, low: number, high: number, cells: number): Promise<number[]> {
  const at = (cell: number) => low + ((cell + 0.5) / cells) * (high - low);
  const values = Float64Array.from({ length: 2 * cells * cells }, (_, i) => {
    const cell = i >> 1;
    return at(i % 2 === 0 ? cell % cells : Math.floor(cell / cells));
  });
  const out = new Float64Array(cells * cells);
  await objective.losses({ kind: 'dense', size: cells * cells, dimension: 2, values }, 0, out);
  return Array.from(out, (loss) => Number(loss.toPrecision(3)));
}

function digits(value: number): number {
  return Number(value.toFixed(4));
}
