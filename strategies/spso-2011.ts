/**
 * SPSO 2011, the standard particle swarm of M. Clerc (2012, https://hal.science/hal-00764996), whose moves do not depend on the axes.
 *
 *   G = (x + (x + c (p - x)) + (x + c (l - x))) / 3: gravity centre of the position, of a point beyond the own best p and of one
 *   beyond the best l of the informants; without the last where l is the particle's own, over 2
 *   x' = G + r ||G - x|| u,   r uniform in [0, 1), u a random direction: a point of the ball around G that x lies on
 *   v <- w v + x' - x,   x <- x + v;   w = 1 / (2 ln 2), c = 1/2 + ln 2
 * Beyond a bound a coordinate stops there and its velocity turns to -v / 2. Each particle informs itself and K at random, whom
 * it draws again after an iteration that did not better the swarm's best. All particles of an iteration move at once.
 */
import { z } from 'zod';
import { type Limits, limitsOf } from '../src/core/bounds.js';
import { StrategyError, UsageError } from '../src/core/errors.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import type { Rng } from '../src/core/rng.js';
import { allocate, type Space, sampleStart, startDeviation, startScale, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { fillNormal } from '../src/kernels/fill.js';
import { type Lanes, seedLanes } from '../src/kernels/lanes.js';
import { copyRow } from '../src/kernels/rows.js';

const options = z.strictObject({
  swarmSize: z.int().min(2).max(1_000_000).default(40).describe('S: particles. 2 to 1,000,000.'),
  informed: z
    .int()
    .min(0)
    .max(1000)
    .default(3)
    .describe('K: particles that each one informs beside itself, drawn with repetition. 0 to 1,000.'),
  inertia: z.number().min(-1).max(2).default(0.7213475204444817).describe('w: share of the velocity that is kept. -1 to 2; 1 / (2 ln 2).'),
  acceleration: z
    .number()
    .min(0)
    .max(10)
    .default(1.1931471805599454)
    .describe('c: how far beyond the best positions the swarm aims, 1 being at them. 0 to 10; 1/2 + ln 2.'),
});

interface State {
  readonly settings: z.output<typeof options>;
  readonly population: DensePopulation;
  readonly velocities: Vector;
  readonly bests: Vector;
  readonly bestLosses: Float64Array;
  /** links[p * K + k]: the particle that p informs. */
  readonly links: Int32Array;
  /** For each particle, the best of those that inform it. */
  readonly informants: Int32Array;
  /** A direction while a particle moves. */
  readonly direction: Float32Array;
  readonly lanes: Lanes;
  readonly limits: Limits | undefined;
  /** The swarm's lowest loss. */
  lowest: number;
  told: boolean;
  readonly rng: Rng;
}

export const spso2011 = defineStrategy<z.output<typeof options>, State>({
  name: 'spso-2011',
  title: 'Standard particle swarm optimization 2011',
  family: 'swarm',
  reference: {
    authors: 'M. Clerc',
    year: 2012,
    title: 'Standard particle swarm optimisation',
    link: 'https://hal.science/hal-00764996',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 10_000_000,
    memory: (dimension, population) => 24 * population * dimension + 20 * dimension + 24 * population,
    work: (dimension, population) => 60 * population * dimension,
    invariances: ['translation', 'order', 'rotation'],
  },
  options,

  start(space, settings, rng) {
    const { dimension } = space;
    const size = settings.swarmSize;
    if (size * dimension > 2 ** 31) {
      throw new UsageError(
        `spso-2011: ${size} particles of ${dimension} coordinates are more than the ${2 ** 31} numbers of the largest population; take a smaller swarmSize.`,
      );
    }
    const population = densePopulation(space, size);
    const velocities = allocate(space, size * dimension);
    startSwarm(space, population, velocities, rng.fork('positions'), rng.fork('velocities'));
    const state: State = {
      settings,
      population,
      velocities,
      bests: allocate(space, size * dimension),
      bestLosses: new Float64Array(size).fill(Infinity),
      links: new Int32Array(size * settings.informed),
      informants: new Int32Array(size),
      direction: new Float32Array(dimension),
      lanes: seedLanes(rng.fork('directions')),
      limits: limitsOf(space),
      lowest: Infinity,
      told: false,
      rng: rng.fork('moves'),
    };
    state.bests.set(population.values);
    link(state);
    return state;
  },

  ask(state) {
    if (state.told) {
      for (let p = 0; p < state.population.size; p++) move(state, p);
      state.told = false;
    }
    return { kind: 'losses', population: state.population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`spso-2011 asked for losses and was told a ${answer.kind}.`);
    const { population, bests, bestLosses } = state;
    let lowest = state.lowest;
    for (let p = 0; p < population.size; p++) {
      const loss = answer.losses[p];
      if (loss < lowest) lowest = loss;
      if (loss >= bestLosses[p]) continue;
      bestLosses[p] = loss;
      copyRow(population.values, p, bests, p, population.dimension);
    }
    if (lowest < state.lowest) state.lowest = lowest;
    else link(state);
    inform(state);
    state.told = true;
  },
});

/** Positions from the start; velocities that lead to a second random start. */
function startSwarm(space: Space, population: DensePopulation, velocities: Vector, positions: Rng, seconds: Rng): void {
  const { size, dimension, values } = population;
  for (let p = 0; p < size; p++) {
    sampleStart(space, positions, values, p * dimension);
    sampleStart(space, seconds, velocities, p * dimension);
  }
  for (let i = 0; i < values.length; i++) velocities[i] -= values[i];
  // Coordinates that start at a constant would be searched by chance directions alone: they get a speed of the others' scale.
  const deviation = allocate(space, dimension);
  const scale = allocate(space, dimension);
  startDeviation(space, deviation);
  startScale(space, scale);
  for (let j = 0; j < dimension; j++) {
    if (deviation[j] === 0) for (let p = 0; p < size; p++) velocities[p * dimension + j] = scale[j] * seconds.normal();
  }
}

/** Draws whom each particle informs. */
function link({ links, informants, rng }: State): void {
  for (let k = 0; k < links.length; k++) links[k] = rng.below(informants.length);
}

function inform({ links, informants, bestLosses, settings }: State): void {
  for (let p = 0; p < informants.length; p++) informants[p] = p;
  for (let k = 0; k < links.length; k++) {
    const from = Math.floor(k / settings.informed);
    const to = links[k];
    if (bestLosses[from] < bestLosses[informants[to]]) informants[to] = from;
  }
}

function move(state: State, particle: number): void {
  const { settings, population, velocities, bests, informants, direction, lanes, limits, rng } = state;
  const { dimension, values } = population;
  const { inertia, acceleration } = settings;
  const at = particle * dimension;
  const guide = informants[particle] * dimension;
  const alone = guide === at;
  // G - x = c ((p - x) + (l - x)) / 3, or c (p - x) / 2
  const share = alone ? acceleration / 2 : acceleration / 3;
  fillNormal(lanes, direction);
  let radius = 0;
  let length = 0;
  for (let j = 0; j < dimension; j++) {
    const x = values[at + j];
    const toCentre = share * (alone ? bests[at + j] - x : bests[at + j] - x + (bests[guide + j] - x));
    radius += toCentre * toCentre;
    length += direction[j] * direction[j];
  }
  const reach = length > 0 ? (rng.uniform() * Math.sqrt(radius)) / Math.sqrt(length) : 0;
  for (let j = 0; j < dimension; j++) {
    const x = values[at + j];
    const toCentre = share * (alone ? bests[at + j] - x : bests[at + j] - x + (bests[guide + j] - x));
    let v = inertia * velocities[at + j] + toCentre + reach * direction[j];
    let next = x + v;
    if (limits !== undefined && (next < limits.lower[j] || next > limits.upper[j])) {
      next = next < limits.lower[j] ? limits.lower[j] : limits.upper[j];
      v *= -0.5;
    }
    velocities[at + j] = v;
    values[at + j] = next;
  }
}
