/** The pictures of `rios-sahinidis`: shares solved by size and by class, and over evaluations. */
import type { Figure, HeatMap, Lines } from '../../src/lab/figure.js';
import { same, type Text } from '../../src/lab/text.js';
import type { Settings } from '../rios-sahinidis.js';
import { isGlobal, isLocal } from './problems.js';
import { curve, type FormShares, gridTo, type Kinds, type Share, sharesIn, sizeKinds } from './shares.js';

/** Short: four fit below a heat map. */
const classTitles: Readonly<Record<string, Text>> = {
  'smooth-convex': { en: 'smooth convex', zh: '光滑、凸' },
  'smooth-not-convex': { en: 'smooth other', zh: '光滑、非凸' },
  'not-smooth-convex': { en: 'kinked convex', zh: '非光滑、凸' },
  'not-smooth-not-convex': { en: 'kinked other', zh: '非光滑、非凸' },
};

const solvedShare = { title: { en: 'share solved', zh: '解出比例' }, percent: true, min: 0, max: 1 };
const solver: Text = { en: 'solver', zh: '求解器' };

export function riosFigures(settings: Settings, shares: FormShares): Figure[] {
  const sizes = sizeKinds.filter((id) => shares.boxes.has(id));
  return [
    heatMap(
      'size',
      { en: 'The more variables, the fewer problems are solved', zh: '变量越多，解出的问题越少' },
      {
        en: `Each number is the share of runs that solved a box within ${settings.evaluations.toLocaleString('en')} evaluations; to the right the same eight functions with more variables. Rows fade to the right. Not run: too costly.`,
        zh: `每个数字是在 ${settings.evaluations} 次评估内解出盒约束问题的运行比例；往右是变量更多的同样八个函数。每一行往右逐渐变淡。未运行：代价过高。`,
      },
      { title: { en: 'variables', zh: '变量数' }, labels: settings.sizes.map(String) },
      sizes.map((id) => sharesIn(shares.boxes, [id])),
    ),
    ...panels(
      'boxes',
      { en: 'Problems in a box, solved over evaluations', zh: '盒约束问题：解出比例随评估次数的变化' },
      shares.small,
      settings.evaluations,
    ),
    classes('class', { en: 'Problems in a box, by class', zh: '盒约束问题：按类别' }, shares.small),
    classes('more-wild-class', { en: 'Moré-Wild problems by class', zh: 'Moré-Wild 问题：按类别' }, shares.wild),
    ...panels(
      'more-wild',
      { en: 'Moré-Wild problems, solved over evaluations', zh: 'Moré-Wild 问题：解出比例随评估次数的变化' },
      shares.wild,
      settings.evaluations,
    ),
    ...panels('improve', { en: 'Given starts improved', zh: '改进给定的起点' }, shares.improve, settings.evaluations),
    ...panels('refine', { en: 'Near-optima refined', zh: '近优点的进一步改进' }, shares.refine, settings.evaluations),
  ];
}

/** Rows are the solvers of the columns, the first at the top. */
function heatMap(id: string, title: Text, reading: Text, x: HeatMap['x'], columns: readonly (readonly Share[])[]): HeatMap {
  const labels = (columns[0] ?? []).map(({ label }) => label);
  return {
    kind: 'heat map',
    id,
    title,
    reading,
    x,
    y: { title: solver, labels },
    value: solvedShare,
    values: labels.map((label) => columns.map((column) => column.find((one) => one.label === label)?.share ?? null)),
    missing: { en: 'not run', zh: '未运行' },
    numbers: true,
  };
}

function classes(id: string, title: Text, kinds: Kinds): HeatMap {
  const known = Object.keys(classTitles).filter((kind) => kinds.has(kind));
  return heatMap(
    id,
    title,
    {
      en: `Share of runs that solved their problem, by class (kinked: not smooth; other: not convex); problems whose convexity is not known are left out. Problems: ${known.map((kind) => `${classTitles[kind].en} ${kinds.get(kind)?.problems}`).join(', ')}.`,
      zh: `各类问题中解出的运行比例；凸性未知的问题不在内。问题数：${known.map((kind) => `${classTitles[kind].zh} ${kinds.get(kind)?.problems}`).join('；')}。`,
    },
    { title: { en: 'class', zh: '类别' }, labels: known.map((kind) => classTitles[kind]) },
    known.map((kind) => sharesIn(kinds, [kind])),
  );
}

/** All in one picture would be too many lines. */
function panels(id: string, title: Text, kinds: Kinds, evaluations: number): Lines[] {
  const grid = gridTo(evaluations);
  const halves = [
    { key: 'local', word: { en: 'local', zh: '局部' }, among: isLocal },
    { key: 'global', word: { en: 'global', zh: '全局' }, among: isGlobal },
  ];
  return halves.map(({ key, word, among }) => ({
    kind: 'lines',
    id: `${id}-${key}`,
    group: id,
    title: { en: `${title.en}: ${word.en}`, zh: `${title.zh}：${word.zh}` },
    reading: {
      en: `Share of ${kinds.get('all')?.problems ?? 0} problems, over seeds, that were done by then. Higher and further left is better.`,
      zh: `到该评估次数为止完成的比例（共 ${kinds.get('all')?.problems ?? 0} 个问题，含各随机种子）。越高、越靠左越好。`,
    },
    x: { title: { en: 'evaluations', zh: '评估次数' }, log: true },
    y: { title: { en: 'share done', zh: '完成比例' }, percent: true, min: 0, max: 1 },
    series: sharesIn(kinds, ['all'])
      .filter(({ label, share }) => share !== null && among(label))
      .map((share) => ({ label: same(share.label), x: grid, y: curve(share, grid) })),
  }));
}
