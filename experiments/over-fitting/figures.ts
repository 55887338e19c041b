/** The pictures of `over-fitting`. */
import { Rng } from '../../src/core/rng.js';
import type { Boundary, Figure, Lines } from '../../src/lab/figure.js';
import type { Text } from '../../src/lab/text.js';
import { quantile } from '../shared/intervals.js';
import { median } from '../shared/statistics.js';
import { type MoonSettings, moonData, type NetworkCourse, plane } from './networks.js';
import { noisyCubic, truth } from './noisy-data.js';
import { evaluatePolynomial, fitPolynomial } from './polynomial.js';

const fits: readonly Text[] = [
  { en: 'under-fit', zh: '欠拟合' },
  { en: 'just right', zh: '拟合恰当' },
  { en: 'over-fit', zh: '过拟合' },
];
const training = { en: 'training points', zh: '训练点' };
const testing = { en: 'test points', zh: '测试点' };

/** Of too small, right and too large. */
const curveReadings: readonly Text[] = [
  { en: 'The fit is too stiff to follow the points.', zh: '拟合曲线过于简单，跟不上数据。' },
  { en: 'The fit follows the curve, not each point.', zh: '拟合曲线贴近真实曲线，而不是逐点追随数据。' },
  {
    en: 'The fit runs through the noise; near the ends it swings, and where it leaves the picture it is cut off.',
    zh: '拟合曲线连噪声也一并穿过；在两端附近剧烈摆动，超出图的部分被截去。',
  },
];

const boundaryReadings: readonly Text[] = [
  { en: 'The boundary bends too little to part the two moons.', zh: '边界弯曲太少，分不开两个半月。' },
  {
    en: 'Of the widths tried it errs least on validation points: a smooth boundary that passes the wrong labels over.',
    zh: '在所试宽度中它在验证点上错得最少：边界平滑，没有理会错误的标签。',
  },
  { en: 'It cuts islands around points with a wrong label.', zh: '它在标签错误的点周围划出一个个小岛。' },
];

/** The first draw, fitted by each degree. */
export function curveFigures(points: number, degrees: readonly number[]): Lines[] {
  const { x, y } = noisyCubic(points, 'even', Rng.seeded(1).fork('cubic').fork('train'));
  const grid = Array.from({ length: 201 }, (_, i) => -1 + i / 100);
  return degrees.map((degree, i) => {
    const fit = fitPolynomial(x, y, degree);
    return {
      kind: 'lines',
      id: `degree-${degree}`,
      group: 'polynomials',
      title: { en: `Degree ${degree}: ${fits[i].en}`, zh: `${degree} 次多项式：${fits[i].zh}` },
      reading: {
        en: `Squares: the training points. Dashed: the curve that they come from. ${curveReadings[i].en}`,
        zh: `方块：训练数据。虚线：数据所来自的曲线。${curveReadings[i].zh}`,
      },
      x: { title: { en: 'x', zh: 'x' }, min: -1, max: 1 },
      y: { title: { en: 'y', zh: 'y' }, min: -2, max: 2 },
      series: [
        { label: { en: 'fit', zh: '拟合' }, x: grid, y: grid.map((at) => evaluatePolynomial(fit, at)) },
        { label: training, x, y, scatter: true },
        { label: { en: 'truth', zh: '真实曲线' }, x: grid, y: grid.map(truth), reference: true },
      ],
    };
  });
}

export function degreeFigure(draws: readonly { readonly train: readonly number[]; readonly test: readonly number[] }[]): Figure {
  const x = Array.from({ length: draws[0].train.length }, (_, degree) => degree);
  const line = (label: Text, part: 'train' | 'test') => {
    const at = (share: number) =>
      x.map((degree) =>
        quantile(
          draws.map((draw) => draw[part][degree]),
          share,
        ),
      );
    return { label, x, y: at(0.5), low: at(0.25), high: at(0.75) };
  };
  return {
    kind: 'lines',
    id: 'error-over-degree',
    title: { en: 'Error over capacity: polynomials', zh: '误差随容量的变化：多项式' },
    reading: {
      en: 'Medians and quartiles over draws of the points. The error on training points only falls; on test points it falls to degree 3 and rises again. Dashed: the variance of the noise, below which no model can stay on test points.',
      zh: '多次抽样的中位数和四分位数。训练点上的误差一直下降；测试点上的误差降到 3 次为止，然后上升。虚线：噪声方差，测试误差不可能长期低于它。',
    },
    x: { title: { en: 'degree', zh: '多项式次数' } },
    y: { title: { en: 'mean squared error', zh: '均方误差' }, log: true },
    series: [
      line(training, 'train'),
      line(testing, 'test'),
      { label: { en: 'noise', zh: '噪声' }, x: [0, x.length - 1], y: [0.09, 0.09], reference: true },
    ],
  };
}

