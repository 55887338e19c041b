/** The pictures of `rios-sahinidis` that move: a local and a global solver on one of its problems in two variables. */
import type { Path } from '../../src/lab/figure.js';
import { same, type Text } from '../../src/lab/text.js';
import type { PathSettings, SearchPath } from '../shared/population-path.js';

interface Shown {
  readonly strategy: string;
  /** Evaluations that a frame shows. */
  readonly perFrame: number;
  readonly title: Text;
  readonly reading: Text;
}

const howToRead = (perFrame: number): Text => ({
  en: `Dark is a low loss; every dark spot is a valley of its own, and the cross marks the lowest one. A frame shows ${perFrame} evaluations.`,
  zh: `越暗损失越低；每个暗斑都是一个局部极小，十字处最低。每帧为 ${perFrame} 次评估。`,
});

export const shown: readonly Shown[] = [
  {
    strategy: 'nelder-mead',
    perFrame: 5,
    title: { en: 'A local search: Nelder-Mead on Rastrigin’s function', zh: '局部搜索：Rastrigin 函数上的 Nelder-Mead' },
    reading: {
      en: `${howToRead(5).en} Its triangle of points slides into the valley it began near and stays there.`,
      zh: `${howToRead(5).zh}三个点组成的三角形滑入起点附近的局部极小，停在那里。`,
    },
  },
  {
    strategy: 'pso',
    perFrame: 50,
    title: { en: 'A global search: a particle swarm on the same function', zh: '全局搜索：同一函数上的粒子群' },
    reading: {
      en: `${howToRead(50).en} The particles begin all over the box and gather where one of them has found the lowest loss.`,
      zh: `${howToRead(50).zh}粒子起初遍布整个区域，逐渐聚集到其中某个粒子找到的最低处。`,
    },
  },
];

export const pathSettings = ({ strategy, perFrame }: Shown): PathSettings => ({
  problem: 'rastrigin:d2',
  strategy,
  seed: 1,
  evaluations: 2500,
  perFrame,
  cells: 80,
});

export function pathFigures(paths: readonly SearchPath[]): Path[] {
  return paths.map(({ low, high, ...path }, i) => {
    const { strategy, title, reading } = shown[i];
    const axis = (name: string) => ({ title: same(name), min: low, max: high });
    return { kind: 'path', id: `path-${strategy}`, group: 'path', title, reading, x: axis('x₁'), y: axis('x₂'), ...path };
  });
}
