import { describe, expect, test } from '@jest/globals';
import { createCanvas, GlobalFonts, loadImage } from '@napi-rs/canvas';
import type { Chart } from '../../reports/chart.js';
import { fileNames } from '../../reports/chart.js';
import { compare } from '../../reports/comparison.js';
import { type FinishedConfig, finish } from '../../reports/finish.js';
import { dark, light, look } from '../../reports/palette.js';
import { renderPng, width } from '../../reports/png.js';
import { chartSections } from '../../reports/sections.js';
import type { StudyResults } from '../../src/study/results.js';
import { badStudies, study } from './synthetic.js';

async function chartsOf(results: StudyResults): Promise<Chart[]> {
  const comparison = compare(results);
  return (await chartSections()).filter((section) => section.applies(results)).flatMap((section) => section.make(results, comparison));
}

const frame = { font: 'sans-serif', legend: true };

test('every chart is plain data: JSON gives it back as it was', async () => {
  const charts = await chartsOf(study());
  expect(charts.length).toBeGreaterThan(10);
  for (const chart of charts) expect(JSON.parse(JSON.stringify(chart))).toEqual(chart);
});

test('charts of bad studies hold only numbers that exist', async () => {
  for (const results of Object.values(badStudies())) {
    for (const chart of await chartsOf(results)) {
      // JSON would turn NaN and infinities into null without a word.
      const wrong: unknown[] = [];
      const walk = (value: unknown): void => {
        if (typeof value === 'number') {
          if (!Number.isFinite(value)) wrong.push(value);
        } else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
      };
      walk(chart);
      expect([chart.id, wrong]).toEqual([chart.id, []]);
    }
  }
});

test('a strategy that only asks for gradients still moves along the evaluations', async () => {
  const chart = (await chartsOf(study())).find(({ id }) => id === 'convergence-iris-evaluations');
  const sgd = chart?.table.rows.filter(([strategy]) => strategy === 'sgd') ?? [];
  expect(sgd[sgd.length - 1][1]).toBe(6667);
});

test('where runs have ended the line is faint: from the step on in which the first did', async () => {
  const whole = study();
  // one run ends early
  const cut = whole.runs.find(({ label, settings }) => label === 'pso' && settings.problem === 'rastrigin:d10');
  const short = (list: readonly number[] | undefined) => list?.slice(0, Math.floor((cut?.trace.evaluations.length ?? 0) / 2)) ?? [];
  const trace = { ...cut?.trace, evaluations: short(cut?.trace.evaluations), loss: short(cut?.trace.loss as number[]) };
  const runs = whole.runs.map((run) => (run === cut ? { ...run, trace: { ...run.trace, ...trace } } : run));
  const chart = (await chartsOf({ ...whole, runs })).find(({ id }) => id === 'convergence-rastrigin-d10-evaluations');
  const line = (label: string) => chart?.config.data.datasets.find((dataset) => dataset.label === label);
  expect(line('ga')?.faintFrom).toBeUndefined();
  const points = line('pso')?.data as { x: number }[];
  const from = line('pso')?.faintFrom ?? -1;
  const end = trace.evaluations.at(-1) as number;
  expect([points[from].x <= end, points[from + 1].x > end]).toEqual([true, true]);
});

test('a logarithmic axis is never given zero or less', async () => {
  for (const chart of await chartsOf(badStudies()['the optimum reached exactly'])) {
    const scales = chart.config.options.scales as Record<'x' | 'y', { type: string }>;
    const points = chart.config.data.datasets.flatMap(({ data }) => data as { x: number; y: number | null }[]);
    if (scales.x.type === 'logarithmic') expect(points.filter(({ x }) => x <= 0)).toEqual([]);
    if (scales.y.type === 'logarithmic') expect(points.filter(({ y }) => y !== null && y <= 0)).toEqual([]);
  }
});

test('ranks are drawn from 1 to the number of strategies, whatever the critical difference', async () => {
  const [chart] = (await chartsOf(study({ seeds: 5 }))).filter(({ id }) => id.startsWith('critical-difference'));
  const { x } = chart.config.options.scales as { x: { min: number; max: number } };
  expect([x.min, x.max]).toEqual([1, 4]);
  const drawn = chart.config.data.datasets.flatMap(({ data }) => (data as { x: number }[]).map((point) => point.x));
  expect(Number(chart.table.rows[0][2])).toBeGreaterThan(2); // half a bar would not fit beside the best
  expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([1, 4]);
});

test('a strategy looks the same in every chart', async () => {
  const whole = study();
  for (const chart of await chartsOf(whole)) {
    const finished = finish(chart.config, light, frame);
    for (const dataset of finished.data.datasets) {
      if (dataset.strategy === undefined) continue;
      const index = whole.strategies.findIndex(({ label }) => label === dataset.strategy);
      expect(dataset.borderColor.slice(0, 7)).toBe(light.strategies[index]);
    }
  }
});

test('fourteen strategies have fourteen looks', () => {
  const looks = Array.from({ length: 14 }, (_, index) => JSON.stringify([light.strategies[index % 7], look(index)]));
  expect(new Set(looks).size).toBe(14);
});

test('distinct problems have distinct file names, none of them a path', () => {
  const ids = ['mnist(784-32-10,relu)', 'mnist(784-32-10/relu)', '../../etc', '()', '[]', 'a'.repeat(300)];
  const names = [...fileNames(ids).values()];
  expect(new Set(names).size).toBe(ids.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9.-]{0,70}$/);
});

