/** The page's own script, in a real browser where one is installed: what its switches do, and that it asks nobody for anything. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { renderHtml } from '../../reports/html.js';
import { buildReport } from '../../reports/report.js';
import { chartSections } from '../../reports/sections.js';
import { type Browser, browser, browserNames, drivePage } from './browser.js';
import { study } from './synthetic.js';

interface Drawn {
  readonly strategies: readonly string[];
  readonly x: string;
  readonly y: string;
}

/** What the driver saw, step by step. */
interface Seen {
  readonly errors: readonly string[];
  readonly requests: readonly string[];
  readonly labels: readonly string[];
  readonly start: readonly Drawn[];
  readonly without: { readonly drawn: readonly Drawn[]; readonly pressed: string; readonly rows: number; readonly rowsShown: number };
  readonly again: readonly Drawn[];
  readonly evaluations: readonly Drawn[];
  readonly tablesOfAxis: readonly string[];
  readonly linear: readonly Drawn[];
  readonly tableRows: number;
  readonly unfolded: boolean;
  readonly controls: number;
  readonly unreachable: readonly string[];
  readonly unmarked: readonly string[];
  readonly unnamed: readonly string[];
}

/** Runs within the page, as its own source text: so it may refer to nothing outside itself. */
async function drive(window: Browser): Promise<Seen> {
  const { document } = window;
  const all = (selector: string): Browser[] => Array.from(document.querySelectorAll(selector));
  const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => window.setTimeout(resolve, milliseconds));
  const drawn = (): Drawn[] =>
    all('figure[data-group] canvas').flatMap((canvas) => {
      const chart = window.Chart.getChart(canvas);
      if (chart === undefined || chart.config.type !== 'line') return [];
      const strategies = [...new Set<string>(chart.data.datasets.map((set: Browser) => set.strategy))];
      return [{ strategies, x: String(chart.options.scales.x.title.text), y: chart.options.scales.y.type }];
    });
  await document.fonts.ready;
  await wait(100);
  const click = (selector: string): void => document.querySelector(selector).click();
  const toggles = all('[data-toggle]');
  const labels = toggles.map(({ dataset }) => dataset.toggle);
  const start = drawn();
  toggles[0].click();
  const rows = all('tr[data-strategy]').filter(({ dataset }) => dataset.strategy === labels[0]);
  const without = {
    drawn: drawn(),
    pressed: toggles[0].getAttribute('aria-pressed'),
    rows: rows.length,
    rowsShown: rows.filter((row) => row.offsetParent !== null).length,
  };
  toggles[0].click();
  const again = drawn();
  click('[data-axis=evaluations]');
  const evaluations = drawn();
  const tablesOfAxis = all('[data-when]').flatMap(({ hidden, dataset }) => (hidden ? [] : [dataset.when]));
  click('[data-scale=linear]');
  const linear = drawn();
  document.querySelector('figure[data-group] details').open = true;
  await wait(100);
  const tableRows = all('figure[data-group] details[open] tbody tr').length;
  const fold = document.createElement('details');
  fold.id = 'probe';
  document.body.append(fold);
  window.location.hash = '#probe';
  await wait(100);
  for (const details of all('details')) details.open = true;
  const controls = all('button, summary, a[href], .scroll, pre').filter((element) => element !== fold && element.offsetParent !== null);
  const what = (element: Browser): string => String(element.outerHTML).slice(0, 120);
  const unreachable: string[] = [];
  const unmarked: string[] = [];
  for (const element of controls) {
    element.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement !== element || element.tabIndex < 0) unreachable.push(what(element));
    const { outlineStyle, outlineWidth } = window.getComputedStyle(element);
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) unmarked.push(what(element));
  }
  const words = (id: string | null): string => (id === null ? '' : (document.getElementById(id)?.textContent ?? ''));
  const unnamed = [
    ...all('button, summary, a[href], legend').filter(({ textContent }) => textContent.trim() === ''),
    ...all('.scroll').filter((box) => (box.getAttribute('aria-label') ?? '') === '' || box.getAttribute('role') !== 'region'),
    ...all('canvas').filter((canvas) => canvas.getAttribute('role') !== 'img' || words(canvas.getAttribute('aria-labelledby')) === ''),
    ...all('section').filter((section) => words(section.getAttribute('aria-labelledby')) === ''),
    ...all('fieldset').filter((fieldset) => fieldset.querySelector('legend') === null),
  ].map(what);
  const requests = window.performance
    .getEntriesByType('resource')
    .map(({ name }: { name: string }) => name)
    .filter((name: string) => !name.startsWith('data:'));
  const unfolded = fold.open;
  const { errors } = window;
  const seen = { errors, requests, labels, start, without, again, evaluations, tablesOfAxis, linear, tableRows, unfolded };
  return { ...seen, controls: controls.length, unreachable, unmarked, unnamed };
}

if (browser === undefined) {
  test.skip(`the page in a browser: skipped, because none of ${browserNames.join(', ')} is in the PATH`, () => {});
} else {
  describe('the page in a browser', () => {
    let seen: Seen;
    beforeAll(async () => {
      const kinds = (await chartSections()).filter(({ id }) => ['convergence', 'final-loss', 'ecdf'].includes(id));
      seen = await drivePage(await renderHtml(buildReport(study({ seeds: 3 }), kinds)), drive);
    }, 120_000);

    test('draws every chart for every strategy, without an error or a warning', () => {
      expect(seen.errors).toEqual([]);
      expect(seen.start.length).toBeGreaterThan(2);
      for (const { strategies } of seen.start) expect(strategies).toEqual(expect.arrayContaining([...seen.labels]));
    });

    test('asks nobody for anything', () => {
      expect(seen.requests).toEqual([]);
    });

    test('hides a strategy in all charts and tables, and shows it again', () => {
      const [first, ...others] = seen.labels;
      expect(seen.without.pressed).toBe('false');
      expect(seen.without.rows).toBeGreaterThan(0);
      expect(seen.without.rowsShown).toBe(0);
      for (const { strategies } of seen.without.drawn) {
        expect(strategies).not.toContain(first);
        expect(strategies).toEqual(expect.arrayContaining(others));
      }
      expect(seen.again).toEqual(seen.start);
    });

    test('switches the axis, in charts and in tables', () => {
      for (const { x } of seen.start) expect(x).toMatch(/^Sample-passes/);
      for (const { x } of seen.evaluations) expect(x).toMatch(/^Evaluations/);
      expect(seen.tablesOfAxis.length).toBeGreaterThan(0);
      for (const axes of seen.tablesOfAxis) expect(axes.split(' ')).toContain('evaluations');
    });

    test('switches the scale', () => {
      expect(seen.start.map(({ y }) => y)).toContain('logarithmic');
      expect(new Set(seen.linear.map(({ y }) => y))).toEqual(new Set(['linear']));
    });

    test('fills a table when it is opened, and opens a fold that a link leads to', () => {
      expect(seen.tableRows).toBeGreaterThan(0);
      expect(seen.unfolded).toBe(true);
    });

    test('can be used by the keyboard, and read out', () => {
      expect(seen.controls).toBeGreaterThan(20);
      expect(seen.unreachable).toEqual([]);
      expect(seen.unmarked).toEqual([]);
      expect(seen.unnamed).toEqual([]);
    });
  });
}
