/** Points of charts as columns: a third of the bytes of objects. The page unpacks them. Brief: with as many digits as a picture shows. */
import type { ChartConfig, Json } from '../chart.js';

export interface Packed {
  /** Left out where it is that of the dataset before. */
  readonly x?: Json;
  readonly y: Json;
}

/** Every list of {x, y} as one list of x and one of y; `brief` rounds x to four digits and y to three. */
export function pack(config: ChartConfig, brief: boolean): ChartConfig {
  let before = '';
  const datasets = config.data.datasets.map((dataset) => {
    const points = dataset.data as readonly { x: Json; y: Json }[];
    if (points.length === 0 || points.some((point) => point === null || typeof point !== 'object')) return dataset;
    const x = points.map((point) => (brief ? digits(point.x, 4) : point.x));
    const text = JSON.stringify(x);
    const packed = { ...(text === before ? {} : { x }), y: points.map((point) => (brief ? digits(point.y, 3) : point.y)) };
    before = text;
    return { ...dataset, data: packed };
  });
  return { ...config, data: { ...config.data, datasets } };
}

function digits(value: Json, count: number): Json {
  return typeof value === 'number' ? Number(value.toPrecision(count)) : value;
}
