/**
 * Gives a chart's JSON what JSON cannot hold: tick labels, tooltips and the colours of a theme. Used in Node as it is, and
 * put into the page as its own source text: so `finish` may refer to nothing outside itself.
 */
import type { ChartConfig } from './chart.js';

export interface Theme {
  /** Colours of the strategies, by index modulo length; #rrggbb. */
  readonly strategies: readonly string[];
  readonly neutral: { readonly evaluate: string; readonly ask: string; readonly tell: string };
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly background: string;
}

/** Where a chart is drawn: a picture carries its own title and legend, a page has them around it. */
export interface Frame {
  readonly font: string;
  readonly title?: string;
  readonly legend: boolean;
  /** No room for long axis titles on one line. */
  readonly narrow?: boolean;
}

/** A chart.js configuration, functions included. */
export interface FinishedConfig {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: chart.js checks its own options; here they are assembled
  data: any;
  // biome-ignore lint/suspicious/noExplicitAny: see above
  options: any;
}

export function finish(config: ChartConfig, theme: Theme, frame: Frame): FinishedConfig {
  const chart: FinishedConfig = JSON.parse(JSON.stringify(config));
  const fade = (color: string, alpha: number): string =>
    color +
    Math.round(alpha * 255)
      .toString(16)
      .padStart(2, '0');

  const write = (value: number, format: string): string => {
    if (!Number.isFinite(value)) return '';
    if (format === 'percent') return `${Number((value * 100).toFixed(1))} %`;
    if (format === 'seconds' && value > 0 && value < 1) return `${Number((value * 1000).toPrecision(4))} ms`;
    if (format === 'seconds') return `${Number(value.toPrecision(4))} s`;
    const size = Math.abs(value);
    if (format === 'count') {
      if (size >= 1e9) return `${Number((value / 1e9).toPrecision(4))}G`;
      if (size >= 1e6) return `${Number((value / 1e6).toPrecision(4))}M`;
      if (size >= 1e3) return `${Number((value / 1e3).toPrecision(4))}k`;
      return String(Number(value.toPrecision(4)));
    }
    if (size !== 0 && (size < 0.01 || size >= 1e4)) return String(Number(value.toPrecision(4)).toExponential()).replace('e+', 'e');
    return String(Number(value.toPrecision(4)));
  };

  /** A tick among the others: all of one linear axis in one unit, all with exponents or none. From 1 to 10,000 nobody needs one. */
  const writeTick = (value: number, format: string, ticks: readonly { value: number }[], logarithmic: boolean): string => {
    const sizes = ticks.map((tick) => Math.abs(tick.value)).filter((size) => size > 0);
    if (format === 'seconds' && !logarithmic && Math.max(...sizes) >= 1) return `${Number(value.toPrecision(4))} s`;
    if (format !== 'loss' || value === 0) return write(value, format);
    const least = logarithmic ? Math.min(...sizes) : Math.max(...sizes);
    const plain = (least >= 1e-3 && Math.max(...sizes) < 1e5) || (logarithmic && Math.abs(value) >= 1 && Math.abs(value) < 1e4);
    const rounded = Number(value.toPrecision(4));
    return plain ? String(rounded) : rounded.toExponential().replace('e+', 'e');
  };

  for (const dataset of chart.data.datasets) {
    const tint = dataset.tint;
    const color: string = typeof tint === 'number' ? theme.strategies[tint % theme.strategies.length] : theme.neutral[tint as 'ask'];
    dataset.borderColor = fade(color, dataset.lineAlpha ?? 1);
    dataset.backgroundColor = dataset.hollow ? theme.background : fade(color, dataset.fillAlpha ?? 1);
    dataset.pointBorderColor = dataset.borderColor;
    dataset.pointBackgroundColor = dataset.hollow ? theme.background : fade(color, dataset.pointAlpha ?? 1);
    if (dataset.marks !== undefined) {
      const { every, from, end } = dataset.marks;
      const last: number = dataset.data.length - 1;
      dataset.pointRadius = dataset.data.map((_: unknown, i: number) => ((end && i === last) || (i + from) % every === every - 1 ? 4 : 0));
    }
    if (dataset.faintFrom !== undefined) {
      const from: number = dataset.faintFrom;
      dataset.segment = {
        borderColor: (context: { p0DataIndex: number }) => (context.p0DataIndex >= from ? fade(color, 0.35) : undefined),
      };
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: see FinishedConfig
  for (const scale of Object.values<any>(chart.options.scales ?? {})) {
    const format: string = scale.format ?? 'loss';
    scale.grid = { color: theme.grid, ...scale.grid };
    scale.border = { color: theme.grid, ...scale.border };
    scale.title = { ...scale.title, color: theme.muted, font: { family: frame.font, size: 12 } };
    scale.ticks = { ...scale.ticks, color: theme.muted, font: { family: frame.font, size: 12 } };
    if (format === 'names') {
      const names: string[] = scale.names ?? [];
      scale.ticks.color = theme.text;
      scale.ticks.callback = (value: number) => names[value] ?? '';
      scale.afterBuildTicks = (axis: { ticks: { value: number }[] }) => {
        axis.ticks = names.map((_, value) => ({ value }));
      };
      continue;
    }
    if (chart.type === 'bar' && scale.type === 'category') {
      scale.ticks.color = theme.text;
      continue;
    }
    const long: unknown = scale.title.text;
    if (frame.narrow && typeof long === 'string') scale.title.text = long.split(/ (?=\()/);
    const logarithmic: boolean = scale.type === 'logarithmic';
    scale.ticks.callback = (value: number, _: number, ticks: { value: number }[]) => writeTick(value, format, ticks, logarithmic);
    if (scale.type !== 'logarithmic') continue;
    scale.afterBuildTicks = (axis: { min: number; max: number; ticks: { value: number; major?: boolean }[] }) => {
      const first = Math.ceil(Math.log10(axis.min) - 1e-9);
      const last = Math.floor(Math.log10(axis.max) + 1e-9);
      const decades = last - first + 1;
      const steps = decades >= 3 ? [1] : decades === 2 ? [1, 3] : [1, 1.5, 2, 3, 5, 7];
      const every = Math.max(1, Math.ceil(decades / 7));
      const ticks: { value: number; major: boolean }[] = [];
      for (let exponent = first - 1; exponent <= last; exponent++) {
        if (steps.length === 1 && (((exponent - last) % every) + every) % every !== 0) continue;
        for (const step of steps) {
          const value = Number(`${step}e${exponent}`);
          if (value >= axis.min * (1 - 1e-9) && value <= axis.max * (1 + 1e-9)) ticks.push({ value, major: step === 1 });
        }
      }
      // A range within one step of the list has no round number: its ends are then its ticks.
      if (ticks.length < 2) ticks.splice(0, ticks.length, { value: axis.min, major: true }, { value: axis.max, major: true });
      axis.ticks = ticks;
    };
  }

  const plugins = chart.options.plugins ?? {};
  chart.options.plugins = plugins;
  plugins.title = {
    display: frame.title !== undefined,
    text: frame.title ?? '',
    align: 'start',
    color: theme.text,
    font: { family: frame.font, size: 16, weight: '600' },
    padding: { top: 4, bottom: 14 },
  };
  plugins.legend = {
    display: frame.legend && chart.data.datasets.some((dataset: { listed: boolean }) => dataset.listed),
    position: 'bottom',
    align: 'start',
    onClick: () => undefined,
    labels: {
      color: theme.text,
      font: { family: frame.font, size: 13 },
      usePointStyle: true,
      pointStyleWidth: chart.type === 'bar' ? 30 : 10,
      padding: 16,
      filter: (item: { datasetIndex: number }) => chart.data.datasets[item.datasetIndex].listed,
    },
  };
  const scales = chart.options.scales ?? {};
  const formats: { x: string; y: string } = { x: scales.x?.format ?? 'loss', y: scales.y?.format ?? 'loss' };
  const horizontal = chart.options.indexAxis === 'y';
  plugins.tooltip = {
    titleFont: { family: frame.font },
    bodyFont: { family: frame.font },
    filter: (item: { dataset: { listed: boolean; tooltip?: boolean } }) => item.dataset.tooltip ?? item.dataset.listed,
    callbacks: {
      title: (items: { label: string; parsed: { x: number } }[]) =>
        items.length === 0 || formats.y === 'names' ? '' : chart.type === 'bar' ? items[0].label : write(items[0].parsed.x, formats.x),
      label: (item: { dataset: { label: string }; parsed: { x: number; y: number } }) =>
        `${item.dataset.label}: ${formats.y === 'names' || horizontal ? write(item.parsed.x, formats.x) : write(item.parsed.y, formats.y)}`,
    },
  };
  chart.options.font = { family: frame.font };
  chart.options.color = theme.text;
  chart.options.animation = false;
  return chart;
}
