/** What the runs of `rios-sahinidis` say of the review's three statements. The rules were written before the runs. */
import type { Check, Findings } from '../../src/lab/experiment.js';
import type { Figure } from '../../src/lab/figure.js';
import { same, type Text } from '../../src/lab/text.js';
import type { Settings } from '../rios-sahinidis.js';
import { percent } from '../shared/numbers-in-words.js';
import type { SearchPath } from '../shared/population-path.js';
import { median } from '../shared/statistics.js';
import { riosFigures } from './figures.js';
import { pathFigures } from './paths.js';
import { isGlobal, isLocal, startable, type together } from './problems.js';
import { type FormShares, fading, leader, rankOf, remaining, type Share, sharesIn, sharesOf, sizeKinds } from './shares.js';
import { published } from './sources.js';

type Solved = ReturnType<typeof together>;

export interface Forms {
  /** All boxes; those that all solvers ran on. */
  readonly boxes: Solved;
  readonly small: Solved;
  readonly wild: Solved;
  readonly improve: Solved;
  readonly refine: Solved;
  /** Searches to look at, in the order of `shown`. */
  readonly paths: readonly SearchPath[];
}

const convexKinds = ['smooth-convex', 'not-smooth-convex'];
const model = 'quadratic-trust-region';
/** Of the first three at refining the review names NEWUOA as one. */
const lastPlace = 3;

export function riosFindings(settings: Settings, forms: Forms): Findings {
  const { seeds, left } = settings;
  const from = (results: Solved, count: number) => sharesOf(results, count, remaining(left, results.runs, startable[0].name));
  const shares: FormShares = {
    boxes: sharesOf(forms.boxes, seeds.boxes),
    small: sharesOf(forms.small, seeds.boxes),
    wild: sharesOf(forms.wild, seeds.moreWild),
    improve: from(forms.improve, seeds.improve),
    refine: from(forms.refine, seeds.refine),
  };
  const fades = fading(shares.boxes, sizeKinds, 'size-10-30');
  const steady = fades.filter(({ first, last }) => last >= first);
  const allBoxes = duel(sharesIn(shares.small, ['all']));
  const convex = duel(sharesIn(shares.small, convexKinds));
  const refined = sharesIn(shares.refine, ['all']);
  const place = rankOf(refined, model);
  const improved = leader(sharesIn(shares.improve, ['all']), () => true);
  const wild = leader(sharesIn(shares.wild, ['all']), () => true);
  const judged: Check[] = [
    {
      what: {
        en: 'Solvers that solve a smaller share of the largest boxes they ran on, of 20 variables or more, than of the smallest (all of them); the median share at both',
        zh: '在所运行的最大盒约束问题（至少 20 个变量）上解出比例低于最小问题的求解器数（应为全部）；两端比例的中位数',
      },
      published: published.size,
      ours: fadeText(fades, steady.length),
      value: fades.length - steady.length,
      seeds: seeds.boxes,
      holds: fades.length > 0 && steady.length === 0,
    },
    {
      what: {
        en: 'Share solved, boxes that all ran on: the best global and the best local solver (the first higher)',
        zh: '全部求解器都运行过的盒约束问题的解出比例：最好的全局与最好的局部求解器（前者更高）',
      },
      published: published.quality,
      ...duelLine(allBoxes),
      seeds: seeds.boxes,
    },
    {
      what: {
        en: 'Share solved, the convex boxes alone, smooth and not: the best global and the best local solver (the first higher)',
        zh: '只看凸的盒约束问题（光滑与非光滑）的解出比例：最好的全局与最好的局部求解器（前者更高）',
      },
      published: published.convex,
      ...duelLine(convex),
      seeds: seeds.boxes,
    },
    {
      what: {
        en: `Place of the quadratic trust region (after NEWUOA) at refining, of ${startable.length} (among the first ${lastPlace}); its share refined`,
        zh: `二次模型信赖域法（仿 NEWUOA）在近优点进一步改进中的名次（共 ${startable.length} 个求解器，应在前 ${lastPlace} 名）；改进成功的比例`,
      },
      published: published.refine,
      ours: place === null ? same('–') : both(same(`${place}`), same(percent(refined.find(({ label }) => label === model)?.share ?? 0))),
      ...(place !== null && { value: place }),
      seeds: seeds.refine,
      holds: place !== null && place <= lastPlace,
    },
  ];
  const told: Check[] = [
    {
      what: { en: 'Most solved of the Moré-Wild problems', zh: '解出 Moré-Wild 问题最多的求解器' },
      ...leaderLine(wild),
      seeds: seeds.moreWild,
    },
    { what: { en: 'Most starts improved', zh: '改进给定起点最多的求解器' }, ...leaderLine(improved), seeds: seeds.improve },
    {
      what: { en: 'Most near-optima refined', zh: '近优点改进成功最多的求解器' },
      ...leaderLine(leader(refined, () => true)),
      seeds: seeds.refine,
    },
  ];
  const holds = judged.every((check) => check.holds === true);
  return {
    verdict: holds ? 'stand-in' : 'not reproduced',
    because: reason(judged, allBoxes, convex),
    checks: [...judged, ...told],
    figures: withPaths(riosFigures(settings, shares), pathFigures(forms.paths)),
  };
}

