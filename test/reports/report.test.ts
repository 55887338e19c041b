import { beforeAll, describe, expect, test } from '@jest/globals';
import { compare } from '../../reports/comparison.js';
import { csvFiles } from '../../reports/csv.js';
import { renderHtml, withoutTimedText } from '../../reports/html.js';
import { renderJson, withoutTimes } from '../../reports/json.js';
import { renderMarkdown } from '../../reports/markdown.js';
import { buildReport, picturesOf, type Report } from '../../reports/report.js';
import { chartSections } from '../../reports/sections.js';
import { earlyEndings, unequalSpending } from '../../reports/spending.js';
import { averageRanks } from '../../reports/statistics/ranks.js';
import { summaryTable } from '../../reports/terminal.js';
import type { StudyResults } from '../../src/study/results.js';
import { largeStudy } from './large-study.js';
import { badStudies, failed, study } from './synthetic.js';

/** One problem, two strategies, with these final losses by seed; null is a failed run, undefined a missing one. */
function duel(a: readonly (number | null | undefined)[], b: readonly (number | null | undefined)[]): StudyResults {
  const whole = study({ seeds: a.length });
  const problem = whole.problems[2];
  const strategies = whole.strategies.slice(0, 2);
  const runs = strategies.flatMap(({ label }, which) =>
    whole.runs
      .filter((run) => run.settings.problem === problem.id && run.label === label)
      .flatMap((run, index) => {
        const loss = (which === 0 ? a : b)[index];
        if (loss === undefined) return [];
        return [loss === null ? failed(run, 'out of memory') : { ...run, final: { loss } }];
      }),
  );
  return { ...whole, problems: [problem], strategies, runs };
}

const verdict = (results: StudyResults) => compare(results).tasks[0].standing.verdict;

test('a finished run in which evaluations failed is told with the reason, wherever failed runs are', () => {
  const whole = study();
  const reason = '12 x the simulator gave no number';
  const runs = whole.runs.map((run, index) =>
    index === 3 ? { ...run, error: reason, cost: { ...run.cost, evaluations: 1200, gradients: 34, failed: 12 } } : run,
  );
  const report = buildReport({ ...whole, runs }, []);
  const { settings, label } = runs[3];
  const told = `12 of 1,234 evaluations: ${reason}`;
  expect(report.troubled).toEqual([{ problem: settings.problem, strategy: label, seed: settings.seed, reason: told }]);
  expect(report.failed).toEqual([]);
  expect(renderMarkdown(report)).toContain('## Finished runs in which evaluations failed');
  expect(renderMarkdown(report)).toContain(told);
  expect((JSON.parse(renderJson(report)) as { troubled: unknown }).troubled).toEqual(report.troubled);
});

