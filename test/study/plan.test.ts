import { describe, expect, test } from '@jest/globals';
import { DataError, UsageError } from '../../src/core/errors.js';
import { planStudy } from '../../src/study/plan.js';
import { parseStudy, type StudyInput } from '../../src/study/study-schema.js';

const base: StudyInput = { problems: ['sphere:d2', 'rastrigin:d3'], strategies: ['sgd', 'adam'], seeds: 2, budget: { evaluations: 100 } };
const plan = (study: StudyInput, threads = 1) => planStudy(parseStudy(study), () => Promise.resolve({ provider: 'cpu', threads }));

describe('a plan', () => {
  test('is by problem, then strategy, then seed', async () => {
    const { runs } = await plan(base);
    const order = runs.map(({ settings, label }) => `${settings.problem} ${label} ${settings.seed}`);
    expect(order).toEqual([
      'sphere:d2 sgd 1',
      'sphere:d2 sgd 2',
      'sphere:d2 adam 1',
      'sphere:d2 adam 2',
      'rastrigin:d3 sgd 1',
      'rastrigin:d3 sgd 2',
      'rastrigin:d3 adam 1',
      'rastrigin:d3 adam 2',
    ]);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(8);
  });

  test('gives a run the id of its settings, whatever else the study holds', async () => {
    const first = (await plan(base)).runs[0];
    const explicit = {
      ...base,
      problems: ['sphere:d2'],
      strategies: [{ name: 'sgd', label: 'plain', options: { momentum: 0 } }],
      seeds: [1],
    };
    expect((await plan(explicit)).runs[0].id).toBe(first.id);
    expect((await plan({ ...explicit, seeds: [2] })).runs[0].id).not.toBe(first.id);
    expect((await plan({ ...explicit, budget: { evaluations: 101 } })).runs[0].id).not.toBe(first.id);
    expect((await plan({ ...explicit, bounds: 'reflect' })).runs[0].id).not.toBe(first.id);
  });

  test('has a problem that is listed twice once, for lists with wildcards overlap: with what its last entry says', async () => {
    const twice = ['sphere:d2-3', { id: 'sphere:d2', budget: { evaluations: 7 } }];
    const { runs } = await plan({ ...base, problems: twice, strategies: ['sgd'], seeds: 1 });
    expect(runs.map(({ settings }) => [settings.problem, settings.budget.evaluations])).toEqual([
      ['sphere:d2', 7],
      ['sphere:d3', 100],
    ]);
  });

  test('labels strategies of one name by the options that tell them apart', async () => {
    const { strategies } = await plan({ ...base, strategies: ['sgd(learningRate=0.1)', 'sgd(momentum=0.5)', 'sgd', 'adam(beta1=0.8)'] });
    expect(strategies.map(({ label }) => label)).toEqual(['sgd(learningRate=0.1)', 'sgd(momentum=0.5)', 'sgd', 'adam']);
  });

  test('takes options for a problem from its id over those from its family over the general ones', async () => {
    const on = { rastrigin: { learningRate: 0.2, momentum: 0.5 }, 'rastrigin:d3': { learningRate: 0.3 } };
    const { runs } = await plan({ ...base, strategies: [{ name: 'sgd', options: { learningRate: 0.1 }, on }], seeds: [1] });
    expect(runs.map(({ settings }) => settings.strategy.options)).toMatchObject([
      { learningRate: 0.1, momentum: 0, nesterov: false },
      { learningRate: 0.3, momentum: 0.5, nesterov: false },
    ]);
  });

  test("takes a problem's own start instead of the study's, and gives a run with another start another id", async () => {
    const study = { ...base, problems: ['sphere:d2', { id: 'rastrigin:d3', start: 'own' as const }], start: { near: 0.1 } };
    const { runs } = await plan(study);
    expect(runs[0].settings.start).toEqual({ near: 0.1 });
    expect(runs[4].settings).not.toHaveProperty('start');
    const own = (await plan(base)).runs;
    expect(runs[0].id).not.toBe(own[0].id);
    expect(runs[4].id).toBe(own[4].id);
  });

  test.each(['more-wild:15', 'iris'])('refuses a start near an optimum on %s, whose place is not known', async (id) => {
    const study = { ...base, problems: [{ id, start: { near: 0.1 } }], strategies: ['random-search'] };
    await expect(plan(study)).rejects.toThrow(/^study\.problems\[0\]\.start: near needs the place of an optimum/);
  });

  test("takes a problem's own budget instead of the study's", async () => {
    const { runs } = await plan({
      ...base,
      problems: ['sphere:d2', { id: 'rastrigin:d3', budget: { samplePasses: 7 } }],
      strategies: ['sgd'],
      seeds: 1,
    });
    expect(runs.map(({ settings }) => settings.budget)).toEqual([{ evaluations: 100 }, { samplePasses: 7 }]);
  });

  test.each<[Partial<StudyInput>, string | RegExp]>([
    [{ problems: ['sphere:d2', 'spere:d2'] }, 'study.problems[1]: Unknown problem "spere". Did you mean sphere?'],
    [{ strategies: ['sgd', 'addam'] }, 'study.strategies[1]: Unknown strategy "addam". Did you mean adam?'],
    [
      { strategies: ['sgd', { name: 'adam', options: { learningRate: -1 } }] },
      'study.strategies[1].options.learningRate must be a number above 0',
    ],
    [
      { strategies: [{ name: 'sgd', options: { learningrate: 1 } }] },
      'study.strategies[0].options: sgd has no option "learningrate". Did you mean learningRate?',
    ],
    [{ strategies: [{ name: 'sgd', on: { 'sphere:d2': { momentum: 2 } } }] }, 'study.strategies[0].on["sphere:d2"].momentum must be'],
    [
      { strategies: [{ name: 'sgd', on: { 'sphere:d4': {} } }] },
      'study.strategies[0].on["sphere:d4"]: sphere:d4 is no problem of the study',
    ],
    [
      {
        strategies: [
          { name: 'sgd', label: 'x' },
          { name: 'adam', label: 'x' },
        ],
      },
      'study.strategies[1]: entry 1 is called "x" as well: give one of them a label, in a study file beside its name.',
    ],
    [{ strategies: ['sgd', 'adam', 'sgd(momentum=0)'] }, 'study.strategies[2]: sgd is there already, as entry 1: leave it out'],
    [{ budget: undefined }, 'study.budget is missing, and study.problems[0] has none of its own'],
  ])('refuses %j with the place', async (change, message) => {
    const attempt = plan({ ...base, ...change });
    await expect(attempt).rejects.toThrow(UsageError);
    await expect(attempt).rejects.toThrow(message);
  });

  test('tells once of a problem whose data cannot be read, and is refused where there is no other', async () => {
    const missing = 'csv(file=no-such-folder/none.csv,label=y)';
    const { notes, runs } = await plan({ ...base, problems: ['sphere:d2', missing], strategies: ['sgd', 'direct'] });
    expect(runs).toHaveLength(8);
    expect(notes).toEqual([
      expect.stringMatching(/^No strategy can run on csv\(.*\): Cannot read .*none\.csv: there is no such file or folder \(ENOENT\)\.$/),
    ]);
    const alone = plan({ ...base, problems: [missing, missing.replace('none', 'nor')] });
    await expect(alone).rejects.toThrow(DataError);
    await expect(alone).rejects.toThrow(/^Cannot read .*none\.csv: there is no such file or folder/);
  });

  test('does not depend on threads', async () => {
    expect((await plan(base, 4)).runs.map(({ id }) => id)).toEqual((await plan(base, 1)).runs.map(({ id }) => id));
  });
});
