/**
 * What `zeroth new strategy` writes: a (1 + lambda) evolution strategy, small enough to be replaced line by line and good enough to
 * pass the conformance kit, and its test. Plain JavaScript with its types in comments, so that both run at once, without a build.
 */

/** `name`: kebab-case. `year`: of its reference. */
export function strategyText(name: string, year: number): string {
  return `// @ts-check
/**
 * ${titleOf(name)}: say here in a sentence or two what it does, and after which paper.
 *
 * As it was generated: a (1 + lambda) evolution strategy. Candidates are the best point so far plus normal steps; after a generation
 * that found something better the steps grow, after one that did not they shrink. Replace it, a function at a time.
 */
import { allocate, defineStrategy, densePopulation, sampleStart, startDeviation, z } from 'zeroth';

/** Every option needs a default and a description; \`zeroth strategies FILE\` lists them. */
const options = z.strictObject({
  candidates: z.int().min(1).max(1_000_000).default(5).describe('lambda: points tried in a generation.'),
  grow: z.number().min(1).max(10).default(1.5).describe('Factor of the step after a generation that found a better point.'),
  shrink: z.number().gt(0).lt(1).default(0.8).describe('Factor of the step after one that did not.'),
});

/**
 * Plain data: numbers, text, typed arrays, Rngs, and objects and arrays of these, so that a run can be saved at any moment.
 * @typedef {object} State
 * @property {import('zeroth').DensePopulation} population The candidates, one a row.
 * @property {import('zeroth').Vector} best The best point so far.
 * @property {number} loss Its loss.
 * @property {import('zeroth').Vector} deviation The scale of each coordinate: its deviation at the start.
 * @property {number} sigma The step, in these scales.
 * @property {number} grow
 * @property {number} shrink
 * @property {import('zeroth').Rng} rng
 */

/** @type {import('zeroth').Strategy<import('zeroth').z.output<typeof options>, State>} */
export const strategy = defineStrategy({
  name: '${name}',
  title: '${titleOf(name)}',
  family: 'evolution strategy',
  reference: { authors: 'Your name', year: ${year}, title: '${titleOf(name)}' }, // of the paper; link: its DOI
  // What it needs and stands. The conformance kit holds it to every word.
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled', // one lucky loss is kept for ever
    largestDimension: 10_000_000,
    memory: (dimension, population) => 8 * dimension * (population + 2), // bytes: the candidates, the best point, the scales
    work: (dimension, population) => 40 * dimension * population, // operations: mostly drawing normal numbers
    invariances: ['translation', 'order'],
  },
  options,

  /** Allocates through \`allocate\` and \`densePopulation\`, which follow the space's precision; draws through \`rng\` alone. */
  start(space, { candidates, grow, shrink }, rng) {
    const best = allocate(space, space.dimension);
    const deviation = allocate(space, space.dimension);
    sampleStart(space, rng.fork('start'), best);
    startDeviation(space, deviation, 1e-3); // at least so much, also where all points start at one value
    const population = densePopulation(space, candidates);
    return { population, best, loss: Infinity, deviation, sigma: 1, grow, shrink, rng: rng.fork('steps') };
  },

  /** The next question. Points outside the bounds are brought inside, in place, before they are evaluated. */
  ask({ population, best, deviation, sigma, rng }) {
    const { values, size, dimension } = population;
    for (let p = 0; p < size; p++) {
      for (let i = 0; i < dimension; i++) values[p * dimension + i] = best[i] + sigma * deviation[i] * rng.normal();
    }
    return { kind: 'losses', population };
  },

  /** Its answer: a loss for each row, never NaN; Infinity where an evaluation failed. */
  tell(state, answer) {
    if (answer.kind !== 'losses') return;
    const { values, size, dimension } = state.population;
    let better = -1;
    for (let p = 0; p < size; p++) {
      if (answer.losses[p] < state.loss) {
        state.loss = answer.losses[p];
        better = p;
      }
    }
    if (better >= 0) state.best.set(values.subarray(better * dimension, (better + 1) * dimension));
    state.sigma *= better >= 0 ? state.grow : state.shrink;
  },
});
`;
}

/** \`file\`: of the strategy, without its folder. */
export function strategyTestText(file: string): string {
  return `// @ts-check
/** Runs with \`node --test\`. Under Jest or Vitest leave the import of node:test out: they bring a \`test\` of their own. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { Optimizer } from 'zeroth';
import { checks, conformance } from 'zeroth/testing';
import { strategy } from './${file}';

// The conformance kit: what every strategy must show. A check that does not apply by the card's own words passes.
for (const { name, claim } of checks) {
  test(\`\${name}: \${claim}\`, async () => {
    const [{ status, detail, howToSee }] = await conformance(strategy, { only: [name] });
    assert.notEqual(status, 'failed', \`\${detail}. See it again: \${howToSee}\`);
  });
}

// Beside the kit: what is true of this strategy alone, from its paper or a derivation.
test('steps twice as far after a better point, and half as far after none', () => {
  const dimension = 1000;
  const start = [{ kind: /** @type {const} */ ('normal'), offset: 0, length: dimension, mean: 0, deviation: 1 }];
  const optimizer = new Optimizer(strategy, { dimension, precision: 'float64', start }, { options: { candidates: 1, grow: 2, shrink: 0.5 } });
  const ask = () => {
    const query = optimizer.ask();
    assert.ok(query.kind === 'losses');
    return query.population.values.slice();
  };
  // The mean square of 1,000 normal numbers has a deviation of sqrt(2 / 1000), its root half of that: 2 %.
  /** @param {ArrayLike<number>} point @param {number} expected */
  const assertStep = (point, expected) => {
    let square = 0;
    for (let i = 0; i < dimension; i++) square += (point[i] - best[i]) ** 2 / dimension;
    assert.ok(Math.abs(Math.sqrt(square) / expected - 1) < 0.1, \`a step of \${Math.sqrt(square)}, expected \${expected}\`);
  };
  const best = ask();
  optimizer.tell([1]); // the first is the best so far
  assertStep(ask(), 2);
  optimizer.tell([5]);
  assertStep(ask(), 1);
});
`;
}

/** small-steps as Small steps. */
function titleOf(name: string): string {
  return name[0].toUpperCase() + name.slice(1).replaceAll('-', ' ');
}
