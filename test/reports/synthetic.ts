/** Studies that never ran: seeded results in the shapes that real ones have, good and bad. */
import { Rng } from '../../src/core/rng.js';
import type { Trace } from '../../src/core/trace.js';
import type { ProblemInfo, RunRecord, StrategyInfo, StudyResults } from '../../src/study/results.js';

const problems: ProblemInfo[] = [
  {
    id: 'iris',
    title: 'Iris, 4-7-3 tanh',
    kind: 'classification',
    dimension: 59,
    facts: { network: '4-7-3 tanh', 'training samples': 120, 'test samples': 30, batch: 'full', 'data hash': '4f1c09ab' },
  },
  {
    id: 'mnist(784-32-10,relu)',
    title: 'MNIST, 784-32-10 relu',
    kind: 'classification',
    dimension: 25450,
    facts: { network: '784-32-10 relu', 'training samples': 10000, 'test samples': 2000, batch: 256, 'data hash': '90bd11e2' },
  },
  {
    id: 'rastrigin:d10',
    title: 'Rastrigin, 10-D',
    kind: 'function',
    dimension: 10,
    optimum: 0,
    classes: { smooth: true, convex: false },
    facts: { bounds: '-5.12 to 5.12' },
  },
];

const strategies: StrategyInfo[] = [
  info('sgd', 'Stochastic gradient descent', 'gradient', { learningRate: 0.1, momentum: 0.9 }),
  info('adam', 'Adam', 'gradient', { learningRate: 0.001, beta1: 0.9, beta2: 0.999 }),
  info('ga', 'Genetic algorithm', 'genetic', { population: 64, crossover: 'blend', elites: 2 }),
  info('pso', 'Particle swarm optimization', 'swarm', { swarmSize: 40, neighbourhood: 'ring' }),
];

function info(name: string, title: string, family: string, options: Record<string, unknown>): StrategyInfo {
  return { label: name, title, family, settings: { name, options } };
}

/** Loss at the start, exponent of progress and loss that it levels off at, for problem and strategy. */
const behaviour: Record<string, Record<string, [start: number, rate: number, level: number]>> = {
  iris: { sgd: [1.1, 0.55, 0.045], adam: [1.1, 0.6, 0.03], ga: [1.2, 0.45, 0.07], pso: [1.2, 0.42, 0.04] },
  'mnist(784-32-10,relu)': { sgd: [2.3, 0.5, 0.19], adam: [2.3, 0.55, 0.09], ga: [2.35, 0.14, 0.9], pso: [2.4, 0.12, 1.05] },
  'rastrigin:d10': { sgd: [140, 0.3, 35], adam: [140, 0.28, 33], ga: [150, 0.9, 0.002], pso: [150, 0.75, 3] },
};

export interface Shape {
  readonly seeds?: number;
  /** Times come from this: two studies that differ in it alone differ in times alone. */
  readonly clock?: number;
}

/** Three problems, four strategies, seven seeds: what a small study gives. */
export function study({ seeds = 7, clock = 1 }: Shape = {}): StudyResults {
  const list = Array.from({ length: seeds }, (_, i) => i + 1);
  const runs = problems.flatMap((problem) => strategies.flatMap((strategy) => list.map((seed) => runOf(problem, strategy, seed, clock))));
  return {
    name: 'quickstart',
    problems,
    strategies,
    seeds: list,
    budget: { evaluations: 20000 },
    provenance: {
      zeroth: '0.1.0',
      node: 'v20.20.0',
      onnxruntime: '1.30.0',
      platform: 'linux x64',
      processor: 'Synthetic processor',
      cores: 2,
      memoryBytes: 8e9,
      provider: 'cpu',
      providerReason: 'auto: webgpu gave no device, cuda is not in this build; cpu works',
      started: `2026-01-0${clock}T00:00:00.000Z`,
    },
    runs,
    missing: 0,
    commands: {
      study: 'npx zeroth compare experiments/quickstart.yaml --out out/quickstart',
      run: Object.fromEntries(runs.map((run) => [run.id, commandOf(run)])),
    },
  };
}

function commandOf(run: RunRecord): string {
  const { problem, strategy, seed } = run.settings;
  return `npx zeroth compare --problems '${problem}' --strategies ${strategy.name} --seed-list ${seed} --evaluations 20000`;
}