/** The first figure makes the point; behind it the searches to look at. */
function withPaths([first, ...others]: readonly Figure[], paths: readonly Figure[]): Figure[] {
  return [first, ...paths, ...others];
}

interface Best {
  readonly label: string;
  readonly share: number;
}

interface Duel {
  readonly global: Best | null;
  readonly local: Best | null;
  /** Of each solver. */
  readonly runs: number;
}

const duel = (shares: readonly Share[]): Duel => ({
  global: leader(shares, isGlobal),
  local: leader(shares, isLocal),
  runs: Math.max(0, ...shares.map(({ runs }) => runs)),
});

/** How little a lead may be: in runs. */
function lead({ global, local, runs }: Duel): Text {
  const by = global === null || local === null ? 0 : Math.round(runs * (global.share - local.share));
  const size = Math.abs(by);
  if (size === 0) return { en: `level over ${runs} runs each`, zh: `各 ${runs} 次运行，不分高下` };
  const [en, zh] = by > 0 ? ['the global one ahead', '全局者领先'] : ['the local one ahead', '局部者领先'];
  return { en: `${en} by ${size} of ${runs} runs`, zh: `各 ${runs} 次运行中${zh} ${size} 次` };
}

function duelLine({ global, local: other }: Duel): Pick<Check, 'ours' | 'value' | 'holds'> {
  if (global === null || other === null) return { ours: same('–'), holds: false };
  return {
    ours: both(shareOf(global), shareOf(other)),
    value: global.share - other.share,
    holds: global.share > other.share,
  };
}

const shareOf = ({ share, label }: Best): Text => ({ en: `${percent(share)} (${label})`, zh: `${percent(share)}（${label}）` });

const both = (first: Text, second: Text): Text => ({ en: `${first.en}; ${second.en}`, zh: `${first.zh}；${second.zh}` });

function leaderLine(best: Best | null): Pick<Check, 'ours' | 'value'> {
  return best === null ? { ours: same('–') } : { ours: shareOf(best), value: best.share };
}

function fadeText(fades: readonly { first: number; last: number }[], steady: number): Text {
  if (fades.length === 0) return same('–');
  const [first, last] = [fades.map((one) => one.first), fades.map((one) => one.last)].map((list) => percent(median(list)));
  return {
    en: `${fades.length - steady} of ${fades.length}; ${first} and ${last}`,
    zh: `${fades.length} 个中的 ${fades.length - steady} 个；${first} 与 ${last}`,
  };
}

function reason([size, all, convex, refine]: readonly Check[], allBoxes: Duel, convexBoxes: Duel): Text {
  const did = ({ holds }: Check) => (holds ? 'holds' : 'does not hold');
  const didZh = ({ holds }: Check) => (holds ? '成立' : '不成立');
  return {
    en: `On our boxes, "all solvers do worse with size" ${did(size)}: ${size.ours.en}, the medians of the shares solved at the smallest and at the largest. "Global solvers are best" ${did(all)}, the best global and the best local one: ${all.ours.en}, ${lead(allBoxes).en}; "even on convex problems" ${did(convex)}: ${convex.ours.en}, ${lead(convexBoxes).en}. "NEWUOA is among the best at refining" ${did(refine)} for our quadratic trust region: place and share ${refine.ours.en}. These are other problems, other programs and fewer seeds than theirs: their ranking of 22 programs is not tested.`,
    zh: `在我们的盒约束问题上，“所有求解器的能力随规模下降”${didZh(size)}：${size.ours.zh}，为最小与最大规模上解出比例的中位数。“全局求解器最好”${didZh(all)}，最好的全局与最好的局部求解器为：${all.ours.zh}，${lead(allBoxes).zh}；“在凸问题上也是如此”${didZh(convex)}：${convex.ours.zh}，${lead(convexBoxes).zh}。“NEWUOA 属于最擅长在最优点附近进一步改进者”对我们的二次模型信赖域法${didZh(refine)}：名次与比例为 ${refine.ours.zh}。问题、程序都与原文不同，种子也更少：原文对 22 个程序的排名未受检验。`,
  };
}
