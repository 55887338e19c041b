/** An independent forward pass in float64, sample by sample and unit by unit, without graph or ONNX Runtime: the tests' oracle. */
import type { Network } from '../../../models/network.js';

export type Activation = (x: number) => number;

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

export interface Case {
  readonly network: Network;
  readonly theta: ArrayLike<number>;
  readonly inputs: ArrayLike<number>;
  readonly samples: number;
  readonly targets: ArrayLike<number>;
  /** By index of dropout layer: [samples, units], training; absent: use. */
  readonly masks?: Readonly<Record<number, ArrayLike<number>>>;
  /** Activations that are not built in. */
  readonly activations?: Readonly<Record<string, Activation>>;
}

const activations: Record<string, Activation> = {
  logistic,
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
  'leaky-relu(0.1)': (x) => (x >= 0 ? x : 0.1 * x),
  identity: (x) => x,
  elu: (x) => (x > 0 ? x : Math.exp(x) - 1),
  softsign: (x) => x / (1 + Math.abs(x)),
  gelu: (x) => x * normalDistribution(x),
  swish: (x) => x * logistic(x),
};

/** Phi by Simpson's rule over the density: slow, and owes nothing to any erf. */
export function normalDistribution(x: number): number {
  const steps = 400;
  const width = x / steps;
  const density = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(x);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 0 ? 2 : 4) * density(i * width);
  return 0.5 + (sum * width) / 3;
}

interface Image {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Outputs of every layer for one sample. */
export function referenceLayers(problem: Case, sample: number): Image[] {
  const { network, theta, inputs, masks } = problem;
  const features = network.input.reduce((a, b) => a * b, 1);
  let current: Image = { shape: network.input, values: Float64Array.from({ length: features }, (_, i) => inputs[sample * features + i]) };
  let offset = 0;
  return network.layers.map((layer, index) => {
    const act = (name: string) => problem.activations?.[name] ?? activations[name];
    if (layer.kind === 'dense') {
      const fanIn = current.values.length;
      const from = current.values;
      const values = new Float64Array(layer.units);
      for (let unit = 0; unit < layer.units; unit++) {
        let s = theta[offset + fanIn * layer.units + unit];
        for (let i = 0; i < fanIn; i++) s += from[i] * theta[offset + i * layer.units + unit];
        values[unit] = act(layer.activation)(s);
      }
      offset += (fanIn + 1) * layer.units;
      current = { shape: [layer.units], values };
    } else if (layer.kind === 'conv') {
      const groups = layer.groups ?? 1;
      const channels = current.shape[0] / groups;
      const start = offset;
      const size = channels * layer.kernel ** 2;
      current = windows(current, layer, layer.filters, (filter, at) => {
        let s = theta[start + layer.filters * size + filter];
        const first = Math.floor(filter / (layer.filters / groups)) * channels; // of the filter's group
        for (let c = 0; c < channels; c++) {
          for (let i = 0; i < layer.kernel; i++) {
            for (let j = 0; j < layer.kernel; j++) {
              s += (at(first + c, i, j) ?? 0) * theta[start + filter * size + (c * layer.kernel + i) * layer.kernel + j];
            }
          }
        }
        return act(layer.activation)(s);
      });
      offset += layer.filters * (size + 1);
    } else if (layer.kind === 'max-pool' || layer.kind === 'average-pool') {
      current = windows(current, layer, current.shape[0], (channel, at) => {
        let largest = Number.NEGATIVE_INFINITY;
        let sum = 0;
        for (let i = 0; i < layer.kernel; i++) {
          for (let j = 0; j < layer.kernel; j++) {
            const value = at(channel, i, j);
            largest = Math.max(largest, value ?? Number.NEGATIVE_INFINITY);
            sum += value ?? 0;
          }
        }
        return layer.kind === 'max-pool' ? largest : sum / layer.kernel ** 2;
      });
    } else if (layer.kind === 'flatten') {
      current = { shape: [current.values.length], values: current.values };
    } else if (layer.kind === 'dropout') {
      const units = current.values.length;
      const mask = masks?.[index];
      current = {
        shape: current.shape,
        values: current.values.map((value, unit) => value * (mask === undefined ? 1 - layer.rate : mask[sample * units + unit])),
      };
    }
    return current;
  });
}

/** `value(channel, at)`, with at(channel, row, column in the window), undefined on padding. */
function windows(
  { shape, values }: Image,
  { kernel, stride, padding }: { kernel: number; stride: number; padding: number },
  channels: number,
  value: (channel: number, at: (c: number, i: number, j: number) => number | undefined) => number,
): Image {
  const [, height, width] = shape;
  const out: number[] = [];
  const rows: number[] = [];
  for (let top = -padding; top + kernel <= height + padding; top += stride) rows.push(top);
  const columns: number[] = [];
  for (let left = -padding; left + kernel <= width + padding; left += stride) columns.push(left);
  for (let channel = 0; channel < channels; channel++) {
    for (const top of rows) {
      for (const left of columns) {
        out.push(
          value(channel, (c, i, j) => {
            const row = top + i;
            const column = left + j;
            return row < 0 || row >= height || column < 0 || column >= width ? undefined : values[(c * height + row) * width + column];
          }),
        );
      }
    }
  }
  return { shape: [channels, rows.length, columns.length], values: Float64Array.from(out) };
}

/** Mean loss over the samples. */
export function referenceLoss(problem: Case): number {
  let sum = 0;
  for (let sample = 0; sample < problem.samples; sample++) {
    const outputs = (referenceLayers(problem, sample).at(-1) as Image).values;
    if (problem.network.loss === 'squared-error') {
      outputs.forEach((value, i) => {
        sum += (value - problem.targets[sample * outputs.length + i]) ** 2;
      });
    } else {
      const largest = Math.max(...outputs);
      const total = outputs.reduce((a, value) => a + Math.exp(value - largest), 0);
      sum += largest + Math.log(total) - outputs[problem.targets[sample]];
    }
  }
  return sum / problem.samples;
}

/** d loss / d theta_i by central differences. */
export function centralDifference(problem: Case, i: number, step = 1e-5): number {
  const at = (delta: number) => {
    const theta = Float64Array.from(problem.theta);
    theta[i] += delta;
    return referenceLoss({ ...problem, theta });
  };
  return (at(step) - at(-step)) / (2 * step);
}
