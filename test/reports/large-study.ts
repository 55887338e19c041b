/**
 * A study that never ran, as large as the largest: 24 BBOB functions in 5-D on 15 instances, strategies and seeds as asked for.
 * Traces have the rows that real ones have: log-spaced, and one for each target that is reached.
 */
import { Rng } from '../../src/core/rng.js';
import { cocoTargets } from '../../src/core/targets.js';
import { nextRowAfter, type Trace } from '../../src/core/trace.js';
import type { ProblemInfo, RunRecord, StrategyInfo, StudyResults } from '../../src/study/results.js';

const budget = 10_000;
const dimension = 5;

export function largeStudy(strategyCount = 4, seedCount = 7, functions = 24, instances = 15): StudyResults {
  const problems = Array.from({ length: functions }, (_, f) => Array.from({ length: instances }, (_, i) => problemOf(f + 1, i + 1))).flat();
  const strategies = Array.from({ length: strategyCount }, (_, s): StrategyInfo => {
    const name = `strategy-${s + 1}`;
    return {
      label: name,
      title: `Strategy ${s + 1}`,
      family: 'evolution strategy',
      settings: { name, options: { populationSize: 10 + s } },
    };
  });
  const seeds = Array.from({ length: seedCount }, (_, k) => k + 1);
  const runs = problems.flatMap((problem) => strategies.flatMap((strategy, s) => seeds.map((seed) => runOf(problem, strategy, s, seed))));
  return {
    name: 'large study',
    problems,
    strategies,
    seeds,
    budget: { evaluations: budget },
    provenance: {
      zeroth: '0.1.0',
      node: 'v20.20.0',
      onnxruntime: '1.30.0',
      platform: 'linux x64',
      processor: 'Synthetic processor',
      cores: 2,
      memoryBytes: 8e9,
      provider: 'cpu',
      providerReason: '',
      started: '2026-01-01T00:00:00.000Z',
    },
    runs,
    missing: 0,
    commands: {
      study: 'npx zeroth compare large.yaml --out out/large',
      run: Object.fromEntries(
        runs.map(({ id, settings, label }) => [
          id,
          `npx zeroth train ${settings.problem} --strategy ${label} --seed ${settings.seed} --evaluations ${budget} --provider cpu`,
        ]),
      ),
    },
  };
}

function problemOf(f: number, instance: number): ProblemInfo {
  return {
    id: `bbob:f${f}:i${instance}:d${dimension}`,
    title: `BBOB f${f}, instance ${instance}, ${dimension}-D`,
    kind: 'function',
    dimension,
    optimum: 10 * f + instance,
    group: { id: `bbob:f${f}:d${dimension}`, title: `BBOB f${f}, ${dimension}-D` },
    facts: { suite: 'bbob', function: f, instance, bounds: '[-5, 5]', noise: 'none' },
  };
}

function runOf(problem: ProblemInfo, strategy: StrategyInfo, s: number, seed: number): RunRecord {
  const rng = Rng.seeded(`${problem.id}/${strategy.label}/${seed}`);
  const f = Number(problem.facts.function);
  const optimum = problem.optimum ?? 0;
  // distance falls as a power of the evaluations, quicker for later strategies on two functions of three
  const rate = (0.6 + 0.12 * (f % 3 === 0 ? -s : s) + 0.1 * (f % 5)) * Math.exp(0.15 * rng.normal());
  const start = 10 ** (1.5 + rng.uniform());
  const gap = (evaluations: number) => start * evaluations ** -rate;
  const rows = new Set<number>([1, budget]);
  for (let at = 1; at < budget; at = nextRowAfter(at)) rows.add(at);
  for (const target of cocoTargets) {
    const hit = Math.ceil((start / target) ** (1 / rate));
    if (hit >= 1 && hit <= budget) rows.add(hit);
  }
  const evaluations = [...rows].sort((a, b) => a - b);
  const trace: Trace = {
    evaluations,
    gradients: evaluations.map(() => 0),
    samplePasses: [...evaluations],
    seconds: evaluations.map((count) => count * 2.1234567e-6 * (1 + 0.3 * s)),
    loss: evaluations.map((count) => optimum + gap(count)),
  };
  const seconds = trace.seconds[trace.seconds.length - 1];
  return {
    id: Array.from({ length: 4 }, () => rng.uint32().toString(16).padStart(8, '0')).join(''),
    settings: {
      problem: problem.id,
      strategy: strategy.settings,
      seed,
      budget: { evaluations: budget },
      bounds: 'clip',
      provider: 'cpu',
      threads: 1,
    },
    label: strategy.label,
    status: 'done',
    stop: 'evaluations',
    cost: {
      evaluations: budget,
      gradients: 0,
      samplePasses: budget,
      failed: 0,
      secondsEvaluate: 0.7 * seconds,
      secondsAsk: 0.2 * seconds,
      secondsTell: 0.1 * seconds,
    },
    peakBytes: 8e7,
    trace,
    final: { loss: trace.loss[trace.loss.length - 1] },
  };
}
