/** The families of Rios and Sahinidis (2013) under the review's protocol, on other problems: solve, improve a start, refine. */
import type { Experiment, Findings, Lab } from '../src/lab/experiment.js';
import { same } from '../src/lab/text.js';
import type { StudyResults } from '../src/study/results.js';
import { riosFindings } from './rios/findings.js';
import { pathSettings, shown } from './rios/paths.js';
import { boxed, cheap, moreWild, type Solver, smoothBoxed, solvers, startable, together } from './rios/problems.js';
import { moreWildPaper, review } from './rios/sources.js';
import { type SearchPath, searchPath } from './shared/population-path.js';

export interface Settings {
  readonly evaluations: number;
  /** Runs of each solver on each problem. */
  readonly seeds: { readonly boxes: number; readonly moreWild: number; readonly improve: number; readonly refine: number };
  /** Variables of the problems in boxes, ascending. */
  readonly sizes: readonly number[];
  /** Up to so many variables the solvers run whose steps cost the cube of the size. */
  readonly cubicTo: number;
  /** Problems of Moré and Wild, in the smooth and the absolute form: for solving and improving. */
  readonly moreWild: readonly number[];
  /** And for refining: those that tell where an optimum is. */
  readonly located: readonly number[];
  /** A start for refining lies at this share of the way from an optimum to the given start. */
  readonly near: number;
  /** Improved, refined: so much is left of what the start lay above the best known loss. */
  readonly left: number;
}

const all = (count: number) => Array.from({ length: count }, (_, k) => k + 1);

const shared = { evaluations: 2500, near: 0.01, left: 0.001 };

export const experiment: Experiment<Settings> = {
  name: 'rios-sahinidis',
  title: {
    en: 'Which derivative-free solver for which problem (after Rios and Sahinidis)',
    zh: '什么问题用什么无导数算法（仿 Rios 与 Sahinidis）',
  },
  claim: {
    en: 'Rios and Sahinidis, of 22 solvers on 502 problems: the ability of all solvers diminishes with size; global solvers give the best solutions, even on convex problems; NEWUOA is among the best at refining a point near the optimum.',
    zh: 'Rios 与 Sahinidis 在 502 个问题上比较了 22 个求解器：所有求解器的能力都随问题规模下降；全局求解器的解质量最好，即使在凸问题上也是如此；NEWUOA 属于最擅长在最优点附近进一步改进的求解器。',
  },
  method: {
    en: 'Their limit of 2,500 evaluations, their three questions: solve; improve a given start; refine a near-optimum. Theirs were other problems: here eight functions in a box, two of each class (smooth or not, convex or not), of 2, 6, 20 and 100 variables, and the 53 problems of Moré and Wild as squares and as absolute values. Solved: within 0.01 or 1 % of the best known loss; improved or refined: at most a thousandth is left of what the start lay above it; refining starts at a hundredth of the way from the optimum: our choices. Full form: three seeds on the boxes, two on the other problems and for refining, one for improving; quick form: few problems, one seed. Twelve solvers of our own stand for the families: nelder-mead, pattern-search, mads and quadratic-trust-region (after NEWUOA and BOBYQA) search locally; direct, mcs, simulated-annealing, cma-es, de and pso globally, and with them counts multistart, which runs a local one from ten points, side by side. direct and mcs divide a box: they run on the boxes only and begin at no given start. The trust region solves a system at every step whose work grows with the cube of the size: not beyond 20 variables, and its multistart on the boxes only. gp-ei is left out: it is for a few hundred evaluations, and its work grows with their cube.',
    zh: '沿用原文的上限（2500 次评估）和三个问题：求解；改进给定的起点；在最优点附近进一步改进。原文用的是另一些问题；这里用盒约束下的八个函数，每类两个（光滑或非光滑，凸或非凸），变量数为 2、6、20 和 100，以及 Moré 与 Wild 的 53 个问题（平方和与绝对值和两种形式）。“解出”指与已知最好损失之差不超过 0.01 或 1 %；“改进”指起点高出已知最好损失的部分最多剩下千分之一；近优起点位于从最优点到给定起点的百分之一处：这些都是我们的选择。完整版：盒约束问题用三个随机种子，其他问题及近优点的改进用两个，改进起点用一个；快速版：问题较少，一个种子。我们用自己的十二个求解器代表各个家族：nelder-mead、pattern-search、mads、quadratic-trust-region（仿 NEWUOA 与 BOBYQA）为局部搜索；direct、mcs、simulated-annealing、cma-es、de、pso 为全局搜索；multistart 从十个点并行启动局部搜索，也算全局求解器。direct 与 mcs 靠划分盒子搜索，只用于盒约束问题，也不从给定起点开始。信赖域法每步求解的方程组代价随规模的三次方增长，只用到 20 个变量，它的多起点形式只用于盒约束问题。gp-ei 未参加：它面向几百次评估，代价随评估次数的三次方增长。',
  },
  refutation: {
    en: 'On the boxes, a solver that solves as large a share of the largest problems, of 20 variables or more, as of the smallest; a local solver that solves no smaller share than the best global one, on all boxes up to 20 variables or on the convex ones; or the quadratic trust region beyond the third place at refining.',
    zh: '在盒约束问题上，有求解器在最大规模（至少 20 个变量）上解出的比例不低于最小规模；在至多 20 个变量的全部盒约束问题上，或其中的凸问题上，有局部求解器解出的比例不低于最好的全局求解器；或者二次模型信赖域法在近优点的进一步改进中排在第三名之后。',
  },
  sources: [review, moreWildPaper],
  settings: {
    quick: {
      ...shared,
      seeds: { boxes: 1, moreWild: 1, improve: 1, refine: 1 },
      sizes: [2, 6, 20],
      cubicTo: 6,
      moreWild: [1, 7, 13, 20, 36],
      located: [1, 7, 11, 13, 44],
    },
    full: {
      ...shared,
      seeds: { boxes: 3, moreWild: 2, improve: 1, refine: 2 },
      sizes: [2, 6, 20, 100],
      cubicTo: 20,
      moreWild: all(53),
      located: [...all(14), 25, 35, 43, 44, 45],
    },
  },
  run,
};

