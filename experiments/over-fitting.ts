/** The lecture's three pictures: under-fit, just right, over-fit; on a polynomial and on a network, over capacity and over time. */
import { Rng } from '../src/core/rng.js';
import type { Experiment, Findings, Lab } from '../src/lab/experiment.js';
import { same, type Text } from '../src/lab/text.js';
import { boundaryFigures, capacityFigure, curveFigures, degreeFigure, timeFigure } from './over-fitting/figures.js';
import { type MoonSettings, type NetworkCourse, trainWidth } from './over-fitting/networks.js';
import { noisyCubic } from './over-fitting/noisy-data.js';
import { fitPolynomial, meanSquaredError } from './over-fitting/polynomial.js';
import { mean } from './shared/intervals.js';
import { percent, short } from './shared/numbers-in-words.js';
import { median } from './shared/statistics.js';

export interface OverFittingSettings extends MoonSettings {
  readonly points: number;
  /** Too small, right, too large: the data are a cubic. */
  readonly degrees: readonly [number, number, number];
  readonly draws: number;
  /** Ascending. The first is held too small, the last too large; the right one between is chosen on validation points. */
  readonly widths: readonly number[];
  readonly seeds: number;
}

/** Share of seeds, or draws, in which an order must hold. */
const mostly = 0.8;

const marks = [10, 20, 50, 100, 200, 500, 1000, 2000];

export const experiment: Experiment<OverFittingSettings> = {
  name: 'over-fitting',
  title: { en: 'Under-fit, just right, over-fit', zh: '欠拟合、拟合恰当、过拟合' },
  claim: {
    en: 'The lecture: a model that is too small is bad on the training set; one that is too large is good on the training set and bad on the test set.',
    zh: '课程的论断：模型太小，训练集上就不好；模型太大，训练集上很好而测试集上很差，这就是过拟合。',
  },
  method: {
    en: 'Polynomials of degree 1, 3 and 15, fitted by least squares to 20 evenly spaced points of the cubic 4x³ − 3x with noise of deviation 0.3, tested on 200 others at random places; many draws of the noise. Networks 2-w-w-2 of tanh units on 200 points of two moons of which 15 % have the wrong label, trained by Adam on all points in every step, tested on 1,000 points with right labels; several seeds. The right width is the one with the least median error on 1,000 further points, which the test does not see.',
    zh: '多项式：对三次曲线 4x³ − 3x 上带噪声（标准差 0.3）的 20 个等距点，用最小二乘拟合 1、3、15 次多项式，在另外 200 个随机位置的点上测试；重复多次抽取噪声。网络：2-w-w-2 的 tanh 网络，在 200 个“双月”数据点上训练，其中 15 % 的标签是错的；用 Adam，每步使用全部数据；在 1000 个标签正确的点上测试；多个随机种子。合适的宽度由另外 1000 个验证点上的误差中位数选出，与测试点无关。',
  },
  refutation: {
    en: 'In more than a fifth of the draws or seeds the large model is not better on its training points than the right one, or is not worse on the test points; or the small one is not worse than the right one on both.',
    zh: '超过五分之一的抽样或种子里，大模型在训练点上并不比合适的模型好，或在测试点上并不比它差；或者小模型没有在两者上都比合适的模型差。',
  },
  sources: [
    {
      authors: 'S. Geman, E. Bienenstock, R. Doursat',
      year: 1992,
      title: 'Neural Networks and the Bias/Variance Dilemma',
      link: 'https://doi.org/10.1162/neco.1992.4.1.1',
    },
  ],
  settings: {
    quick: {
      points: 20,
      degrees: [1, 3, 15],
      draws: 100,
      widths: [1, 2, 3, 4, 8, 64],
      seeds: 5,
      train: 200,
      test: 1000,
      wrong: 0.15,
      marks,
      learningRate: 0.01,
    },
    full: {
      points: 20,
      degrees: [1, 3, 15],
      draws: 1000,
      widths: [1, 2, 3, 4, 6, 8, 16, 32, 64, 128],
      seeds: 10,
      train: 200,
      test: 1000,
      wrong: 0.15,
      marks: [...marks, 5000],
      learningRate: 0.01,
    },
  },
  run,
};

