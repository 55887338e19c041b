/**
 * What McCaffrey's C# program of 2013 works on: 30 rows of Iris, a 4-6-3 network of 51 weights, and .NET's random numbers.
 * Weights are in the program's order: from inputs to hidden units row by row, hidden biases, to outputs row by row, output biases.
 */
import { Rng } from '../../src/core/rng.js';
import { boxSpace } from '../../src/core/space.js';

/** Sepal length and width, petal length and width, and the place of the 1 in the target: 0 virginica, 1 versicolor, 2 setosa. */
type Row = readonly [number, number, number, number, 0 | 1 | 2];

export const trainRows: readonly Row[] = [
  [6.3, 2.9, 5.6, 1.8, 0],
  [6.9, 3.1, 4.9, 1.5, 1],
  [4.6, 3.4, 1.4, 0.3, 2],
  [7.2, 3.6, 6.1, 2.5, 0],
  [4.7, 3.2, 1.3, 0.2, 2],
  [4.9, 3, 1.4, 0.2, 2],
  [7.6, 3, 6.6, 2.1, 0],
  [4.9, 2.4, 3.3, 1, 1],
  [5.4, 3.9, 1.7, 0.4, 2],
  [4.9, 3.1, 1.5, 0.1, 2],
  [5, 3.6, 1.4, 0.2, 2],
  [6.4, 3.2, 4.5, 1.5, 1],
  [4.4, 2.9, 1.4, 0.2, 2],
  [5.8, 2.7, 5.1, 1.9, 0],
  [6.3, 3.3, 6, 2.5, 0],
  [5.2, 2.7, 3.9, 1.4, 1],
  [7, 3.2, 4.7, 1.4, 1],
  [6.5, 2.8, 4.6, 1.5, 1],
  [4.9, 2.5, 4.5, 1.7, 0],
  [5.7, 2.8, 4.5, 1.3, 1],
  [5, 3.4, 1.5, 0.2, 2],
  [6.5, 3, 5.8, 2.2, 0],
  [5.5, 2.3, 4, 1.3, 1],
  [6.7, 2.5, 5.8, 1.8, 0],
];

export const testRows: readonly Row[] = [
  [4.6, 3.1, 1.5, 0.2, 2],
  [7.1, 3, 5.9, 2.1, 0],
  [5.1, 3.5, 1.4, 0.2, 2],
  [6.3, 3.3, 4.7, 1.6, 1],
  [6.6, 2.9, 4.6, 1.3, 1],
  [7.3, 2.9, 6.3, 1.8, 0],
];

const inputs = 4;
const hidden = 6;
const outputs = 3;

export const weightSpace = boxSpace(inputs * hidden + hidden + hidden * outputs + outputs, -10, 10);

/** Softmax of the outputs of the network with tanh units. */
function outputsOf(weights: ArrayLike<number>, row: Row): number[] {
  const toOutputs = (inputs + 1) * hidden;
  const units = Array.from({ length: hidden }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < inputs; i++) sum += row[i] * weights[i * hidden + j];
    sum += weights[inputs * hidden + j];
    return sum < -20 ? -1 : sum > 20 ? 1 : Math.tanh(sum);
  });
  const sums = Array.from({ length: outputs }, (_, k) => {
    let sum = 0;
    for (let j = 0; j < hidden; j++) sum += units[j] * weights[toOutputs + j * outputs + k];
    return sum + weights[toOutputs + hidden * outputs + k];
  });
  const largest = Math.max(...sums);
  let scale = 0;
  for (const sum of sums) scale += Math.exp(sum - largest);
  return sums.map((sum) => Math.exp(sum - largest) / scale);
}

/** Squared errors of all outputs and rows, by the number of rows. */
export function meanSquaredError(weights: ArrayLike<number>, rows: readonly Row[] = trainRows): number {
  let sum = 0;
  for (const row of rows) {
    outputsOf(weights, row).forEach((y, k) => {
      const error = (k === row[4] ? 1 : 0) - y;
      sum += error * error;
    });
  }
  return sum / rows.length;
}

/** How many rows are classified right. */
export function rightRows(weights: ArrayLike<number>, rows: readonly Row[]): number {
  return rows.filter((row) => {
    const y = outputsOf(weights, row);
    return y.indexOf(Math.max(...y)) === row[4];
  }).length;
}

const largestInt = 2147483647;

/** `System.Random` of .NET with a seed: the subtractive generator of Knuth (The Art of Computer Programming, volume 2, 3.2.2). */
export class DotNetRandom extends Rng {
  private readonly seeds = new Array<number>(56).fill(0);
  private first = 0;
  private second = 21;

  constructor(seed: number) {
    super(`.NET ${seed}`);
    const { seeds } = this;
    let previous = 161803398 - Math.abs(seed);
    let difference = 1;
    seeds[55] = previous;
    for (let i = 1; i < 55; i++) {
      const place = (21 * i) % 55;
      seeds[place] = difference;
      difference = previous - difference;
      if (difference < 0) difference += largestInt;
      previous = seeds[place];
    }
    for (let round = 1; round < 5; round++) {
      for (let i = 1; i < 56; i++) {
        seeds[i] = (seeds[i] - seeds[1 + ((i + 30) % 55)]) | 0;
        if (seeds[i] < 0) seeds[i] += largestInt;
      }
    }
  }

  /** NextDouble(). */
  override uniform(): number {
    this.first = (this.first % 55) + 1;
    this.second = (this.second % 55) + 1;
    let sample = this.seeds[this.first] - this.seeds[this.second];
    if (sample === largestInt) sample--;
    if (sample < 0) sample += largestInt;
    this.seeds[this.first] = sample;
    return sample * (1 / largestInt);
  }

  override uniforms(out: Float64Array, count: number): void {
    for (let i = 0; i < count; i++) out[i] = this.uniform();
  }
}