describe('finish', () => {
  const scale = (type: string, format: string): FinishedConfig['options'] =>
    finish({ type: 'line', data: { datasets: [] }, options: { scales: { x: { type, format } } } }, light, frame).options.scales.x;
  const ticks = (min: number, max: number): number[] => {
    const axis = { min, max, ticks: [] as { value: number }[] };
    scale('logarithmic', 'count').afterBuildTicks(axis);
    return axis.ticks.map(({ value }) => value);
  };

  const labels = (format: string, values: readonly number[], type = 'linear'): string[] => {
    const ticks = values.map((value) => ({ value }));
    return values.map((value, index) => scale(type, format).ticks.callback(value, index, ticks));
  };

  test('writes ticks that can be read', () => {
    expect(labels('count', [1, 10, 100, 1e3, 1e4, 2.5e6])).toEqual(['1', '10', '100', '1k', '10k', '2.5M']);
    expect(labels('seconds', [0.001, 0.25, 1, 100], 'logarithmic')).toEqual(['1 ms', '250 ms', '1 s', '100 s']);
    expect(labels('percent', [0, 0.975, 1])).toEqual(['0 %', '97.5 %', '100 %']);
  });

  test('writes all ticks of one axis in one style', () => {
    expect(labels('loss', [0, 0.005, 0.01, 0.015])).toEqual(['0', '0.005', '0.01', '0.015']);
    expect(labels('loss', [0, 2e-4, 4e-4])).toEqual(['0', '2e-4', '4e-4']);
    expect(labels('loss', [0.001, 0.01, 0.1, 1, 10], 'logarithmic')).toEqual(['0.001', '0.01', '0.1', '1', '10']);
    expect(labels('loss', [1e-4, 0.01, 1, 100, 1e4], 'logarithmic')).toEqual(['1e-4', '1e-2', '1', '100', '1e4']);
    expect(labels('seconds', [0, 0.5, 1, 1.5])).toEqual(['0 s', '0.5 s', '1 s', '1.5 s']);
    expect(labels('seconds', [0, 0.05, 0.1])).toEqual(['0 s', '50 ms', '100 ms']);
  });

  test('breaks a long title where there is no room for it', () => {
    const title = { display: true, text: 'Evaluations (a gradient counts as one)' };
    const config = {
      type: 'line' as const,
      data: { datasets: [] },
      options: { scales: { x: { type: 'linear', format: 'count', title } } },
    };
    const shown = (narrow: boolean): unknown => finish(config, light, { ...frame, narrow }).options.scales.x.title.text;
    expect(shown(false)).toBe(title.text);
    expect(shown(true)).toEqual(['Evaluations', '(a gradient counts as one)']);
  });

  test('puts logarithmic ticks on decades, fewer where there are many, some between where there are few', () => {
    expect(ticks(3, 20000)).toEqual([10, 100, 1000, 10000]);
    // fifteen decades, every third, counted from the last
    expect(ticks(1e-12, 100)).toEqual([1e-10, 1e-7, 1e-4, 1e-1, 1e2]);
    expect(ticks(0.02, 0.2)).toContain(0.1);
    expect(ticks(1.6, 1.7).length).toBeGreaterThanOrEqual(2);
  });

  test('leaves the data as they are and needs nothing outside itself', async () => {
    const [chart] = await chartsOf(study());
    const before = JSON.stringify(chart.config);
    // What the page does: only the source text is there.
    const alone = new Function(`return ${finish.toString()}`)() as typeof finish;
    expect(JSON.stringify(alone(chart.config, dark, frame))).toBe(JSON.stringify(finish(chart.config, dark, frame)));
    expect(JSON.stringify(chart.config)).toBe(before);
  });
});

describe('PNG', () => {
  test("has its signature, twice the pixels, a white ground and something drawn in the strategies' colours", async () => {
    for (const chart of (await chartsOf(study())).filter(({ id }) =>
      /convergence-rastrigin-d10-eval|final-accuracy-iris|cost-split-iris|final-loss-iris/.test(id),
    )) {
      const png = renderPng(chart);
      expect([...png.slice(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
      const image = await loadImage(Buffer.from(png));
      expect([image.width, image.height]).toEqual([2 * width, 2 * chart.height]);
      const canvas = createCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const pixels = context.getImageData(0, 0, image.width, image.height).data;
      expect([...pixels.slice(0, 4)]).toEqual([255, 255, 255, 255]);
      const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
      const counts = new Map<number, number>();
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
      // Bytes are red, green, blue, opacity, from the lowest up.
      const count = (color: string) => counts.get(Buffer.from(`${color.slice(1)}ff`, 'hex').readUInt32LE()) ?? 0;
      const expected = chart.config.type === 'bar' ? Object.values(light.neutral) : light.strategies.slice(0, 4);
      for (const color of expected) expect([color, count(color) > 50]).toEqual([color, true]);
      // The title's own colour: text was drawn.
      expect(count(light.text)).toBeGreaterThan(100);
    }
  });

  test('is drawn in the font that the package brings, not in one of the machine', async () => {
    const [chart] = await chartsOf(study());
    renderPng(chart);
    const styles = GlobalFonts.families.find(({ family }) => family === 'Zeroth Sans')?.styles ?? [];
    expect([...new Set(styles.map(({ weight }) => weight))].sort()).toEqual([400, 600]);
    const context = createCanvas(10, 10).getContext('2d');
    const widthIn = (family: string) => {
      context.font = `400 40px ${family}`;
      return context.measureText('Loss above the optimum').width;
    };
    expect(widthIn('"Zeroth Sans"')).not.toBe(widthIn('"No such font"'));
  });

  test('is the same to the byte each time', async () => {
    const [chart] = await chartsOf(study());
    expect(Buffer.compare(renderPng(chart), renderPng(chart))).toBe(0);
  });
});