/** Errors of each degree, from 0 to the largest, for one draw of the points. */
interface Draw {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

async function run(lab: Lab<OverFittingSettings>): Promise<Findings> {
  const { settings, signal } = lab;
  const { points, degrees, draws, widths, seeds } = settings;
  const errors = Array.from({ length: draws }, (_, i) => drawErrors(points, degrees[2], i + 1));
  const courses: NetworkCourse[][] = [];
  for (const [i, width] of widths.entries()) {
    const ofWidth: NetworkCourse[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      lab.progress((i + (seed - 1) / seeds) / widths.length, same(`2-${width}-${width}-2, ${seed}/${seeds}`));
      ofWidth.push(await lab.step(`width ${width} seed ${seed}`, () => trainWidth(settings, width, seed, seed === 1, signal)));
    }
    courses.push(ofWidth);
  }

  const [low, right, high] = degrees;
  const end = settings.marks.length - 1;
  const validated = courses.map((ofWidth) => median(ofWidth.map(({ validationErrors }) => validationErrors[end])));
  const shown = [0, validated.indexOf(Math.min(...validated)), widths.length - 1];
  const [small, fit, large] = shown.map((i) => courses[i]);
  const shownWidths = shown.map((i) => widths[i]);
  const over = (a: readonly NetworkCourse[], b: readonly NetworkCourse[], part: 'trainErrors' | 'testErrors') =>
    shareOf(seeds, (i) => a[i][part][end] > b[i][part][end]);
  const rising = shareOf(seeds, (i) => large[i].testErrors[end] > Math.min(...large[i].testErrors));
  const judged = [
    judge(
      { en: `Degree ${low} is worse than ${right} on training and test points`, zh: `${low} 次多项式在训练点和测试点上都比 ${right} 次差` },
      shareOf(draws, (i) => errors[i].train[low] > errors[i].train[right] && errors[i].test[low] > errors[i].test[right]),
      draws,
    ),
    judge(
      {
        en: `Degree ${high} is better than ${right} on training points and worse on test points`,
        zh: `${high} 次多项式在训练点上比 ${right} 次好，在测试点上比它差`,
      },
      shareOf(draws, (i) => errors[i].train[high] < errors[i].train[right] && errors[i].test[high] > errors[i].test[right]),
      draws,
    ),
    judge(
      {
        en: `Width ${shownWidths[0]} is worse than ${shownWidths[1]} on training and test points`,
        zh: `宽度 ${shownWidths[0]} 的网络在训练点和测试点上都比宽度 ${shownWidths[1]} 差`,
      },
      Math.min(over(small, fit, 'trainErrors'), over(small, fit, 'testErrors')),
      seeds,
    ),
    judge(
      {
        en: `Width ${shownWidths[2]} is better than ${shownWidths[1]} on training points and worse on test points`,
        zh: `宽度 ${shownWidths[2]} 的网络在训练点上比宽度 ${shownWidths[1]} 好，在测试点上比它差`,
      },
      Math.min(over(fit, large, 'trainErrors'), over(large, fit, 'testErrors')),
      seeds,
    ),
    judge(
      {
        en: `Width ${shownWidths[2]} trained to the end is worse on test points than earlier in its training`,
        zh: `宽度 ${shownWidths[2]} 的网络训练到最后，在测试点上比训练途中更差`,
      },
      rising,
      seeds,
    ),
  ];
  const all = judged.every(({ holds }) => holds);
  const at = (degree: number, part: 'train' | 'test') => short(median(errors.map((draw) => draw[part][degree])));
  const ends = (courses: readonly NetworkCourse[], part: 'trainErrors' | 'testErrors') =>
    percent(mean(courses.map((course) => course[part][end])));
  return {
    verdict: all ? 'reproduced' : 'not reproduced',
    because: {
      en: `Mean squared error on training and test points, median of ${draws} draws: degree ${low} ${at(low, 'train')} and ${at(low, 'test')}, degree ${right} ${at(right, 'train')} and ${at(right, 'test')}, degree ${high} ${at(high, 'train')} and ${at(high, 'test')}. Networks, share of wrong answers in training and test, mean of ${seeds} seeds: width ${shownWidths[0]} ${ends(small, 'trainErrors')} and ${ends(small, 'testErrors')}, width ${shownWidths[1]} ${ends(fit, 'trainErrors')} and ${ends(fit, 'testErrors')}, width ${shownWidths[2]} ${ends(large, 'trainErrors')} and ${ends(large, 'testErrors')}: ${all ? 'the large one has learned wrong labels by heart.' : 'not every order of the claim held.'} Only training labels are wrong, so a network that has not learned them errs less in test than in training.`,
      zh: `训练点和测试点上的均方误差（${draws} 次抽样的中位数）：${low} 次多项式 ${at(low, 'train')} 和 ${at(low, 'test')}，${right} 次多项式 ${at(right, 'train')} 和 ${at(right, 'test')}，${high} 次多项式 ${at(high, 'train')} 和 ${at(high, 'test')}。网络的训练和测试错误率（${seeds} 个种子的平均）：宽度 ${shownWidths[0]} 为 ${ends(small, 'trainErrors')} 和 ${ends(small, 'testErrors')}，宽度 ${shownWidths[1]} 为 ${ends(fit, 'trainErrors')} 和 ${ends(fit, 'testErrors')}，宽度 ${shownWidths[2]} 为 ${ends(large, 'trainErrors')} 和 ${ends(large, 'testErrors')}：${all ? '大网络把错误的标签也背了下来。' : '论断中的次序并非都成立。'}只有训练标签有错，所以没有学进错误标签的网络，测试误差反而低于训练误差。`,
    },
    checks: judged,
    figures: [
      ...curveFigures(points, degrees),
      degreeFigure(errors),
      ...boundaryFigures(
        settings,
        shownWidths,
        shown.map((i) => courses[i][0]),
      ),
      capacityFigure(widths, courses),
      timeFigure(settings.marks, large, shownWidths[2]),
    ],
  };
}

function drawErrors(points: number, highest: number, seed: number): Draw {
  const rng = Rng.seeded(seed).fork('cubic');
  const train = noisyCubic(points, 'even', rng.fork('train'));
  const test = noisyCubic(200, 'uniform', rng.fork('test'));
  const fits = Array.from({ length: highest + 1 }, (_, degree) => fitPolynomial(train.x, train.y, degree));
  return {
    train: fits.map((fit) => meanSquaredError(fit, train.x, train.y)),
    test: fits.map((fit) => meanSquaredError(fit, test.x, test.y)),
  };
}

function shareOf(count: number, holds: (i: number) => boolean): number {
  return Array.from({ length: count }, (_, i) => i).filter(holds).length / count;
}

function judge(what: Text, share: number, seeds: number) {
  const ours = { en: `in ${percent(share, 0)} of ${seeds}`, zh: `${seeds} 次中的 ${percent(share, 0)}` };
  return { what, ours, value: share, seeds, holds: share >= mostly };
}
