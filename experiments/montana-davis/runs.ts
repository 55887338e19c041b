/** Runs on the stand-in: one way to train each, several seeds, the sum of squared errors at the same costs. */
import { minimize } from '../../src/study/minimize.js';

/** Examples of the stand-in, by which a mean becomes the sum that the paper reports. */
export const examples = 236;

/** A way to train, and what one of its evaluations costs in evaluations of the genetic algorithm: 2 for a step of back-propagation. */
export interface Way {
  readonly strategy: 'montana-davis' | 'sgd';
  readonly options: Readonly<Record<string, number>>;
  readonly cost: 1 | 2;
}

const none = { mutateNodes: 0, crossoverNodes: 0 };
const genetic = (options: Way['options']): Way => ({ strategy: 'montana-davis', options, cost: 1 });

/** By name; the genetic algorithms of the five comparisons. Without a word on it, all operators have equal shares. */
export const ways = {
  unbiased: genetic({ ...none, unbiasedMutateWeights: 1 }),
  biased: genetic({ ...none, biasedMutateWeights: 1 }),
  nodes: genetic({ crossoverNodes: 0 }),
  'crossover-weights': genetic({ crossoverNodes: 0, crossoverWeights: 1 }),
  'crossover-nodes': genetic({}),
  'crossover-features': genetic({ crossoverNodes: 0, crossoverFeatures: 1 }),
  hillclimb: genetic({ hillclimb: 1 }),
  // a tenth of the children: one costs 18 evaluations
  weakest: genetic({ mutateWeakestNodes: 0.2 }),
} as const satisfies Record<string, Way>;

export type WayName = keyof typeof ways;

/** Plain gradient descent on all examples at once. */
export const backPropagation = (learningRate: number): Way => ({ strategy: 'sgd', options: { learningRate }, cost: 2 });

/** The costs at which curves are read: ten a decade, and the last, which has no other right beside it. */
export function marksTo(evaluations: number): number[] {
  const marks: number[] = [];
  for (let k = 17; ; k++) {
    const mark = Math.round(10 ** (k / 10));
    if (mark >= 0.95 * evaluations) return [...marks, evaluations];
    marks.push(mark);
  }
}

/** The best sum of squared errors by each mark, for one seed. */
export async function curveOf(way: Way, seed: number, marks: readonly number[]): Promise<number[]> {
  const { trace } = await minimize('lofar-stand-in', way.strategy, {
    seed,
    options: way.options,
    budget: { evaluations: marks[marks.length - 1] / way.cost },
    provider: 'cpu',
    threads: 1,
  });
  const spent = trace.evaluations.map((count, row) => way.cost * (count + trace.gradients[row]));
  return marks.map((mark) => {
    let row = 0;
    while (row + 1 < spent.length && spent[row + 1] <= mark) row++;
    return examples * (trace.loss[row] ?? Number.NaN);
  });
}
