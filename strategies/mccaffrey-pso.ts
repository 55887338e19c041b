/**
 * The swarm with death of J. McCaffrey, "Neural Network Training Using Particle Swarm Optimization", Visual Studio Magazine,
 * December 2013. Its particles move one at a time, in an order shuffled every epoch, so each sees the best found until then:
 *   v <- w v + (c1 r1) (p - x) + (c2 r2) (g - x),   x <- x + v,   r1, r2 uniform in [0, 1) for each coordinate
 * p: the particle's best position, g: the swarm's. After its move a particle dies with a small probability: it is put at a
 * random place, which becomes its best position whatever its loss; its velocity stays.
 */
import { z } from 'zod';
import { StrategyError, UsageError } from '../src/core/errors.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import type { Rng } from '../src/core/rng.js';
import { allocate, type Space, sampleStart, startScale, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { copyRow } from '../src/kernels/rows.js';

const options = z.strictObject({
  swarmSize: z.int().min(1).max(1_000_000).default(12).describe('Particles. 1 to 1,000,000.'),
  inertia: z.number().min(-1).max(2).default(0.729).describe('w: share of the velocity that is kept. -1 to 2.'),
  cognitive: z.number().min(0).max(10).default(1.49445).describe('c1: pull of the own best position. 0 to 10.'),
  social: z.number().min(0).max(10).default(1.49445).describe("c2: pull of the swarm's best position. 0 to 10."),
  deathRate: z.number().min(0).max(1).default(0.005).describe('Probability that a particle dies after a move. 0 to 1.'),
});

interface State {
  readonly settings: z.output<typeof options>;
  readonly space: Space;
  /** The swarm, asked as a whole at first. */
  readonly swarm: DensePopulation;
  /** The one particle that is asked later. */
  readonly single: DensePopulation;
  readonly velocities: Vector;
  readonly bests: Vector;
  readonly bestLosses: Float64Array;
  /** The swarm's best position. */
  readonly globalBest: Vector;
  globalLoss: number;
  /** The order of this epoch, and the place in it of the particle that is asked. */
  readonly sequence: Int32Array;
  place: number;
  /** What is asked: the first positions, a move, or the place of a rebirth. */
  phase: 'first' | 'move' | 'rebirth';
  /** Whether the question of this phase waits to be made. */
  due: boolean;
  /** Epochs begun; in each, every particle moves once. */
  epoch: number;
  readonly rng: Rng;
}

export const mccaffreyPso = defineStrategy<z.output<typeof options>, State>({
  name: 'mccaffrey-pso',
  title: 'Particle swarm with death (McCaffrey)',
  family: 'swarm',
  reference: {
    authors: 'J. McCaffrey',
    year: 2013,
    title: 'Neural network training using particle swarm optimization',
    link: 'https://visualstudiomagazine.com/articles/2013/12/01/neural-network-training-using-particle-swarm-optimization.aspx',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 10_000_000,
    // Questions after the first hold one particle; the swarm is of swarmSize.
    memory: (dimension, population) => 8 * (3 * Math.max(population, 12) + 4) * dimension + 12 * Math.max(population, 12),
    work: (dimension, population) => 45 * population * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, settings, rng) {
    const { dimension } = space;
    const { swarmSize } = settings;
    if (swarmSize * dimension > 2 ** 31) {
      throw new UsageError(
        `mccaffrey-pso: ${swarmSize} particles of ${dimension} coordinates are more than the ${2 ** 31} numbers of the largest population; take a smaller swarmSize.`,
      );
    }
    const swarm = densePopulation(space, swarmSize);
    const velocities = allocate(space, swarmSize * dimension);
    const speeds = largestSpeeds(space);
    for (let p = 0; p < swarmSize; p++) {
      sampleStart(space, rng, swarm.values, p * dimension);
      for (let j = 0; j < dimension; j++) velocities[p * dimension + j] = 2 * speeds[j] * rng.uniform() - speeds[j];
    }
    return {
      settings,
      space,
      swarm,
      single: densePopulation(space, 1),
      velocities,
      bests: allocate(space, swarmSize * dimension),
      bestLosses: new Float64Array(swarmSize).fill(Infinity),
      globalBest: allocate(space, dimension),
      globalLoss: Infinity,
      sequence: Int32Array.from({ length: swarmSize }, (_, p) => p),
      place: 0,
      phase: 'first',
      due: true,
      epoch: 0,
      rng,
    };
  },

  ask(state) {
    const { phase, due } = state;
    state.due = false;
    if (phase === 'first') return { kind: 'losses', population: state.swarm };
    if (due && phase === 'move') move(state);
    if (due && phase === 'rebirth') sampleStart(state.space, state.rng, state.single.values);
    return { kind: 'losses', population: state.single };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`mccaffrey-pso asked for losses and was told a ${answer.kind}.`);
    const { swarm, single, settings, sequence, bestLosses } = state;
    state.due = true;
    if (state.phase === 'first') {
      for (let p = 0; p < swarm.size; p++) remember(state, p, answer.losses[p]);
      beginEpoch(state);
      return;
    }
    const particle = sequence[state.place];
    copyRow(single.values, 0, swarm.values, particle, swarm.dimension);
    if (state.phase === 'rebirth' || answer.losses[0] < bestLosses[particle]) remember(state, particle, answer.losses[0]);
    if (state.phase === 'move' && state.rng.uniform() < settings.deathRate) {
      state.phase = 'rebirth';
      return;
    }
    state.phase = 'move';
    state.place++;
    if (state.place === swarm.size) beginEpoch(state);
  },
});

/** Takes a particle's position for its best, and for the swarm's if it is. */
function remember(state: State, particle: number, loss: number): void {
  const { swarm, bests, bestLosses, globalBest } = state;
  const { dimension } = swarm;
  copyRow(swarm.values, particle, bests, particle, dimension);
  bestLosses[particle] = loss;
  if (loss < state.globalLoss || state.globalLoss === Infinity) {
    state.globalLoss = loss;
    copyRow(swarm.values, particle, globalBest, 0, dimension);
  }
}

/** A new order of the particles: each place takes any of those from it on. */
function beginEpoch(state: State): void {
  const { sequence, rng } = state;
  for (let k = 0; k < sequence.length; k++) {
    const other = k + Math.floor(rng.uniform() * (sequence.length - k));
    const particle = sequence[other];
    sequence[other] = sequence[k];
    sequence[k] = particle;
  }
  state.place = 0;
  state.phase = 'move';
  state.epoch++;
}

function move(state: State): void {
  const { settings, swarm, single, velocities, bests, globalBest, rng } = state;
  const { inertia, cognitive, social } = settings;
  const { dimension, values } = swarm;
  const at = state.sequence[state.place] * dimension;
  for (let j = 0; j < dimension; j++) {
    const x = values[at + j];
    const r1 = rng.uniform();
    const r2 = rng.uniform();
    const v = inertia * velocities[at + j] + cognitive * r1 * (bests[at + j] - x) + social * r2 * (globalBest[j] - x);
    velocities[at + j] = v;
    single.values[j] = x + v;
  }
}

/** A tenth of half the range: of the bounds where they are finite, else of a uniform start as wide as the given one. */
function largestSpeeds(space: Space): Vector {
  const speeds = allocate(space, space.dimension);
  startScale(space, speeds);
  for (let j = 0; j < speeds.length; j++) {
    const width = space.bounds === undefined ? Infinity : space.bounds.upper[j] - space.bounds.lower[j];
    speeds[j] = 0.1 * (width < Infinity ? width / 2 : Math.sqrt(3) * speeds[j]);
  }
  return speeds;
}
