/** Sets that are computed. Each is the same everywhere: what it draws comes from a seed of its own, not from a run's. */
import { Rng } from '../core/rng.js';
import { type RawDataset, type Samples, sourceOf } from './dataset.js';

/** Exclusive or: the four corners of the square; nothing is held out. */
export function xor(): RawDataset {
  const train = { count: 4, inputs: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), targets: Int32Array.of(0, 1, 1, 0) };
  return classification('xor', 'Exclusive or', 'a xor b at the corners of the unit square', { train });
}

/**
 * Two interlocked spirals of 97 points each, three turns (K. J. Lang and M. J. Witbrock 1988, Learning to tell two spirals apart):
 * point i lies at the angle i pi / 16 and the radius 6.5 (104 - i) / 104; the other spiral is its reflection in the origin.
 */
export function twoSpirals(): RawDataset {
  const each = 97;
  const inputs = new Float32Array(4 * each);
  const targets = new Int32Array(2 * each);
  for (let i = 0; i < each; i++) {
    const angle = (i * Math.PI) / 16;
    const radius = (6.5 * (104 - i)) / 104;
    const x = radius * Math.sin(angle);
    const y = radius * Math.cos(angle);
    inputs.set([x, y, -x, -y], 4 * i);
    targets.set([1, 0], 2 * i);
  }
  return classification('two-spirals', 'Two spirals', 'K. J. Lang and M. J. Witbrock 1988, 2 x 97 points', {
    pool: { count: 2 * each, inputs, targets },
  });
}

/** Two interleaved half circles of 200 points each, with normal noise of deviation 0.1. */
export function twoMoons(): RawDataset {
  const each = 200;
  const noise = 0.1;
  const rng = Rng.seeded('two-moons');
  const inputs = new Float32Array(4 * each);
  const targets = new Int32Array(2 * each);
  for (let i = 0; i < each; i++) {
    const angle = (i * Math.PI) / (each - 1);
    const upper = [Math.cos(angle), Math.sin(angle)];
    const lower = [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    for (const [k, coordinate] of [...upper, ...lower].entries()) inputs[4 * i + k] = coordinate + noise * rng.normal();
    targets.set([0, 1], 2 * i);
  }
  return classification('two-moons', 'Two moons', `two half circles of ${each} points, normal noise of deviation ${noise}`, {
    pool: { count: 2 * each, inputs, targets },
  });
}

/** y = 2 x^2 + 1 at 101 evenly spaced x in [-1, 1]; every fifth is held out. */
export function parabola(): RawDataset {
  const x = Array.from({ length: 101 }, (_, i) => (i - 50) / 50);
  const y = (at: number) => 2 * at * at + 1;
  const held = (_: number, i: number) => i % 5 === 2;
  const parts = {
    train: curve(
      x.filter((at, i) => !held(at, i)),
      y,
    ),
    test: curve(x.filter(held), y),
  };
  return regression('parabola', 'Parabola', 'y = 2 x^2 + 1, 101 evenly spaced x in [-1, 1]', parts);
}

/**
 * For over-fitting: y = 4 x^3 - 3 x on [-1, 1], 20 training points with normal noise of deviation 0.3, which a large network
 * learns by heart, and 200 test points with noise of the same size, so that the best possible test error is 0.09.
 */
export function noisyPolynomial(): RawDataset {
  const noise = 0.3;
  const rng = Rng.seeded('noisy-polynomial');
  const y = (at: number) => 4 * at * at * at - 3 * at + noise * rng.normal();
  const part = (count: number) =>
    curve(
      Array.from({ length: count }, () => 2 * rng.uniform() - 1),
      y,
    );
  const train = part(20);
  return regression('noisy-polynomial', 'Noisy polynomial', `y = 4 x^3 - 3 x, x uniform in [-1, 1], normal noise of deviation ${noise}`, {
    train,
    test: part(200),
  });
}

function curve(x: readonly number[], y: (x: number) => number): Samples {
  return { count: x.length, inputs: Float32Array.from(x), targets: Float32Array.from(x, y) };
}

function classification(name: string, title: string, origin: string, parts: RawDataset['parts']): RawDataset {
  const inputShape = [2];
  return {
    name,
    title,
    kind: 'classification',
    inputShape,
    outputs: 2,
    classes: ['0', '1'],
    features: ['x', 'y'],
    parts,
    source: sourceOf(origin, inputShape, parts),
  };
}

function regression(name: string, title: string, origin: string, parts: RawDataset['parts']): RawDataset {
  const inputShape = [1];
  return {
    name,
    title,
    kind: 'regression',
    inputShape,
    outputs: 1,
    features: ['x'],
    targets: ['y'],
    parts,
    source: sourceOf(origin, inputShape, parts),
  };
}
