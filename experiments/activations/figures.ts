/** The pictures of the experiment. */
import type { Boundary, Figure, Lines } from '../../src/lab/figure.js';
import { same, type Text } from '../../src/lab/text.js';
import type { Samples } from '../shared/samples.js';
import type { Curve } from './curves.js';
import type { Plane, Trained } from './training.js';

export const tasks = ['xor', 'two-spirals'] as const;
export type Task = (typeof tasks)[number];

export const taskNames: Readonly<Record<Task, Text>> = {
  xor: { en: 'exclusive or', zh: '异或' },
  'two-spirals': { en: 'two spirals', zh: '双螺旋' },
};

export interface Measured {
  readonly curves: ReadonlyMap<string, Curve>;
  /** By task and activation: a training for each seed. */
  readonly trained: Readonly<Record<Task, ReadonlyMap<string, readonly Trained[]>>>;
  readonly samples: Readonly<Record<Task, Samples>>;
  readonly planes: Readonly<Record<Task, Plane>>;
}

const shown = ['logistic', 'tanh', 'relu', 'leaky-relu', 'identity'];

export function figuresOf(measured: Measured): Figure[] {
  return [
    curves(measured, 'slope'),
    curves(measured, 'y'),
    ...tasks.flatMap((task) => ['identity', 'tanh'].map((activation) => boundary(measured, task, activation))),
    accuracies(measured),
  ];
}

function curves({ curves: all }: Measured, what: 'y' | 'slope'): Lines {
  return {
    kind: 'lines',
    id: what === 'y' ? 'functions' : 'derivatives',
    title:
      what === 'y'
        ? { en: 'The activations', zh: '激活函数' }
        : { en: 'What an activation lets through of a gradient: its derivative', zh: '激活函数让多少梯度通过：它的导数' },
    reading:
      what === 'y'
        ? {
            en: 'logistic and tanh press every input into a narrow range; relu and leaky relu do not; the identity does nothing.',
            zh: 'logistic 和 tanh 把任何输入压进很窄的范围；relu 和 leaky relu 不会；恒等函数什么也不做。',
          }
        : {
            en: 'A gradient is multiplied by this at every layer on its way back. Beyond −6 and 6 logistic and tanh let almost nothing through; logistic never more than a quarter. Above 0 relu lets all of it through.',
            zh: '梯度每往回传一层就乘以这个数。超出 −6 到 6，logistic 和 tanh 几乎什么都不让通过；logistic 最多只让四分之一通过。大于 0 时 relu 让梯度全部通过。',
          },
    x: { title: { en: 'Input of the unit', zh: '单元的输入' } },
    y: {
      title: what === 'y' ? { en: 'Output', zh: '输出' } : { en: 'Derivative', zh: '导数' },
      ...(what === 'y' ? { min: -2, max: 3 } : { min: 0, max: 1.1 }),
    },
    series: shown.flatMap((name) => {
      const curve = all.get(name);
      return curve === undefined
        ? []
        : [{ label: name === 'identity' ? { en: 'identity, f(x) = x', zh: '恒等函数 f(x) = x' } : same(name), x: curve.x, y: curve[what] }];
    }),
  };
}

function boundary({ trained, samples, planes }: Measured, task: Task, activation: string): Boundary {
  const { least, most, cells } = planes[task];
  const { inputs, targets, count } = samples[task];
  const [first] = trained[task].get(activation) ?? [];
  const name = same(activation === 'identity' ? 'f(x) = x' : activation);
  return {
    kind: 'boundary',
    id: `${task}-${activation}`,
    group: task,
    title: { en: `A deep network with ${name.en} on ${taskNames[task].en}`, zh: `${taskNames[task].zh}，深层网络，${name.zh}` },
    reading:
      activation === 'identity'
        ? {
            en: 'However deep, the boundary is one straight line: it cannot part these classes.',
            zh: '无论多深，边界始终是一条直线，无法分开这两类。',
          }
        : {
            en: 'The same network with a curved activation bends its boundary around the data.',
            zh: '同样的网络换上非线性激活函数，边界就能随数据弯曲。',
          },
    x: { title: same('x'), min: least, max: most },
    y: { title: same('y'), min: least, max: most },
    columns: cells,
    rows: cells,
    field: (first?.field ?? []).map((value) => Number(value.toFixed(7))),
    points: Array.from({ length: count }, (_, i) => ({ x: inputs[2 * i], y: inputs[2 * i + 1], label: targets[i] === 1 ? 1 : 0 })),
  };
}

function accuracies({ trained, curves: all }: Measured): Figure {
  const names = [...all.keys()];
  return {
    kind: 'bars',
    id: 'accuracies',
    title: { en: 'Share of the training data that each learns', zh: '各激活函数学会的训练数据比例' },
    reading: {
      en: 'Means over the seeds, whiskers from the worst to the best. The dashed line is the best that any straight line can do on exclusive or, 3 of 4.',
      zh: '各种子的平均值，须线为最差到最好。虚线是任何直线在异或上能达到的最好结果：4 个中对 3 个。',
    },
    categories: names.map((name) => (name === 'identity' ? { en: 'identity', zh: '恒等函数' } : same(name))),
    names: { en: 'Activation', zh: '激活函数' },
    value: { title: { en: 'Training accuracy', zh: '训练准确率' }, percent: true, min: 0, max: 1 },
    series: [
      ...tasks.map((task) => {
        const shares = names.map((name) => (trained[task].get(name) ?? []).map(({ accuracy }) => accuracy));
        return {
          label: taskNames[task],
          values: shares.map((list) => list.reduce((sum, share) => sum + share, 0) / list.length),
          low: shares.map((list) => Math.min(...list)),
          high: shares.map((list) => Math.max(...list)),
        };
      }),
      { label: { en: 'a straight line on exclusive or', zh: '直线在异或上的上限' }, values: names.map(() => 0.75), reference: true },
    ],
  };
}