describe('the verdict', () => {
  test('is clear where the leader wins so often that the corrected p-value is at most 5 %', () => {
    // six pairs, all won: p = 2 / 2^6 = 0.03125
    expect(verdict(duel([1, 2, 3, 4, 5, 6], [7, 9, 11, 13, 15, 17]))).toEqual({
      certainty: 'clear',
      leader: 'sgd',
      sentence:
        'sgd has the best median loss above the optimum, 3.5; adam follows with 12. Clear over 6 paired runs: p = 0.031, A12 of 100 %.',
    });
    expect(verdict(duel([7, 9, 11, 13, 15, 17], [1, 2, 3, 4, 5, 6]))).toMatchObject({ certainty: 'clear', leader: 'adam' });
  });

  test('is too few runs where even winning all of them could not be clear, however far apart', () => {
    // five pairs: at best p = 2 / 2^5 = 0.0625
    expect(verdict(duel([1, 1, 1, 1, 1], [90, 91, 92, 93, 94]))).toMatchObject({
      certainty: 'too few runs',
      leader: 'sgd',
      sentence: expect.stringContaining('Too few runs to tell: 5 paired runs, and 6 are needed to tell 2 strategies apart.'),
    });
  });

  test('counts only what both ran', () => {
    const results = duel([1, 2, 3, 4, 5, 6], [90, 91, 92, 93, 94, undefined]);
    expect(verdict(results)).toMatchObject({ certainty: 'too few runs' });
    expect(compare(results).tasks[0].standing.pairedRuns).toBe(5);
  });

  test('is too close where they win in turn, and says how close', () => {
    // differences -1, 1, -1, 1, -1, 1, -3: ranks 3.5 six times and 7; the positive ranks sum to 10.5 of 28
    const close = verdict(duel([1, 4, 5, 8, 9, 12, 1], [2, 3, 6, 7, 10, 11, 4]));
    expect(close).toMatchObject({ certainty: 'too close', leader: 'sgd' });
    expect(close.sentence).toMatch(/Too close to tell from adam \(p = 0\.\d+, A12 = \d+ %\)\.$/);
  });

  test('lets nobody win by failing: failed runs are the worst', () => {
    // Its one finished run is far better, but its median is a failure.
    expect(verdict(duel([0.001, null, null, null, null, null], [6, 7, 8, 9, 10, 11]))).toMatchObject({ leader: 'adam' });
    expect(verdict(duel([null, null, null, null, null, null], [6, 7, 8, 9, 10, 11]))).toMatchObject({ certainty: 'clear', leader: 'adam' });
  });

  test('is a tie where medians are equal, and nothing where there are none', () => {
    expect(verdict(duel([1, 2, 3, 4, 5], [3, 3, 3, 3, 3]))).toMatchObject({ certainty: 'tie', leader: null });
    expect(verdict(duel([null, null], [null, null]))).toMatchObject({ certainty: 'nothing to compare', leader: null });
  });

  test('goes by the rank-sum test where fewer than half of the runs pair', () => {
    const results = duel([1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]);
    const other = {
      ...results,
      runs: results.runs.map((run) =>
        run.label === 'adam' ? { ...run, settings: { ...run.settings, seed: run.settings.seed + 100 } } : run,
      ),
    };
    const { duels } = compare(other).tasks[0].standing;
    // all of six below all of six: 2 of the 924 ways to choose six of twelve
    expect(duels).toMatchObject([{ test: 'rank-sum', runs: 12, p: Number((2 / 924).toPrecision(6)), a12: 1, winRate: null }]);
    expect(verdict(other)).toMatchObject({ certainty: 'clear', leader: 'sgd' });
  });

  test('of the same strategy twice is a tie everywhere', () => {
    const results = duel([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]);
    const { standing } = compare(results).tasks[0];
    expect(standing.verdict.certainty).toBe('tie');
    expect(standing.winRates).toEqual([
      [null, 0.5],
      [0.5, null],
    ]);
    expect(standing.places.map(({ meanRank }) => meanRank)).toEqual([1.5, 1.5]);
  });
});

