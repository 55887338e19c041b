/** The five comparisons as checks and curves. */
import type { Check, Findings } from '../../src/lab/experiment.js';
import type { Figure, Series } from '../../src/lab/figure.js';
import { same, type Text } from '../../src/lab/text.js';
import type { Curves, Settings } from '../montana-davis.js';
import { examples } from './runs.js';
import { account } from './sources.js';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard error of the mean. */
function error(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1) / values.length);
}

const labels: Readonly<Record<string, Text>> = {
  unbiased: { en: 'replace weights (unbiased)', zh: '替换权重（unbiased）' },
  biased: { en: 'add to weights (biased)', zh: '加到权重上（biased）' },
  nodes: { en: 'mutate nodes', zh: '节点变异' },
  'crossover-weights': { en: 'cross weights', zh: '权重交叉' },
  'crossover-nodes': { en: 'cross nodes', zh: '节点交叉' },
  'crossover-features': { en: 'cross features', zh: '特征交叉' },
  hillclimb: { en: 'with hill-climbing', zh: '加爬山法' },
  weakest: { en: 'with weakest nodes', zh: '加最弱节点变异' },
};

export function montanaFindings({ seeds, learningRates }: Settings, marks: readonly number[], curves: Curves): Findings {
  const finals = (name: string) => curves[name].map((curve) => curve[curve.length - 1]);
  const rates = learningRates.map((rate) => `back-propagation ${rate}`);
  const best = rates.reduce((a, b) => (mean(finals(a)) <= mean(finals(b)) ? a : b));
  const rate = best.slice('back-propagation '.length);
  /** By how many standard errors the first ends above the second. */
  const above = (a: string, b: string) =>
    (mean(finals(a)) - mean(finals(b))) / Math.max(Math.hypot(error(finals(a)), error(finals(b))), Number.MIN_VALUE);
  const written = (name: string) => `${mean(finals(name)).toFixed(2)} ± ${error(finals(name)).toFixed(2)}`;
  const told = (what: Text, names: readonly string[], holds?: boolean): Check => ({
    what,
    ours: { en: names.map(written).join('; '), zh: names.map(written).join('；') },
    value: mean(finals(names[0])),
    seeds,
    ...(holds === undefined ? {} : { holds }),
  });
  /** Two standard errors of the difference: what these seeds can tell apart. */
  const resolved = (2 * Math.hypot(error(finals('nodes')), error(finals('biased')))).toFixed(2);
  const replaced = above('unbiased', 'biased') > 2;
  const whole = above('nodes', 'biased') <= 2;
  const superior = above(best, 'crossover-nodes') > 2;
  const checks: Check[] = [
    {
      what: { en: 'Weights of the network', zh: '网络的权重数' },
      published: { value: '126', source: account, mark: 'S' },
      ours: same('126'),
      value: 126,
      seeds: 0,
      holds: true,
    },
    told(
      {
        en: 'Final error: weights replaced; added to (lower by more than two standard errors)',
        zh: '最终误差：替换权重；在权重上加随机数（后者低两倍标准误以上）',
      },
      ['unbiased', 'biased'],
      replaced,
    ),
    told(
      {
        en: `Nodes mutated; weights added to (the first not higher by more than two standard errors, here ${resolved})`,
        zh: `节点变异；在权重上加随机数（前者高出不超过两倍标准误，此处为 ${resolved}）`,
      },
      ['nodes', 'biased'],
      whole,
    ),
    told({ en: 'With mutated nodes, crossed by weights; nodes; features', zh: '配合节点变异的交叉：权重；节点；特征' }, [
      'crossover-weights',
      'crossover-nodes',
      'crossover-features',
    ]),
    told({ en: 'Nodes mutated and crossed, with weakest nodes mutated too; without', zh: '节点变异与交叉：另加最弱节点变异；不加' }, [
      'weakest',
      'crossover-nodes',
    ]),
    told({ en: 'The same with hill-climbing, whose gradients count as evaluations; without', zh: '另加爬山（梯度计为一次评估）；不加' }, [
      'hillclimb',
      'crossover-nodes',
    ]),
    told(
      {
        en: `Genetic algorithm (nodes mutated and crossed); back-propagation at the best rate tried, ${rate} (higher by more than two standard errors)`,
        zh: `遗传算法（节点变异与交叉）；所试最佳学习率 ${rate} 的反向传播（高两倍标准误以上）`,
      },
      ['crossover-nodes', best],
      superior,
    ),
    ...rates
      .filter((name) => name !== best)
      .map((name) =>
        told({ en: name.replace('back-propagation', 'Back-propagation at'), zh: name.replace('back-propagation', '反向传播，学习率') }, [
          name,
        ]),
      ),
  ];
  const holds = replaced && whole && superior;
  const other = rates.filter((name) => above(name, 'crossover-nodes') > 2).length;
  return {
    verdict: holds ? 'stand-in' : 'not reproduced',
    because: {
      en: `On made-up data in the place of theirs: ${replaced ? 'replacing weights is worse than adding to them' : 'replacing weights is not worse than adding to them'}, mutating whole nodes is ${whole ? `no worse by more than ${resolved}, as much as ${seeds} seeds can tell apart` : 'worse'}. The genetic algorithm ends at ${mean(finals('crossover-nodes')).toFixed(1)}, back-propagation at its best rate at ${mean(finals(best)).toFixed(1)} (of ${examples} examples); ${superior ? 'the genetic algorithm wins' : 'so the genetic algorithm does not win once that rate is chosen'}, and wins against ${other} of the ${rates.length} rates tried. Which rate they used is not known.`,
      zh: `以人造数据代替原数据：替换权重${replaced ? '不如' : '并不逊于'}在权重上加随机数，按整个节点变异${whole ? `并不更差（${seeds} 个种子只能分辨 ${resolved} 以上的差别）` : '较差'}。遗传算法最终误差为 ${mean(finals('crossover-nodes')).toFixed(1)}，最佳学习率的反向传播为 ${mean(finals(best)).toFixed(1)}（${examples} 个样本）；${superior ? '遗传算法胜出' : '因此一旦选好学习率，遗传算法并不胜出'}，在所试 ${rates.length} 个学习率中它胜过 ${other} 个。原文使用的学习率不得而知。`,
    },
    checks,
    figures: figures(marks, curves, rates, best),
  };
}