async function run(lab: Lab<Settings>): Promise<Findings> {
  const { settings } = lab;
  const { evaluations, seeds, sizes, cubicTo, near } = settings;
  const names = (chosen: readonly Solver[]) => chosen.map(({ name }) => name);
  const common = { budget: { evaluations }, saveSeconds: 60 };
  const small = sizes.filter((size) => size <= cubicTo);
  const large = sizes.filter((size) => size > cubicTo);
  const wild = moreWild(settings.moreWild);
  const plans = [
    { name: 'boxes', problems: boxed(small), strategies: names(solvers), seeds: seeds.boxes },
    { name: 'large-boxes', problems: boxed(large), strategies: names(cheap), seeds: seeds.boxes },
    { name: 'more-wild', problems: wild, strategies: names(startable), seeds: seeds.moreWild },
    {
      name: 'improve',
      problems: [...smoothBoxed(small), ...wild],
      strategies: names(startable),
      seeds: seeds.improve,
      start: 'given' as const,
    },
    {
      name: 'refine',
      problems: [...smoothBoxed(small), ...moreWild(settings.located)],
      strategies: names(startable),
      seeds: seeds.refine,
      start: { near },
    },
  ].filter(({ problems }) => problems.length > 0);
  const work = plans.map((plan) => plan.problems.length * plan.strategies.length * plan.seeds);
  const total = work.reduce((sum, count) => sum + count, 0);
  const results = new Map<string, StudyResults>();
  let done = 0;
  for (const [i, { name, ...study }] of plans.entries()) {
    lab.progress(done / total, same(name));
    results.set(name, await lab.study(name, { ...study, ...common }));
    done += work[i];
  }
  const paths: SearchPath[] = [];
  for (const one of shown) paths.push(await lab.step(`path of ${one.strategy}`, () => searchPath(pathSettings(one))));
  const of = (...chosen: string[]) => together(chosen.flatMap((name) => results.get(name) ?? []));
  return riosFindings(settings, {
    boxes: of('boxes', 'large-boxes'),
    small: of('boxes'),
    wild: of('more-wild'),
    improve: of('improve'),
    refine: of('refine'),
    paths,
  });
}