describe('a loss below the optimum that a module declares', () => {
  const id = 'module(file=./bowl.mjs)';
  /** Of the synthetic study the function alone, as a problem of the user's with this optimum; ga's lowest loss is given, of the others 5. */
  const declared = (optimum: number, lowest: number, problem = id): ReturnType<typeof study> => {
    const results = study();
    const own = 'rastrigin:d10';
    return {
      ...results,
      problems: results.problems.flatMap((info) => (info.id === own ? { ...info, id: problem, optimum } : [])),
      runs: results.runs.flatMap((run) => {
        if (run.settings.problem !== own) return [];
        const loss = run.label === 'ga' && run.settings.seed === 3 ? lowest : 5;
        return { ...run, settings: { ...run.settings, problem }, final: { ...run.final, loss } };
      }),
    };
  };
  const warned = (results: ReturnType<typeof study>) => compare(results).tasks[0].warning;

  test('is told in the page, the Markdown, the JSON and the terminal', async () => {
    const results = declared(3, 1.25);
    const told =
      `${id} declares the optimum 3, and ga reached the loss 1.25, which is below it: losses above the optimum, targets and times to them ` +
      'mean little here. Correct the optimum in the module, or leave it out.';
    expect(warned(results)).toBe(told);
    const report = buildReport(results, []);
    expect(renderMarkdown(report)).toContain(`**Warning:** ${told}`);
    expect(await renderHtml(report)).toContain(`<b>Warning:</b> ${told}`);
    expect(summaryTable(results, { color: false, width: 400 })).toContain(`Warning: ${told}`);
    expect(renderJson(report)).toContain(`"warning":${JSON.stringify(told)}`);
  });

  test('is not told within rounding, nor of functions whose optimum nobody declared here', () => {
    expect(warned(declared(3, 3))).toBeNull();
    expect(warned(declared(3, 3 - 1e-9))).toBeNull();
    expect(warned(declared(3, 3 - 1e-8))).not.toBeNull();
    expect(warned(declared(-1e6, -1e6 - 5e-4))).toBeNull(); // a relative 5e-10
    expect(warned(declared(0, -1e-10))).toBeNull();
    expect(warned(declared(3, 1.25, 'bbob:f101:i1:d10'))).toBeNull();
  });
});

describe('spending', () => {
  const spent = (...passes: (number | null)[]) => unequalSpending(passes.map((samplePasses, i) => ({ strategy: 'abc'[i], samplePasses })));

  test('is told where one strategy took more sample-passes than another', () => {
    // A gradient costs three: at equal evaluations 9,000 against 3,000.
    expect(spent(9000, 3000, null)).toBe(
      'They did not spend alike: a run of a took 9,000 sample-passes, 3.0 times as many as one of b (3,000).',
    );
  });

  test('is not told within a quarter, or of one strategy alone', () => {
    expect(spent(1250, 1000)).toBeNull();
    expect(spent(1251, 1000)).not.toBeNull();
    expect(spent(500, null, 0)).toBeNull();
  });

  test('names strategies that ended by themselves well before their budget', async () => {
    const results = study();
    const ended = (label: string, stop: 'converged' | 'target', evaluations: number) => ({
      ...results,
      runs: results.runs.map((run) => (run.label === label ? { ...run, stop, cost: { ...run.cost, evaluations, gradients: 0 } } : run)),
    });
    const told = (of: typeof results) =>
      earlyEndings(of.strategies.map(({ label }) => ({ strategy: label, runs: of.runs.filter((run) => run.label === label) })));
    const early = ended('ga', 'converged', 200);
    expect(told(early)).toBe('One ended by itself, before its budget: ga after 200 of 20,000 evaluations.');
    expect(told(ended('ga', 'converged', 16_000))).toBeNull(); // a fifth is left, no more
    expect(told(ended('ga', 'target', 200))).toBeNull();
    for (const document of [
      await renderHtml(buildReport(early, [])),
      renderMarkdown(buildReport(early, [])),
      summaryTable(early, { color: false, width: 400 }),
    ]) {
      expect(document).toContain('ga after 200 of 20,000 evaluations');
    }
  });

  test('names strategies of which runs diverged, and how many', async () => {
    const results = study();
    expect(compare(results).tasks[0].spending ?? '').not.toContain('diverged');
    const seed = results.runs[0].settings.seed;
    const diverged = {
      ...results,
      runs: results.runs.map((run) => (run.label === 'ga' && run.settings.seed === seed ? { ...run, stop: 'diverged' as const } : run)),
    };
    const [{ spending, task }] = compare(diverged).tasks;
    const of = task.runs[results.strategies.findIndex(({ label }) => label === 'ga')].length;
    expect(of).toBeGreaterThan(1);
    expect(spending).toContain(`("diverged"): ga in 1 of ${of} runs.`);
    for (const document of [
      await renderHtml(buildReport(diverged, [])),
      renderMarkdown(buildReport(diverged, [])),
      summaryTable(diverged, { color: false, width: 400 }),
    ]) {
      expect(document).toContain(`ga in 1 of ${of} runs`);
    }
  });

  test('stands in the page, the Markdown and the terminal', async () => {
    const results = study();
    const { spending } = compare(results).tasks[2];
    // The synthetic gradient strategies make 6,667 gradients where the others make 20,000 evaluations: nearly alike.
    expect(spending).toBeNull();
    const costly = {
      ...results,
      runs: results.runs.map((run) => (run.label === 'ga' ? { ...run, cost: { ...run.cost, samplePasses: 1 } } : run)),
    };
    const report = buildReport(costly, []);
    for (const document of [await renderHtml(report), renderMarkdown(report), summaryTable(costly, { color: false, width: 400 })]) {
      expect(document).toContain('They did not spend alike: a run of ');
    }
  });
});

