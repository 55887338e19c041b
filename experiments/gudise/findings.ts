/** What the runs show: operations to the goal, and the study of the swarm's parameters. */
import type { Check, Findings } from '../../src/lab/experiment.js';
import type { Figure } from '../../src/lab/figure.js';
import { same, type Text } from '../../src/lab/text.js';
import type { Outcomes, Settings } from '../gudise-venayagamoorthy.js';
import { backPropagationOperations, particleOperations } from './operations.js';
import {
  descentName,
  hidden,
  middle,
  perParticle,
  perStep,
  rateIn,
  type Swarm,
  samples,
  swarmInChinese,
  swarmName,
  type tunedOf,
} from './runs.js';

const millions = (operations: number) => (Number.isFinite(operations) ? `${(operations / 1e6).toFixed(2)} M` : '∞');
const tenThousands = (operations: number) => (Number.isFinite(operations) ? `${Math.round(operations / 1e4)} 万` : '∞');

/** `fresh`: the swarms that are compared, and all rates, with seeds that did not choose the tuned ones. */
export function gudiseFindings(settings: Settings, outcomes: Outcomes, tuned: ReturnType<typeof tunedOf>, fresh: Outcomes): Findings {
  const { base, learningRates, seeds } = settings;
  const rate = rateIn(tuned.descent);
  const sure = tuned.surest === undefined || tuned.surest === tuned.descent ? undefined : tuned.surest;
  const [ours, theirs, usual] = [tuned.swarm, tuned.descent, swarmName(base)].map((name) => middle(fresh[name]));
  const usualName = swarmName(base);
  const faster = ours < theirs;
  const finite = (value: number) => (Number.isFinite(value) ? { value } : {});
  const reached = (runs: readonly (number | null)[]) => runs.filter((run) => run !== null).length;
  const row = (what: Text, runs: readonly (number | null)[], holds?: boolean): Check => ({
    what,
    ours: {
      en: `${millions(middle(runs))} (${reached(runs)} of ${seeds} seeds)`,
      zh: `${tenThousands(middle(runs))}（${seeds} 个种子中 ${reached(runs)} 个达到）`,
    },
    ...finite(middle(runs)),
    seeds,
    ...(holds === undefined ? {} : { holds }),
  });
  const [particle, step] = [particleOperations(hidden, samples), backPropagationOperations(hidden, samples)];
  const checks: Check[] = [
    {
      what: { en: 'One particle, one iteration: multiplications and additions', zh: '一个粒子一次迭代：乘法与加法' },
      ours: same(`${particle.products} + ${particle.sums}`),
      value: perParticle,
      seeds: 0,
    },
    {
      what: { en: 'One step of back-propagation: multiplications and additions', zh: '反向传播一步：乘法与加法' },
      ours: same(`${step.products} + ${step.sums}`),
      value: perStep,
      seeds: 0,
    },
    row(
      {
        en: `Operations to the goal, median over fresh seeds: the best swarm of the study (${tuned.swarm}), fewer than the next line`,
        zh: `达到目标的运算量，新种子的中位数：参数研究中最好的粒子群（${swarmInChinese(tuned.swarm)}），应少于下一行`,
      },
      fresh[tuned.swarm],
      faster,
    ),
    row({ en: `Back-propagation at the best rate tried, ${rate}`, zh: `所试最佳学习率 ${rate} 的反向传播` }, fresh[tuned.descent]),
    ...(sure === undefined
      ? []
      : [
          row(
            {
              en: `Back-propagation at ${rateIn(sure)}, the best rate of those that reached the goal with every seed of the study`,
              zh: `学习率 ${rateIn(sure)} 的反向传播：在参数研究的所有种子上都达到目标的学习率中最好者`,
            },
            fresh[sure],
          ),
        ]),
    row({ en: 'The swarm with its usual parameters, unlimited in speed', zh: '常用参数、速度不限的粒子群' }, fresh[usualName]),
    ...learningRates
      .map(descentName)
      .filter((name) => name !== tuned.descent && name !== sure)
      .map((name) =>
        row(
          { en: name.replace('back-propagation', 'Back-propagation at'), zh: name.replace('back-propagation', '反向传播，学习率') },
          fresh[name],
        ),
      ),
  ];
  const surely =
    sure === undefined
      ? { en: '', zh: '' }
      : {
          en: ` The best rate reaches the goal with ${reached(fresh[tuned.descent])} of ${seeds} of them; ${rateIn(sure)}, the best that did with every seed of the study, takes ${millions(middle(fresh[sure]))} and does with ${reached(fresh[sure])}.`,
          zh: `最佳学习率在 ${seeds} 个新种子中有 ${reached(fresh[tuned.descent])} 个达到目标；在参数研究的所有种子上都达到目标的学习率中最好的是 ${rateIn(sure)}，需 ${tenThousands(middle(fresh[sure]))}，有 ${reached(fresh[sure])} 个达到。`,
        };
  const verdict = faster ? 'stand-in' : 'not reproduced';
  return {
    verdict,
    because: {
      en: `In the style of the work, whose own function, network and figures are not at hand: the best swarm of the study takes ${millions(ours)} operations to the goal at the median, back-propagation at its best rate ${millions(theirs)}, each on seeds that did not choose it. ${faster ? 'The swarm is faster' : 'The swarm is not faster'}, by this count; with usual parameters it takes ${millions(usual)}.${surely.en} The swarm’s parameters were changed one at a time, so a better mixture is not ruled out. It says nothing about larger networks, where a gradient costs no more passes and a swarm needs more particles and moves.`,
      zh: `仿照该工作（其函数、网络与数值不可得）：参数研究中最好的粒子群达到目标的运算量中位数为 ${tenThousands(ours)}，最佳学习率的反向传播为 ${tenThousands(theirs)}，均用未参与选择的种子。按此计数，粒子群${faster ? '更快' : '并不更快'}；常用参数的粒子群需 ${tenThousands(usual)}。${surely.zh}粒子群的参数是逐一改变的，不排除更好的组合。这不能说明更大的网络：那里一次梯度仍只需同样几遍计算，而粒子群需要更多粒子和更多迭代。`,
    },
    checks,
    figures: [reachedFigure(settings, fresh, tuned), pullsFigure(settings, outcomes), ...studyFigures(settings, outcomes)],
  };
}

