/** Derivatives of pools against loops over windows, on small whole numbers, where largest elements are often met several times. */
import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../../src/core/rng.js';
import { gradients } from '../../../src/engine/graph/autodiff.js';
import { Graph } from '../../../src/engine/graph/graph.js';
import { compiled } from '../../../src/engine/graph/onnx.js';
import { mul, reduce, reshape } from '../../../src/engine/graph/ops.js';
import { averageAdjoint, maximumAdjoint } from '../../../src/engine/graph/pool-rules.js';
import { pool, type Window } from '../../../src/engine/graph/window-ops.js';
import { run } from './cases.js';

interface Setting extends Window {
  readonly height: number;
  readonly width: number;
}

const settings: readonly Setting[] = [
  { kernel: 3, stride: 2, padding: 1, height: 8, width: 6 },
  { kernel: 3, stride: 2, padding: 1, height: 7, width: 8 },
  { kernel: 3, stride: 2, padding: 0, height: 8, width: 9 },
  { kernel: 2, stride: 2, padding: 0, height: 6, width: 4 },
  { kernel: 2, stride: 2, padding: 1, height: 5, width: 6 },
  { kernel: 2, stride: 3, padding: 0, height: 9, width: 7 },
  { kernel: 5, stride: 2, padding: 2, height: 6, width: 7 },
  { kernel: 4, stride: 3, padding: 3, height: 5, width: 8 },
  { kernel: 3, stride: 1, padding: 2, height: 4, width: 3 },
  { kernel: 1, stride: 2, padding: 0, height: 5, width: 4 },
];

const windows = (extent: number, { kernel, stride, padding }: Window) => Math.floor((extent + 2 * padding - kernel) / stride) + 1;

/** Of one image: the pool's outputs, and what their adjoints give every element. */
function looped(image: readonly number[], adjoint: readonly number[], setting: Setting, maximum: boolean) {
  const { kernel, stride, padding, height, width } = setting;
  const [rows, columns] = [windows(height, setting), windows(width, setting)];
  const outputs: number[] = [];
  const received = new Array<number>(height * width).fill(0);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const inside: number[] = [];
      for (let y = row * stride - padding; y < row * stride - padding + kernel; y++)
        for (let x = column * stride - padding; x < column * stride - padding + kernel; x++)
          if (y >= 0 && y < height && x >= 0 && x < width) inside.push(y * width + x);
      const largest = Math.max(...inside.map((at) => image[at]));
      const chosen = maximum ? inside.filter((at) => image[at] === largest) : inside;
      outputs.push(maximum ? largest : inside.reduce((sum, at) => sum + image[at], 0) / kernel ** 2);
      for (const at of chosen) received[at] += adjoint[row * columns + column] / (maximum ? chosen.length : kernel ** 2);
    }
  }
  return { outputs, received };
}

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5));

describe.each(settings)('kernel $kernel, stride $stride, padding $padding on $height x $width', (setting) => {
  const { height, width } = setting;
  const shape = [2, 3, height, width];
  const images = 6;
  const size = height * width;
  const places = windows(height, setting) * windows(width, setting);
  const rng = Rng.seeded(`pools ${JSON.stringify(setting)}`);
  const x = Array.from({ length: images * size }, () => rng.below(3) - 1);
  const adjoint = Array.from({ length: images * places }, () => rng.normal());
  const part = (values: readonly number[], length: number, i: number) => values.slice(i * length, (i + 1) * length);

  test.each([true, false])('the gradient of a pool in a graph (maximum: %s)', async (maximum) => {
    const graph = new Graph();
    const input = graph.input('x', 'float32', shape);
    const y = pool(maximum ? 'MaxPool' : 'AveragePool', input, setting);
    const loss = reshape(reduce('ReduceSum', mul(y, graph.constant('float32', y.shape, adjoint)), [0, 1, 2, 3]), []);
    const [gradient] = gradients(loss, [input]);
    const found = await run(compiled(graph, { y, gradient }), { x: Float32Array.from(x) });
    for (let i = 0; i < images; i++) {
      const { outputs, received } = looped(part(x, size, i), part(adjoint, places, i), setting, maximum);
      expect(part(found.y, places, i)).toEqual(close(outputs));
      expect(part(found.gradient, size, i)).toEqual(close(received));
    }
  });

  test.each([true, false])('the derivative where three images lie in each other (maximum: %s)', async (maximum) => {
    const run3 = 3;
    const [rows, columns] = [windows(height, setting), windows(width, setting)];
    const graph = new Graph();
    const input = graph.input('x', 'float32', [2, height, width, run3]);
    const outputs = graph.input('y', 'float32', [2, rows, columns, run3]);
    const g = graph.input('g', 'float32', [2, rows, columns, run3]);
    const gradient = maximum ? maximumAdjoint(input, outputs, g, setting) : averageAdjoint(g, input.shape, setting);
    const expected = Array.from({ length: images }, (_, i) => looped(part(x, size, i), part(adjoint, places, i), setting, maximum));
    /** Images 0 to 2 in each other, then 3 to 5. */
    const laid = (of: (image: number) => readonly number[], length: number) =>
      Float32Array.from({ length: images * length }, (_, at) => {
        const [pair, place, lane] = [Math.floor(at / (length * run3)), Math.floor(at / run3) % length, at % run3];
        return of(pair * run3 + lane)[place];
      });
    const feeds = {
      x: laid((i) => part(x, size, i), size),
      y: laid((i) => expected[i].outputs, places),
      g: laid((i) => part(adjoint, places, i), places),
    };
    const used = Object.fromEntries(
      graph.inputs.map(({ source }) => [(source as { name: string }).name, feeds[(source as { name: 'x' }).name]]),
    );
    const found = await run(compiled(graph, { gradient }), used);
    expect(found.gradient).toEqual(close(Array.from(laid((i) => expected[i].received, size))));
  });
});