describe('ranks', () => {
  test('are averaged over paired seeds, ties shared', () => {
    // By seed: 1 and 2, 2 and 1, 1.5 and 1.5, 1 and 2
    const { places } = compare(duel([1, 5, 3, 1], [2, 4, 3, null])).tasks[0].standing;
    expect(places.map(({ meanRank }) => meanRank)).toEqual([5.5 / 4, 6.5 / 4]);
  });

  test('do not exist where no seed was run by all, or nobody reached anything', () => {
    expect(compare(duel([1, undefined], [undefined, 2])).tasks[0].standing.places[0].meanRank).toBeNull();
    expect(compare(duel([null, null], [null, null])).overall.places[0].meanRank).toBeNull();
  });

  test('go by the loss above the optimum where that is known, rounding below it counting as reached', () => {
    const results = duel([-1e-14, 2], [1, 3]);
    expect(compare(results).tasks[0].standing.places[0].summary?.minimum).toBe(0);
  });
});

const cases: [string, StudyResults][] = [['a good study', study()], ...Object.entries(badStudies())];

describe.each(cases)('%s', (_, results) => {
  let report: Report;
  let html = '';
  beforeAll(async () => {
    report = buildReport(results, await chartSections());
    html = await renderHtml(report);
  });

  test('gives a page that asks for nothing from outside and whose data parse', () => {
    const blocks = [...html.matchAll(/<script type="application\/json" id="([^"]+)">(.*?)<\/script>/gs)];
    expect(blocks.map(([, id]) => id)).toEqual(['charts', 'timed-charts', 'themes']);
    for (const [, , json] of blocks) expect(() => JSON.parse(json)).not.toThrow();
    const markup = html.replace(/<script.*?<\/script>/gs, '').replace(/<style>.*?<\/style>/gs, '');
    expect(markup).not.toMatch(/\b(src|href|action|poster|data)\s*=\s*["']?\s*(https?:|\/\/|file:)/i);
    for (const [, target] of markup.matchAll(/\bhref="([^"]*)"/g)) expect(target).toMatch(/^(data:,|#who|#task-\d+|csv\/[a-z-]+\.csv)$/);
    const css = html.match(/<style>.*?<\/style>/s)?.[0] ?? '';
    expect([...css.matchAll(/url\((.{5})/g)].map(([, start]) => start)).toEqual(['data:', 'data:']);
    expect(css).not.toContain('@import');
    // Three data blocks, the chart library and the page's own script: no text of the study opens a sixth.
    expect(html.match(/<script/g)).toHaveLength(5);
    expect(html.match(/<\/script>/g)).toHaveLength(5);
    expect(markup).not.toContain('<img');
  });

  test('prints no NaN, Infinity or undefined', () => {
    const page = html.replace(/<script>.*?<\/script>/gs, '').replace(/<style>.*?<\/style>/gs, '');
    for (const document of [page, renderMarkdown(report), renderJson(report), summaryTable(results, { color: false, width: 100 })]) {
      expect(document).not.toMatch(/NaN|Infinity|undefined|\[object/);
    }
  });

  test('fits the terminal', () => {
    for (const width of [20, 40, 80, 200]) {
      const lines = summaryTable(results, { color: false, width }).split('\n');
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
      expect(lines.join('')).not.toMatch(/[\u0000-\u001f]/);
    }
  });

  test('names its charts once each, and its Markdown links to each of them', () => {
    const ids = report.sections.flatMap((section) => section.charts.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9.-]*$/);
    const links = [...renderMarkdown(report).matchAll(/\]\(charts\/([^)]+)\.png\)/g)].map(([, id]) => id);
    expect(links).toEqual(picturesOf(report).map(({ id }) => id));
  });
});

describe('what cannot be computed', () => {
  const of = (name: string, task = 2) => compare(badStudies()[name]).tasks[task];
  const times = (compared: ReturnType<typeof of>, strategy: number) =>
    compared.targets.table.evaluations.map(({ target, times: list }) => [target, list[strategy].value, list[strategy].successes]);

  test('a strategy that always fails is told from nobody that is good, has no times, and its runs are counted', () => {
    const { standing, cells, targets } = of('one strategy failed everywhere');
    expect(cells[3]).toMatchObject({ done: 0, failed: 7, loss: { count: 7, median: null } });
    expect(standing.places[3]).toMatchObject({ meanRank: 4, interquartileMean: null });
    expect(standing.verdict).toMatchObject({ certainty: 'clear', leader: 'ga' });
    expect(standing.duels.find(({ against }) => against === 'pso')).toMatchObject({ a12: 1, winRate: 1 });
    for (const { times: list } of targets.table.evaluations) expect(list[3]).toEqual({ value: null, successes: 0, runs: 7 });
  });

  test('a strategy that fails late is no better for what it had found until then', () => {
    const whole = study();
    const runs = whole.runs.map((run) => (run.label === 'ga' ? { ...run, status: 'failed' as const, error: 'out of time' } : run));
    const { standing, cells, targets } = compare({ ...whole, runs }).tasks[2];
    expect(compare(whole).tasks[2].standing.verdict.leader).toBe('ga');
    expect(standing.verdict).toMatchObject({ certainty: 'clear', leader: 'pso' });
    expect(cells[2]).toMatchObject({ done: 0, failed: 7, loss: { count: 7, median: null } });
    expect(standing.places[2].meanRank).toBe(4);
    for (const { times: list } of targets.table.evaluations) expect(list[2]).toEqual({ value: null, successes: 0, runs: 7 });
  });

  test('a problem whose evaluations are all NaN has no winner and no targets, in words, and harms no other', async () => {
    const results = badStudies()['a problem whose evaluations are all NaN'];
    const { standing, targets } = compare(results).tasks[0];
    expect(standing.verdict).toEqual({
      certainty: 'nothing to compare',
      leader: null,
      sentence: 'No strategy has a training loss: its runs failed, found nothing finite or are missing.',
    });
    expect(targets.kind).toBe('none');
    const report = buildReport(results, await chartSections());
    for (const document of [await renderHtml(report), renderMarkdown(report)]) {
      expect(document).toContain('There are no targets on this problem');
    }
    expect(compare(results).tasks[2].standing.verdict.certainty).toBe('clear');
    expect(compare(results).overall.tasks).toBe(2);
  });

  test('of a study that is not finished, only the problems count that every strategy has run on', () => {
    const whole = study();
    const [first, second, third] = whole.problems.map(({ id }) => id);
    const without = (skip: (problem: string, label: string) => boolean) =>
      compare({ ...whole, runs: whole.runs.filter((run) => !skip(run.settings.problem, run.label)) });
    const onTwo = compare({ ...whole, problems: whole.problems.slice(0, 2), runs: whole.runs.filter((r) => r.settings.problem !== third) });

    const { overall, tasks } = without((problem, label) => problem === third && label !== 'sgd');
    expect(overall).toMatchObject({ tasks: 2, waiting: 1 });
    expect(overall.places).toEqual(onTwo.overall.places);
    expect(overall.sentence).toMatch(/^Over 2 problems, without 1 problem on which a strategy has not run yet, /);
    expect(tasks[2].standing.verdict.sentence).not.toContain('No strategy has run');

    const begun = without((problem, label) => problem !== first && label === 'ga');
    expect(begun.overall).toMatchObject({ tasks: 1, waiting: 2 });
    expect(begun.overall.sentence).toBe('Nothing is said over all problems: there are 2 problems on which a strategy has not run yet.');

    const never = without((problem) => problem === second);
    expect(never.tasks[1].standing.verdict.sentence).toBe('No strategy has run on it yet.');
    expect(never.overall).toMatchObject({ tasks: 2, waiting: 1 });

    const { places, waiting } = without((_, label) => label === 'ga').overall;
    expect(places.find(({ strategy }) => strategy === 'ga')).toMatchObject({ meanRank: null, score: null });
    expect(places.filter(({ meanRank }) => meanRank !== null).length).toBe(3);
    expect(waiting).toBe(0);
  });

  test('one run alone is not compared', () => {
    const { standing } = of('one run only', 0);
    expect(standing.verdict).toMatchObject({ certainty: 'nothing to compare', leader: null });
    expect(standing.verdict.sentence).toMatch(/^One strategy alone: sgd reaches a median training loss of /);
    expect(standing).toMatchObject({ duels: [], friedman: null, winRates: [[null]] });
    expect(compare(badStudies()['one run only']).overall).toMatchObject({ friedman: null, sentence: '' });
  });

  test('with unequal numbers of runs, strategies are compared on what they share, and each time says of how many runs it is', () => {
    const { standing, targets, task } = of('runs missing here and there');
    expect(standing.pairedRuns).toBe(task.pairs.length);
    expect(standing.pairedRuns).toBeLessThan(7);
    expect(targets.table.evaluations[0].times.map(({ runs }) => runs)).toEqual(task.runs.map(({ length }) => length));
    expect(new Set(task.runs.map(({ length }) => length)).size).toBeGreaterThan(1);
  });

  test('ties everywhere are ties: equal ranks, p = 1', () => {
    const { standing } = of('ties everywhere');
    expect(standing.verdict.certainty).toBe('tie');
    expect(standing.places.map(({ meanRank }) => meanRank)).toEqual([2.5, 2.5, 2.5, 2.5]);
    expect(standing.friedman).toMatchObject({ statistic: 0, p: 1 });
    expect(compare(badStudies()['ties everywhere']).overall.improvement[0][1]).toBe(0.5);
  });

  test('a target hit at the first evaluation takes one evaluation, in every run', () => {
    const first = of('a target hit at the first evaluation');
    expect(new Set(times(first, 2).map(([, value, successes]) => `${value} ${successes}`))).toEqual(new Set(['1 7']));
    expect(first.targets.scores[2]).toEqual([[1, 1, 1, 1, 1, 1, 1]]);
  });

  test('without a success there is no expected time', () => {
    const missed = of('no target reached');
    for (const strategy of [0, 1, 2, 3]) {
      expect(new Set(times(missed, strategy).map(([, value, n]) => `${value} ${n}`))).toEqual(new Set(['null 0']));
    }
    expect(renderMarkdown(buildReport(badStudies()['no target reached'], []))).toContain('none (0/7)');
  });

  test('the same strategy twice is a tie with equal times', () => {
    const { standing, targets } = of('the same strategy twice');
    expect(standing.verdict.certainty).toBe('tie');
    expect(standing.winRates[0][1]).toBe(0.5);
    for (const { times: list } of targets.table['sample-passes']) expect(list[0]).toEqual(list[1]);
    expect(compare(badStudies()['the same strategy twice']).overall.sentence).toContain('pso and pso again share the best mean rank');
  });

  test('runs on different seeds are compared as samples', () => {
    const { standing } = of('strategies on different seeds');
    expect(standing).toMatchObject({ pairedRuns: 0, friedman: null });
    // seven below seven: 2 of 3432 ways
    expect(standing.duels[0]).toMatchObject({ test: 'rank-sum', runs: 14, p: Number((2 / 3432).toPrecision(6)), winRate: null });
    expect(standing.verdict).toMatchObject({ certainty: 'clear', leader: 'ga' });
  });
});

describe('instances of one function', () => {
  const large = largeStudy(3, 2, 8, 3);

  test('are one row, their runs paired by instance and seed', () => {
    const { tasks } = compare(large);
    expect(tasks.map(({ task }) => [task.id, task.problems.length, task.pairs.length])).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((f) => [`bbob:f${f}:d5`, 3, 6]),
    );
    expect(tasks[0].task.title).toBe('BBOB f1, 5-D');
    for (const [run, other] of tasks[0].task.pairs) {
      expect([run.settings.problem, run.settings.seed]).toEqual([other.settings.problem, other.settings.seed]);
    }
  });

  test('have the expected times that their traces say, to the evaluation', () => {
    const [{ task, targets }] = compare(large).tasks;
    for (const { target, times } of targets.table.evaluations) {
      task.runs.forEach((runs, s) => {
        let spent = 0;
        let successes = 0;
        for (const { trace, settings } of runs) {
          const { optimum = 0 } = task.problems.find(({ id }) => id === settings.problem) ?? {};
          const row = trace.loss.findIndex((loss) => loss !== null && loss - optimum <= target);
          spent += trace.evaluations[row < 0 ? trace.evaluations.length - 1 : row];
          if (row >= 0) successes++;
        }
        expect(times[s]).toEqual({ value: successes > 0 ? Number((spent / successes).toPrecision(6)) : null, successes, runs: 6 });
      });
    }
  });

  test('of more than six functions are folded, with a link from the first screen to each', async () => {
    const html = await renderHtml(buildReport(large, await chartSections()));
    expect(html.match(/<details class="task" id="task-\d"/g)).toHaveLength(8);
    for (let f = 0; f < 8; f++) expect(html).toContain(`href="#task-${f}"`);
    expect(html).toContain('3 strategies (strategy-1, strategy-2 and strategy-3) on 8 problems in 24 instances, 2 seeds each');
  });

  test('are ranked together over the functions by their medians', () => {
    const { overall, tasks } = compare(large);
    expect(overall.friedman?.blocks).toBe(8);
    const ranks = tasks.map(({ standing }) => averageRanks(standing.places.map(({ summary }) => summary?.median ?? null)));
    overall.places.forEach(({ meanRank }, s) => {
      expect(meanRank).toBeCloseTo(ranks.reduce((sum, block) => sum + block[s], 0) / 8, 5);
    });
  });
});