/** The share of the seeds that have reached the goal, over operations: the seeds that the verdict is of. */
function reachedFigure({ base, operations, learningRates, goal }: Settings, fresh: Outcomes, tuned: ReturnType<typeof tunedOf>): Figure {
  const marks = Array.from({ length: 81 }, (_, k) => 10 ** (Math.log10(operations) - 2 + k / 40));
  const line = (name: string, label: Text) => ({
    label,
    x: marks,
    y: marks.map((mark) => fresh[name].filter((run) => run !== null && run <= mark).length / fresh[name].length),
  });
  return {
    kind: 'lines',
    id: 'reached',
    title: { en: 'Seeds that have reached the goal', zh: '已达到目标的种子比例' },
    reading: {
      en: `Share of the fresh seeds, those that the verdict is of, with a mean squared error of ${goal} or less after so many multiplications and additions. Further left is faster; the median is where a line passes 50 %.`,
      zh: `经过相应次数的乘法与加法后，均方误差不超过 ${goal} 的新种子比例（结论即由这些种子得出）。越靠左越快；曲线经过 50 % 处即中位数。`,
    },
    x: { title: { en: 'Multiplications and additions', zh: '乘法与加法次数' }, log: true },
    y: { title: { en: 'Seeds', zh: '种子' }, percent: true, min: 0, max: 1 },
    series: [
      line(tuned.swarm, { en: 'best swarm', zh: '最好的粒子群' }),
      // the two that are compared come first, with colours of their own
      line(tuned.descent, {
        en: `back-propagation, rate ${rateIn(tuned.descent)} (best)`,
        zh: `反向传播，学习率 ${rateIn(tuned.descent)}（最佳）`,
      }),
      line(swarmName(base), { en: 'usual swarm', zh: '常用参数的粒子群' }),
      ...learningRates
        .map(descentName)
        .filter((name) => name !== tuned.descent)
        .map((name) => line(name, { en: `back-propagation, rate ${rateIn(name)}`, zh: `反向传播，学习率 ${rateIn(name)}` })),
    ],
  };
}

const inMillions = (runs: readonly (number | null)[]) => {
  const found = middle(runs);
  return Number.isFinite(found) ? found / 1e6 : null;
};
const operationsAxis = { en: 'Operations to the goal, in millions (median)', zh: '达到目标所需的运算次数（百万次，中位数）' };
const notReached = { en: 'not reached', zh: '未达到' };

function pullsFigure({ base, study }: Settings, outcomes: Outcomes): Figure {
  return {
    kind: 'heat map',
    id: 'pulls',
    title: { en: 'The two pulls', zh: '两个加速系数' },
    reading: {
      en: '“Not reached”: half of the seeds or more do not reach the goal within the budget.',
      zh: '“未达到”表示至少一半的种子未能在预算内达到目标。',
    },
    x: { title: { en: 'c2, pull of the swarm’s best', zh: 'c2，群体最优的吸引' }, labels: study.pulls.map(String) },
    y: { title: { en: 'c1, pull of the own best', zh: 'c1，自身最优的吸引' }, labels: study.pulls.map(String) },
    value: { title: operationsAxis, log: true },
    values: study.pulls.map((cognitive) => study.pulls.map((social) => inMillions(outcomes[swarmName({ ...base, cognitive, social })]))),
    missing: notReached,
    numbers: true,
  };
}

function studyFigures({ base, study }: Settings, outcomes: Outcomes): Figure[] {
  const bars = (id: string, title: Text, changes: readonly Partial<Swarm>[], labels: readonly Text[]): Figure => ({
    kind: 'bars',
    id,
    group: 'study',
    title,
    reading: {
      en: 'All else as usual. “Not reached”: half of the seeds or more do not reach the goal within the budget.',
      zh: '其余参数取常用值。“未达到”表示至少一半的种子未能在预算内达到目标。',
    },
    categories: labels,
    missing: notReached,
    value: { title: operationsAxis, min: 0 },
    series: [
      {
        label: { en: 'particle swarm', zh: '粒子群' },
        values: changes.map((change) => inMillions(outcomes[swarmName({ ...base, ...change })])),
      },
    ],
  });
  const plain = (values: readonly number[]) => values.map((value) => same(String(value)));
  return [
    bars(
      'inertia',
      { en: 'Inertia w', zh: '惯性权重 w' },
      study.inertia.map((inertia) => ({ inertia })),
      plain(study.inertia),
    ),
    bars(
      'speed-limit',
      { en: 'Largest speed, as a share of the range', zh: '最大速度（占取值范围的比例）' },
      study.limit.map((limit) => ({ limit })),
      study.limit.map((limit) => (limit === null ? { en: 'none', zh: '无' } : same(String(limit)))),
    ),
    bars(
      'swarm-size',
      { en: 'Particles', zh: '粒子数' },
      study.size.map((size) => ({ size })),
      plain(study.size),
    ),
    bars(
      'range',
      { en: 'First weights within ±', zh: '初始权重范围 ±' },
      study.range.map((range) => ({ range })),
      plain(study.range),
    ),
  ];
}
