/** The pictures of `relu-vs-tanh`: the training errors over epochs, as in the paper's Figure 1, and how the learning rates were chosen. */
import type { Figure } from '../../src/lab/figure.js';
import { same, type Text } from '../../src/lab/text.js';
import type { Compared } from '../relu-vs-tanh.js';
import type { Course, ReluVsTanhSettings } from './course.js';

const names: readonly Text[] = [same('ReLU'), same('tanh')];
const error = { en: 'training error', zh: '训练误差' };

/** Of each kind of first weights its own pictures; those of the first kind come first. */
export function reluFigures(compared: readonly Compared[], settings: ReluVsTanhSettings): Figure[] {
  const [first, ...others] = compared.map((one) => figuresOf(one, settings));
  const [point, ...rest] = first;
  return [point, ...others.map(([figure]) => figure), ...rest, ...others.flatMap(([, ...more]) => more)];
}

function figuresOf({ start, courses }: Compared, { rates, threshold }: ReluVsTanhSettings): Figure[] {
  const longest = Math.max(...courses.map(({ trainErrors }) => trainErrors.length));
  const lines = (errors: (course: Course) => readonly number[]) =>
    courses.map((course, i) => ({ label: names[i], x: [0, ...errors(course).keys()].map((_, k) => k), y: [0.9, ...errors(course)] }));
  const id = (name: string) => (start === 'own' ? name : `${name}-${start}`);
  const title = ({ en, zh }: Text) => (start === 'own' ? { en, zh } : { en: `${en}, from small first weights`, zh: `${zh}（小初始值）` });
  return [
    {
      kind: 'lines',
      id: id('training-error'),
      title: title({ en: 'Training error over epochs', zh: '训练误差随轮数的变化' }),
      reading: {
        en: 'Both start at 90 %, where ten classes are guessed. Compare where the two lines meet the dashed one.',
        zh: '两条线都从 90 % 开始（十类随机猜测）。比较它们与虚线相交的位置。',
      },
      x: { title: { en: 'epoch', zh: '轮数' }, min: 0 },
      y: { title: error, percent: true, min: 0, max: 0.9 },
      series: [
        ...lines(({ trainErrors }) => trainErrors),
        { label: { en: 'to be reached', zh: '目标' }, x: [0, longest], y: [threshold, threshold], reference: true },
      ],
    },
    {
      kind: 'bars',
      id: id('search'),
      title: title({ en: 'The search for learning rates', zh: '学习率的搜索' }),
      reading: {
        en: 'Training error after the search with each learning rate; the lowest bar of each colour was taken. 90 % is guessing: with that rate nothing was learned.',
        zh: '每个学习率在搜索后的训练误差；每种颜色取最低的柱。90 % 相当于随机猜测：用这个学习率什么也没学到。',
      },
      categories: rates.map((rate) => ({ en: `rate ${rate}`, zh: `学习率 ${rate}` })),
      value: { title: error, percent: true, min: 0, max: 1 },
      series: courses.map(({ search }, i) => ({ label: names[i], values: search })),
    },
    {
      kind: 'lines',
      id: id('test-error'),
      title: title({ en: 'Test error of the same networks', zh: '同样网络的测试误差' }),
      reading: {
        en: 'Told beside it, not part of the claim: without regularization, the test error stays above the training error.',
        zh: '仅供对照，不属于论断：没有正则化时，测试误差高于训练误差。',
      },
      x: { title: { en: 'epoch', zh: '轮数' }, min: 0 },
      y: { title: { en: 'test error', zh: '测试误差' }, percent: true, min: 0, max: 0.9 },
      series: lines(({ testErrors }) => testErrors),
    },
  ];
}