test.each([
  [4, 7],
  [28, 1],
])(
  '24 functions and %i strategies with %i seeds make a page under 5 MB, which further instances do not change much',
  async (strategies, seeds) => {
    const html = await renderHtml(buildReport(largeStudy(strategies, seeds, 24, 2), await chartSections()));
    expect(html.length).toBeLessThan(5e6);
  },
);

test('the probability of improvement stands with its interval on the page, in Markdown and in the table', async () => {
  // 1 .. 6 against 11 .. 16: every run of the one is better, in every resample
  const report = buildReport(duel([1, 2, 3, 4, 5, 6], [11, 12, 13, 14, 15, 16]), []);
  const [page, markdown] = [await renderHtml(report), renderMarkdown(report)];
  for (const text of [page, markdown]) {
    expect(text).toContain('100.0 % (100.0 to 100.0)');
    expect(text).toMatch(/[ >]0\.0 % \(0\.0 to 0\.0\)/);
    expect(text).toContain('csv/improvement.csv');
  }
  const rows = [...(csvFiles(report).get('improvement')?.() ?? [])];
  expect(rows).toEqual(['strategy,against,probability,low,high\n', 'sgd,adam,1,1,1\n', 'adam,sgd,0,0,0\n']);
  // one strategy alone is compared with nobody
  const alone = buildReport(badStudies()['one run only'], []);
  expect(renderMarkdown(alone)).not.toContain('How likely a run');
  expect(await renderHtml(alone)).not.toContain('How likely a run');
});

