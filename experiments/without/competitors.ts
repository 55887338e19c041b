/** Who competes, and on what. */
import type { Text } from '../../src/lab/text.js';
import { same } from '../../src/lab/text.js';
import type { StudyInput } from '../../src/study/study-schema.js';

export interface Competitor {
  readonly label: string;
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly gradient: boolean;
  readonly title: Text;
}

/** Above this width cma-es keeps a scale for each coordinate alone: the whole covariance grows with the square of their number. */
const widestFull = 8;

export function competitors(width: number): Competitor[] {
  const without = (name: string, title: Text, options: Competitor['options'] = {}): Competitor => ({
    label: name,
    name,
    options,
    gradient: false,
    title,
  });
  const separable = width > widestFull;
  return [
    {
      label: 'sgd 0.1',
      name: 'sgd',
      options: { learningRate: 0.1 },
      gradient: true,
      title: { en: 'SGD, rate 0.1', zh: 'SGD，学习率 0.1' },
    },
    { label: 'sgd 1', name: 'sgd', options: { learningRate: 1 }, gradient: true, title: { en: 'SGD, rate 1', zh: 'SGD，学习率 1' } },
    {
      label: 'adam',
      name: 'adam',
      options: { learningRate: 0.01 },
      gradient: true,
      title: { en: 'Adam, rate 0.01', zh: 'Adam，学习率 0.01' },
    },
    without('ga', { en: 'genetic algorithm', zh: '遗传算法' }),
    without('pso', { en: 'particle swarm', zh: '粒子群' }),
    without('cma-es', same('CMA-ES'), { covariance: separable ? 'separable' : 'full' }),
    without('openai-es', same('OpenAI-ES')),
    without('l-shade', same('L-SHADE')),
  ];
}

/** A network of that many hidden layers of that width on Iris, started as in the lecture. */
export function problemId(depth: number, width: number, activation: 'logistic' | 'relu'): string {
  return `iris(${[4, ...new Array<number>(depth).fill(width), 3].join('-')},${activation},init=lecture)`;
}

export function parametersAt(depth: number, width: number): number {
  return 5 * width + (depth - 1) * (width + 1) * width + 3 * (width + 1);
}

export interface Size {
  readonly depths: readonly number[];
  readonly seeds: number;
  /** For every run: a gradient costs three a sample. */
  readonly samplePasses: number;
}

export function studyOf({ depths, seeds, samplePasses }: Size, width: number): StudyInput {
  return {
    problems: depths.map((depth) => problemId(depth, width, 'logistic')),
    strategies: competitors(width).map(({ label, name, options }) => ({ name, label, options })),
    seeds,
    budget: { samplePasses },
  };
}

/** The lecture's other remedy, at the same cost. */
export function rectifierStudy({ depths, seeds, samplePasses }: Size, width: number): StudyInput {
  return {
    problems: depths.map((depth) => problemId(depth, width, 'relu')),
    strategies: [{ name: 'sgd', label: 'relu', options: { learningRate: 0.1 } }],
    seeds,
    budget: { samplePasses },
  };
}
