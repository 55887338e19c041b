/**
 * Pure random search: every candidate is drawn anew from the starting distribution.
 * What any other strategy has to beat. Brooks, "A Discussion of Random Methods for Seeking Maxima", Operations Research 6(2), 1958.
 */
import { z } from 'zod';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import type { Rng } from '../src/core/rng.js';
import { type Space, sampleStart } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import type { Lanes } from '../src/kernels/lanes.js';
import { rowOf } from '../src/kernels/rows.js';
import { fillStart, startLanes } from '../src/kernels/start.js';

const options = z.strictObject({
  populationSize: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(100)
    .describe('Candidates drawn at once; changes nothing but the work per question.'),
});

interface State {
  readonly space: Space;
  /** For first points in bulk; undefined where they are drawn one by one. */
  readonly lanes: Lanes | undefined;
  readonly rng: Rng;
  readonly population: DensePopulation;
}

export const randomSearch = defineStrategy<z.infer<typeof options>, State>({
  name: 'random-search',
  title: 'Random search',
  family: 'random',
  reference: {
    authors: 'S. H. Brooks',
    year: 1958,
    title: 'A Discussion of Random Methods for Seeking Maxima',
    link: 'https://doi.org/10.1287/opre.6.2.244',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    largestDimension: 100_000_000,
    memory: (dimension, population) => 8 * dimension * (population + 2),
    work: (dimension, population) => 10 * dimension * population,
    invariances: ['translation', 'order'],
  },
  options,
  start: (space, { populationSize }, rng) => ({
    space,
    lanes: startLanes(space, rng.fork('points')),
    rng,
    population: densePopulation(space, populationSize),
  }),
  ask({ space, lanes, rng, population }) {
    const { size, dimension, values } = population;
    for (let p = 0; p < size; p++) {
      if (lanes === undefined || space.first !== undefined) sampleStart(space, rng, values, p * dimension);
      else fillStart(space, lanes, rowOf(values, dimension, p));
    }
    return { kind: 'losses', population };
  },
  tell() {}, // nothing is learned
});