function runOf(problem: ProblemInfo, strategy: StrategyInfo, seed: number, clock: number): RunRecord {
  const rng = Rng.seeded(`${problem.id}/${strategy.label}/${seed}`);
  const time = Rng.seeded(`${problem.id}/${strategy.label}/${seed}/${clock}`);
  const [start, rate, level] = behaviour[problem.id][strategy.label];
  const gradient = strategy.family === 'gradient';
  const samples = problem.id === 'iris' ? 120 : problem.kind === 'function' ? 1 : 256;
  const total = gradient ? 6667 : 20000;
  const population = gradient ? 1 : strategy.label === 'ga' ? 64 : 40;
  const trace: Required<Trace> = {
    evaluations: [],
    gradients: [],
    samplePasses: [],
    seconds: [],
    loss: [],
    trainAccuracy: [],
    testLoss: [],
    testAccuracy: [],
  };
  const end = level * Math.exp(0.35 * rng.normal());
  const scale = Math.exp(0.12 * rng.normal());
  const pace = (gradient ? 2.4e-4 : problem.kind === 'function' ? 4e-7 : 6e-5) * (1 + 0.2 * time.uniform());
  const gap = problem.id === 'iris' ? 0.012 : 0.02;
  let best = Number.POSITIVE_INFINITY;
  for (let decade = 0; ; decade++) {
    const count = Math.min(total, Math.max(population, Math.round(10 ** (decade / 10))));
    if (trace.gradients[trace.gradients.length - 1] === count || trace.evaluations[trace.evaluations.length - 1] === count) {
      if (count === total) break;
      continue;
    }
    best = Math.min(best, end + (start * scale - end) * (count / population) ** -rate * Math.exp(0.1 * rng.normal()));
    trace.evaluations.push(gradient ? 0 : count);
    trace.gradients.push(gradient ? count : 0);
    trace.samplePasses.push(count * samples * (gradient ? 3 : 1));
    trace.seconds.push(count * pace);
    trace.loss.push(best);
    const right = Math.max(0.1, Math.min(1, 1 - best / 2.6));
    trace.trainAccuracy.push(right);
    trace.testAccuracy.push(Math.round(1000 * Math.max(0.1, right - gap * (1 - best / 3))) / 1000);
    trace.testLoss.push(best * 1.1 + 0.02);
    if (count === total) break;
  }
  const seconds = total * pace;
  const own = problem.kind === 'function' ? 0.3 : 0.05;
  const last = trace.loss.length - 1;
  const { trainAccuracy, testLoss, testAccuracy, ...columns } = trace;
  const measured = problem.kind === 'classification';
  const text = `${problem.id}/${strategy.label}/${seed}`;
  return {
    id: Array.from({ length: 4 }, (_, i) => Rng.seeded(`${text}/${i}`).uint32().toString(16).padStart(8, '0')).join(''),
    settings: {
      problem: problem.id,
      strategy: strategy.settings,
      seed,
      budget: { evaluations: 20000 },
      bounds: 'clip',
      provider: 'cpu',
      threads: 1,
    },
    label: strategy.label,
    status: 'done',
    stop: 'evaluations',
    cost: {
      evaluations: gradient ? 0 : total,
      gradients: gradient ? total : 0,
      samplePasses: trace.samplePasses[last],
      failed: 0,
      secondsEvaluate: seconds * (1 - own),
      secondsAsk: seconds * own * 0.7,
      secondsTell: seconds * own * 0.3,
    },
    peakBytes: Math.round(9e7 + 5e7 * time.uniform()),
    trace: measured ? trace : columns,
    final: {
      loss: trace.loss[last],
      ...(measured ? { trainAccuracy: trainAccuracy[last], testLoss: testLoss[last], testAccuracy: testAccuracy[last] } : {}),
    },
  };
}

const empty: Trace = { evaluations: [], gradients: [], samplePasses: [], seconds: [], loss: [] };

/** The run as it is stored when it threw before its first answer. */
export function failed(run: RunRecord, error: string): RunRecord {
  const cost = { evaluations: 0, gradients: 0, samplePasses: 0, failed: 0, secondsEvaluate: 0, secondsAsk: 0, secondsTell: 0 };
  const { stop: _, ...rest } = run;
  return { ...rest, status: 'failed', error, cost, trace: empty, final: { loss: null } };
}

const hostile = 'Could not open </script><img src=x onerror=alert(1)> "it" & \'that\'\n  at line 2';