test('data profiles count what was solved, however far the optimum is from zero', async () => {
  const large = largeStudy(3, 2, 8, 3);
  const kinds = (await chartSections()).filter(({ id }) => id === 'profiles');
  const chart = buildReport(large, kinds).sections[0].charts.find(({ id }) => id === 'data-profile-1');
  const last = chart?.table.rows.filter(([strategy]) => strategy === 'strategy-1').at(-1);
  // Of 48 runs: those whose last loss is within a tenth of the way from the median first loss to the best on their instance.
  let solved = 0;
  for (const { id } of large.problems) {
    const runs = large.runs.filter(({ settings }) => settings.problem === id);
    const starts = runs.map(({ trace }) => trace.loss[0] as number).sort((a, b) => a - b);
    const start = (starts[2] + starts[3]) / 2;
    const best = Math.min(...runs.map(({ final }) => final.loss as number));
    for (const { label, final } of runs) {
      if (label === 'strategy-1' && (final.loss as number) <= best + 0.1 * (start - best)) solved++;
    }
  }
  expect(solved).toBeGreaterThan(10);
  expect(last?.[3]).toBeCloseTo(solved / 48, 5);
});

test('two executions differ in times alone', async () => {
  const sections = await chartSections();
  const [first, second] = [study({ clock: 1 }), study({ clock: 2 })].map((results) => buildReport(results, sections));
  expect(renderJson(first)).not.toBe(renderJson(second));
  const untimed = (report: typeof first) => JSON.stringify(withoutTimes(JSON.parse(renderJson(report))));
  expect(untimed(first)).toBe(untimed(second));
  expect(withoutTimedText(renderMarkdown(first))).toBe(withoutTimedText(renderMarkdown(second)));
  const pages = [await renderHtml(first), await renderHtml(second)];
  expect(pages[0]).not.toBe(pages[1]);
  expect(withoutTimedText(pages[0])).toBe(withoutTimedText(pages[1]));
  // What is dropped is the times, not the report.
  expect(withoutTimedText(pages[0]).length).toBeGreaterThan(0.7 * pages[0].length);
});

test('the same results give the same bytes', async () => {
  const sections = await chartSections();
  const page = () => renderHtml(buildReport(study(), sections));
  expect(await page()).toBe(await page());
});

test('failed and missing runs are listed with the reason', () => {
  const whole = study();
  const results = { ...whole, runs: whole.runs.slice(1).map((run, i) => (i === 0 ? failed(run, 'the disk is full') : run)), missing: 1 };
  const report = buildReport(results, []);
  expect(report.failed).toEqual([{ problem: 'iris', strategy: 'sgd', seed: 2, reason: 'the disk is full' }]);
  expect(report.missing).toMatchObject([{ problem: 'iris', strategy: 'sgd', seed: 1 }]);
  expect(report.what).toContain('82 of 84 runs finished, 1 failed and 1 not yet run');
  expect(renderMarkdown(report)).toContain('the disk is full');
});

test('colour marks the leader and nothing else changes', () => {
  const plain = summaryTable(study(), { color: false, width: 100 });
  const painted = summaryTable(study(), { color: true, width: 100 });
  expect(painted).not.toBe(plain);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours
  expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  expect(painted).toContain('\u001b[32madam');
});
