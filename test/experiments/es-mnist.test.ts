/** The experiment es-mnist at a small scale: a dense network of about as many parameters, which costs a sixtieth. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { contestants, experiment, studyOf } from '../../experiments/es-mnist.js';
import { Rng } from '../../src/core/rng.js';
import { runExperiment } from '../../src/lab/run-experiment.js';
import { findProblem } from '../../src/problems/registry.js';
import { findStrategy } from '../../src/study/strategy-registry.js';
import { parseStudy } from '../../src/study/study-schema.js';

test('searches start at 0 with the deviations that EvoJAX states, on its network', async () => {
  const stated = { PGPE: 0.039, 'OpenAI-ES': 0.03, ARS: 0.03, 'Sep-CMA-ES': 0.065 };
  for (const contestant of contestants) {
    const study = parseStudy(studyOf([contestant], { ...experiment.settings.full, train: 2000 }));
    const problem = await findProblem(study.problems[0].id);
    expect(problem.dimension).toBe(11_274);
    const objective = await problem.open({ seed: 1, provider: 'cpu', threads: 1 });
    try {
      const strategy = await findStrategy(contestant.name);
      const state = strategy.start(objective.space, strategy.options.parse(contestant.options), Rng.seeded(1));
      const query = strategy.ask(state);
      if (query.kind !== 'losses' || query.population.kind !== 'dense') throw new Error(query.kind);
      const { values, size } = query.population;
      expect(size).toBe(contestant.population);
      let square = 0;
      for (const value of values) square += value * value;
      // a million normal draws: their root mean square is within 0.3 % of the deviation
      expect(Math.sqrt(square / values.length) / stated[contestant.label as keyof typeof stated]).toBeCloseTo(1, 2);
    } finally {
      await objective.close?.();
    }
  }
});

test('small: PGPE learns digits from losses alone, Adam learns them better', async () => {
  const out = await mkdtemp(join(tmpdir(), 'zeroth-lab-'));
  try {
    const settings = { network: '784-16-10', strategies: ['PGPE'], iterations: 120, batch: 64, train: 1000, steps: 100 };
    const { findings } = await runExperiment(experiment, { out, form: 'quick', command: 'zeroth lab es-mnist', settings });
    const [pgpe, adam] = findings.checks.map(({ value }) => value as number);
    expect(pgpe).toBeGreaterThan(0.5);
    expect(adam).toBeGreaterThan(pgpe);
    expect(findings.verdict).toBe('stand-in');
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}, 180_000);