/** Studies in which something is wrong, by what is wrong. */
export function badStudies(): Record<string, StudyResults> {
  const whole = study();
  const with_ = (runs: RunRecord[], missing = 0): StudyResults => ({ ...whole, runs, missing });
  const kept = whole.runs.filter((_, i) => i % 5 !== 3 && i % 11 !== 4);
  return {
    'every run failed': with_(whole.runs.map((run) => failed(run, hostile))),
    'one run only': {
      ...whole,
      problems: whole.problems.slice(0, 1),
      strategies: whole.strategies.slice(0, 1),
      seeds: [1],
      runs: whole.runs.slice(0, 1),
    },
    'no run yet': with_([], whole.runs.length),
    'runs missing here and there': with_(kept, whole.runs.length - kept.length),
    'one strategy failed everywhere': with_(whole.runs.map((run) => (run.label === 'pso' ? failed(run, hostile) : run))),
    'one strategy is missing': with_(
      whole.runs.filter((run) => run.label !== 'ga'),
      21,
    ),
    'ties everywhere': with_(
      whole.runs.map((run) => ({
        ...run,
        trace: { ...run.trace, loss: run.trace.loss.map(() => 0.5) },
        final: { ...run.final, loss: 0.5 },
      })),
    ),
    'nothing finite was found': with_(
      whole.runs.map((run) => ({ ...run, trace: { ...run.trace, loss: run.trace.loss.map(() => null) }, final: { loss: null } })),
    ),
    'the optimum reached exactly': with_(
      whole.runs.map((run) => ({
        ...run,
        trace: { ...run.trace, loss: run.trace.loss.map((loss, i) => (i < 5 ? loss : 0)) },
        final: { ...run.final, loss: 0 },
      })),
    ),
    'a problem whose evaluations are all NaN': with_(
      whole.runs.map((run) =>
        run.settings.problem === 'iris'
          ? { ...run, trace: { ...run.trace, loss: run.trace.loss.map(() => null) }, final: { ...run.final, loss: null } }
          : run,
      ),
    ),
    'a target hit at the first evaluation': with_(
      whole.runs.map((run) =>
        run.label === 'ga'
          ? {
              ...run,
              trace: { evaluations: [1], gradients: [0], samplePasses: [1], seconds: [1e-6], loss: [0] },
              cost: { ...run.cost, evaluations: 1, gradients: 0, samplePasses: 1 },
              final: { loss: 0 },
            }
          : run,
      ),
    ),
    'no target reached': with_(
      whole.runs.map((run) => ({
        ...run,
        trace: { ...run.trace, loss: run.trace.loss.map(() => 1e6 + run.settings.seed) },
        final: { ...run.final, loss: 1e6 + run.settings.seed },
      })),
    ),
    'the same strategy twice': {
      ...whole,
      strategies: ['pso', 'pso again'].map((label) => ({ ...whole.strategies[3], label })),
      runs: whole.runs.filter((run) => run.label === 'pso').flatMap((run) => [run, { ...run, id: `${run.id}2`, label: 'pso again' }]),
    },
    'strategies on different seeds': with_(
      whole.runs.map((run) => (run.label === 'ga' ? { ...run, settings: { ...run.settings, seed: run.settings.seed + 100 } } : run)),
    ),
    'losses below zero': with_(
      whole.runs.map((run) => ({
        ...run,
        trace: { ...run.trace, loss: run.trace.loss.map((loss) => (loss ?? 0) - 3) },
        final: { ...run.final, loss: (run.final.loss ?? 0) - 3 },
      })),
    ),
    'hostile names': {
      ...whole,
      name: hostile,
      problems: whole.problems.map((problem) => ({ ...problem, title: `${problem.title} ${hostile}`, facts: { [hostile]: hostile } })),
      strategies: whole.strategies.map((strategy) => ({ ...strategy, label: `${strategy.label}${hostile}` })),
      runs: whole.runs.map((run) => ({ ...run, label: `${run.label}${hostile}` })),
    },
    'twelve strategies': {
      ...whole,
      strategies: [1, 2, 3].flatMap((k) =>
        whole.strategies.map((strategy) => ({ ...strategy, label: `${strategy.label} (variant ${k})` })),
      ),
      runs: [1, 2, 3].flatMap((k) => whole.runs.map((run) => ({ ...run, id: `${run.id}${k}`, label: `${run.label} (variant ${k})` }))),
    },
  };
}
