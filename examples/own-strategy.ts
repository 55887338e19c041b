/**
 * A strategy is three functions over plain data. This one steps from the best point so far, in ever smaller steps.
 *
 * The file exports the strategy and nothing else, and does nothing when it is imported, so that it can be named wherever a
 * strategy is: `npx zeroth compare --problems rastrigin:d5 --strategies ./own-strategy.ts,random-search --evaluations 5000`.
 * Node runs TypeScript itself from 22.18 on; with an older one the command tells how to compile the file.
 * `own-strategy-in-code.ts` beside it uses it from a program.
 */
import {
  allocate,
  type DensePopulation,
  defineStrategy,
  densePopulation,
  type Rng,
  sampleStart,
  startDeviation,
  type Vector,
  z,
} from 'zeroth';

interface State {
  population: DensePopulation;
  best: Vector;
  loss: number;
  deviation: Vector;
  shrink: number;
  scale: number;
  rng: Rng;
}

const options = z.strictObject({
  candidates: z.int().min(1).max(10_000).default(20).describe('Candidates a step. 1 to 10,000.'),
  shrink: z.number().gt(0).lt(1).default(0.97).describe('Factor of the step after each generation. Above 0, below 1.'),
});

export const shrinkingSteps = defineStrategy<z.output<typeof options>, State>({
  name: 'shrinking-steps',
  title: 'Random steps that shrink',
  family: 'random',
  reference: { authors: 'this example', year: 2026, title: 'Random steps that shrink' },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 1_000_000,
    memory: (dimension, population) => 8 * (population + 2) * dimension,
    work: (dimension, population) => 60 * population * dimension,
    invariances: ['order'],
  },
  options,
  start(space, { candidates, shrink }, rng) {
    const best = allocate(space, space.dimension);
    const deviation = allocate(space, space.dimension);
    sampleStart(space, rng.fork('start'), best);
    startDeviation(space, deviation);
    return { population: densePopulation(space, candidates), best, loss: Infinity, deviation, shrink, scale: 1, rng: rng.fork('steps') };
  },
  ask(state) {
    const { values, size, dimension } = state.population;
    for (let p = 0; p < size; p++)
      for (let i = 0; i < dimension; i++) values[p * dimension + i] = state.best[i] + state.scale * state.deviation[i] * state.rng.normal();
    return { kind: 'losses', population: state.population };
  },
  tell(state, answer) {
    if (answer.kind !== 'losses') return;
    const { values, size, dimension } = state.population;
    for (let p = 0; p < size; p++) {
      if (answer.losses[p] >= state.loss) continue;
      state.loss = answer.losses[p];
      state.best.set(values.subarray(p * dimension, (p + 1) * dimension));
    }
    state.scale *= state.shrink;
  },
});
