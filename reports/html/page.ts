/**
 * What the page does: draws the charts, hides strategies, switches axes and scales, and fills the data tables when they are
 * opened. It is put into the page as its own source text: so `page` may refer to nothing outside itself.
 */
import type { Chart, CostAxis } from '../chart.js';
import type { Frame, finish, Theme } from '../finish.js';

export type PageChart = Pick<Chart, 'id' | 'title' | 'summary' | 'group' | 'axis' | 'config'> & Partial<Pick<Chart, 'table'>>;

// biome-ignore lint/suspicious/noExplicitAny: the browser's own objects, which are not in a Node library's types
type Browser = any;

export function page(window: Browser, charts: PageChart[], themes: { light: Theme; dark: Theme }, complete: typeof finish): void {
  const document: Browser = window.document;
  const all = (selector: string): Browser[] => Array.from(document.querySelectorAll(selector));
  const night = window.matchMedia('(prefers-color-scheme: dark)');
  const narrow = window.matchMedia('(max-width: 560px)');
  const hidden = new Set<string>();
  const drawn = new Map<Browser, Browser>();
  let axis: CostAxis = 'sample-passes';
  let scale = 'logarithmic';
  let paper = false;

  /** Points come as columns; x is left out where it is that of the dataset before. */
  const unpack = (sets: Browser[]): void => {
    let x: unknown[] = [];
    for (const set of sets) {
      if (set.data.y === undefined) continue;
      x = set.data.x ?? x;
      const column = x;
      set.data = set.data.y.map((y: unknown, index: number) => ({ x: column[index], y }));
    }
  };

  const chartOf = (figure: Browser): PageChart | undefined => {
    const group = charts.filter((chart) => chart.group === figure.dataset.group);
    return group.find((chart) => chart.axis === axis) ?? group[0];
  };

  /** The chart as it is now asked for: without the hidden strategies, on the chosen scale. */
  const configure = (chart: PageChart): Browser => {
    const config: Browser = JSON.parse(JSON.stringify(chart.config));
    const sets: Browser[] = config.data.datasets;
    unpack(sets);
    config.data.datasets = sets.filter((set) => set.strategy === undefined || !hidden.has(set.strategy));
    const labels: string[] | undefined = config.data.labels;
    if (labels !== undefined) {
      config.data.labels = labels.filter((label) => !hidden.has(label));
      for (const set of config.data.datasets) set.data = set.data.filter((_: unknown, index: number) => !hidden.has(labels[index]));
    }
    if (scale === 'linear') {
      for (const each of Object.values<Browser>(config.options.scales)) if (each.type === 'logarithmic') each.type = 'linear';
    }
    const frame: Frame = { font: '"Zeroth Sans", system-ui, sans-serif', legend: chart.config.type === 'bar', narrow: narrow.matches };
    return complete(config, night.matches && !paper ? themes.dark : themes.light, frame);
  };

  const fill = (figure: Browser): void => {
    const chart = chartOf(figure);
    const place = figure.querySelector('.data');
    if (chart?.table === undefined || !figure.querySelector('details').open) return;
    const { columns, rows } = chart.table;
    const element = (name: string, content?: string | number | null): Browser => {
      const made = document.createElement(name);
      if (content !== undefined) made.textContent = content === null ? 'none' : String(content);
      return made;
    };
    const table = element('table');
    table.append(Object.assign(element('caption', chart.title), { className: 'unseen' }));
    const head = table.createTHead().insertRow();
    const numeric = columns.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
    columns.forEach((column, index) => {
      head.append(Object.assign(element('th', column), { scope: 'col', className: numeric[index] ? 'number' : '' }));
    });
    const body = table.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      row.forEach((value, index) => {
        line.append(Object.assign(element('td', value), { className: numeric[index] ? 'number' : '' }));
      });
    }
    const box = Object.assign(element('div'), { className: 'scroll', tabIndex: 0 });
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', chart.title);
    box.append(table);
    place.replaceChildren(box);
  };

  const draw = (figure: Browser): void => {
    const chart = chartOf(figure);
    if (chart === undefined) return;
    drawn.get(figure)?.destroy();
    figure.querySelector('figcaption').textContent = chart.summary;
    drawn.set(figure, new window.Chart(figure.querySelector('canvas'), configure(chart)));
    fill(figure);
  };
  const redraw = (): void => {
    for (const figure of [...drawn.keys()]) draw(figure);
  };

  const press = (selector: string, pressed: (button: Browser) => boolean): void => {
    for (const button of all(selector)) button.setAttribute('aria-pressed', String(pressed(button)));
  };
  for (const button of all('[data-toggle]')) {
    button.addEventListener('click', () => {
      const label: string = button.dataset.toggle;
      if (!hidden.delete(label)) hidden.add(label);
      press('[data-toggle]', ({ dataset }) => !hidden.has(dataset.toggle));
      for (const row of all('tr[data-strategy]')) row.hidden = hidden.has(row.dataset.strategy);
      redraw();
    });
  }
  for (const button of all('[data-axis]')) {
    button.addEventListener('click', () => {
      axis = button.dataset.axis;
      press('[data-axis]', ({ dataset }) => dataset.axis === axis);
      for (const each of all('[data-when]')) each.hidden = !each.dataset.when.split(' ').includes(axis);
      redraw();
    });
  }
  for (const button of all('[data-scale]')) {
    button.addEventListener('click', () => {
      scale = button.dataset.scale;
      press('[data-scale]', ({ dataset }) => dataset.scale === scale);
      redraw();
    });
  }

  const figures = all('figure[data-group]');
  for (const figure of figures) figure.querySelector('details')?.addEventListener('toggle', () => fill(figure));
  for (const query of [night, narrow]) query.addEventListener('change', redraw);
  window.addEventListener('beforeprint', () => {
    paper = true;
    for (const figure of figures) if (figure.offsetParent !== null) draw(figure);
  });
  window.addEventListener('afterprint', () => {
    paper = false;
    redraw();
  });
  // Charts are there when the page has loaded, so that whatever prints or keeps it then has them. A study of many problems
  // has many: beyond the first ones, and in folds, each is drawn when it comes near.
  const shown = figures.filter((figure) => figure.closest('details') === null);
  const eager = shown.slice(0, 24);
  for (const figure of eager) draw(figure);
  const watch = new window.IntersectionObserver(
    (entries: Browser[]) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        watch.unobserve(entry.target);
        draw(entry.target);
      }
    },
    { rootMargin: '800px' },
  );
  for (const figure of figures) if (!eager.includes(figure)) watch.observe(figure);
  // A link to a fold opens it.
  const unfold = (): void => {
    const fold = document.getElementById(window.location.hash.slice(1));
    if (fold?.tagName === 'DETAILS') fold.open = true;
  };
  window.addEventListener('hashchange', unfold);
  unfold();
  // The canvas does not wait for the page's font.
  document.fonts.ready.then(redraw);
}