function figures(marks: readonly number[], curves: Curves, rates: readonly string[], best: string): Figure[] {
  const series = (name: string, label: Text = labels[name]): Series => {
    const at = marks.map((_, k) => curves[name].map((curve) => curve[k]));
    return {
      label,
      x: marks,
      y: at.map(mean),
      low: at.map((values) => mean(values) - error(values)),
      high: at.map((values) => mean(values) + error(values)),
    };
  };
  const figure = (id: string, title: Text, reading: Text, lines: readonly Series[], unit: Text = same('')): Figure => ({
    kind: 'lines',
    id,
    title,
    reading,
    x: { title: { en: `Evaluations${unit.en}`, zh: `评估次数${unit.zh}` }, log: true },
    y: { title: { en: 'Sum of squared errors', zh: '误差平方和' }, log: true },
    series: lines,
  });
  return [
    figure(
      'back-propagation',
      { en: 'The genetic algorithm against back-propagation', zh: '遗传算法与反向传播' },
      {
        en: 'Means over the seeds, bands of one standard error. Whether the genetic algorithm wins hangs on the learning rate that back-propagation is given.',
        zh: '各种子的平均，色带为一倍标准误。遗传算法是否胜出，取决于给反向传播的学习率。',
      },
      [
        series('crossover-nodes', { en: 'genetic algorithm', zh: '遗传算法' }),
        ...rates.map((name) =>
          series(name, {
            en: `${name.replace('back-propagation', 'back-propagation, rate')}${name === best ? ' (best)' : ''}`,
            zh: `${name.replace('back-propagation', '反向传播，学习率')}${name === best ? '（最佳）' : ''}`,
          }),
        ),
      ],
      { en: ' (two for a step of back-propagation)', zh: '（反向传播一步计两次）' },
    ),
    figure(
      'mutations',
      { en: 'Three mutations', zh: '三种变异' },
      {
        en: 'Each alone, without crossover. Replaced weights forget what was learned.',
        zh: '各变异单独使用，不加交叉。替换权重会丢掉已经学到的东西。',
      },
      [series('unbiased'), series('biased'), series('nodes')],
    ),
    figure(
      'crossovers',
      { en: 'Three crossovers', zh: '三种交叉' },
      { en: 'Each with the mutation of nodes, half of the children by either.', zh: '各与节点变异合用，子代各占一半。' },
      [series('crossover-weights'), series('crossover-nodes'), series('crossover-features')],
    ),
    figure(
      'weakest-nodes',
      { en: 'With and without the weakest nodes', zh: '是否加最弱节点变异' },
      {
        en: 'Finding the weakest node costs an evaluation for each of 17 nodes, which the curve pays for.',
        zh: '找出最弱节点要对 17 个节点各评估一次，曲线已计入这一代价。',
      },
      [series('weakest'), series('crossover-nodes', { en: 'without', zh: '不加' })],
    ),
    figure(
      'hill-climbing',
      { en: 'With and without hill-climbing', zh: '是否加爬山法' },
      {
        en: 'A third of the children are steps down the gradient; a gradient counts as one evaluation here.',
        zh: '三分之一的子代由沿梯度下降一步得到；这里一次梯度计为一次评估。',
      },
      [series('hillclimb'), series('crossover-nodes', { en: 'without', zh: '不加' })],
    ),
  ];
}