/** `courses`: of the first seed, with fields. */
export function boundaryFigures(settings: MoonSettings, widths: readonly number[], courses: readonly NetworkCourse[]): Boundary[] {
  const { samples } = moonData(settings, 1).dataset.train;
  const points = Array.from({ length: samples.count }, (_, i) => ({
    x: samples.inputs[2 * i],
    y: samples.inputs[2 * i + 1],
    label: samples.targets[i] as 0 | 1,
  }));
  return courses.map(({ field = [] }, i) => ({
    kind: 'boundary',
    id: `width-${widths[i]}`,
    group: 'boundaries',
    title: {
      en: `${widths[i]} unit${widths[i] === 1 ? '' : 's'} a layer: ${fits[i].en}`,
      zh: `每层 ${widths[i]} 个单元：${fits[i].zh}`,
    },
    reading: {
      en: `Colours: what the network answers; circles and triangles: the training points, some with a wrong label. ${boundaryReadings[i].en}`,
      zh: `底色：网络的回答；圆点和三角：训练数据，其中一些标签是错的。${boundaryReadings[i].zh}`,
    },
    x: { title: { en: 'x₁', zh: 'x₁' }, min: plane.x[0], max: plane.x[1] },
    y: { title: { en: 'x₂', zh: 'x₂' }, min: plane.y[0], max: plane.y[1] },
    columns: plane.columns,
    rows: plane.rows,
    field,
    points,
  }));
}

export function capacityFigure(widths: readonly number[], courses: readonly (readonly NetworkCourse[])[]): Figure {
  const line = (label: Text, part: 'trainErrors' | 'testErrors') => {
    const ends = courses.map((ofWidth) => ofWidth.map((course) => course[part].at(-1) ?? 1));
    return {
      label,
      x: widths,
      y: ends.map(median),
      low: ends.map((values) => Math.min(...values)),
      high: ends.map((values) => Math.max(...values)),
    };
  };
  return {
    kind: 'lines',
    id: 'error-over-width',
    title: { en: 'Error over capacity: networks', zh: '误差随容量的变化：网络' },
    reading: {
      en: 'Median, least and largest over the seeds, at the end of training. 15 % of the training labels are wrong, so a training error below 15 % means that wrong labels were learned. The test labels are all right: a network that has learned none of the wrong ones errs less in test than in training.',
      zh: '训练结束时各种子的中位数、最小值和最大值。训练标签有 15 % 是错的，所以训练误差低于 15 % 就意味着把错误标签也学进去了。测试标签全部正确：没有学进错误标签的网络，测试误差反而低于训练误差。',
    },
    x: { title: { en: 'units a layer', zh: '每层单元数' }, log: true },
    y: { title: { en: 'wrong answers', zh: '错误率' }, percent: true, min: 0 },
    series: [line(training, 'trainErrors'), line(testing, 'testErrors')],
  };
}

export function timeFigure(marks: readonly number[], courses: readonly NetworkCourse[], width: number): Figure {
  const line = (label: Text, part: 'trainErrors' | 'testErrors') => {
    const at = marks.map((_, i) => courses.map((course) => course[part][i]));
    return {
      label,
      x: marks,
      y: at.map(median),
      low: at.map((values) => Math.min(...values)),
      high: at.map((values) => Math.max(...values)),
    };
  };
  return {
    kind: 'lines',
    id: 'error-over-time',
    title: { en: `Error over training time: ${width} units a layer`, zh: `误差随训练时间的变化：每层 ${width} 个单元` },
    reading: {
      en: 'Median, least and largest over the seeds. The training error goes on falling after the test error has begun to rise: over-fitting sets in with time, too.',
      zh: '各种子的中位数、最小值和最大值。测试误差开始上升之后，训练误差还在下降：过拟合也会随训练时间出现。',
    },
    x: { title: { en: 'steps of Adam', zh: 'Adam 更新次数' }, log: true },
    y: { title: { en: 'wrong answers', zh: '错误率' }, percent: true, min: 0 },
    series: [line(training, 'trainErrors'), line(testing, 'testErrors')],
  };
}
