/**
 * Comprehensive learning particle swarm: Liang, Qin, Suganthan and Baskar, IEEE Transactions on Evolutionary Computation 10 (2006).
 *
 * Every coordinate d of particle i has an exemplar f_i(d) whose best position it follows, with one random number a coordinate:
 *   v_d <- w v_d + c r_d (pbest_{f_i(d), d} - x_d),   x <- x + v;   w falls linearly over the budget
 * f_i(d) is the particle itself, or with probability Pc_i the better of two others (equation 12):
 *   Pc_i = 0.05 + 0.45 (exp(10 (i - 1) / (S - 1)) - 1) / (exp(10) - 1)
 * One coordinate at least has another as its exemplar. Exemplars are drawn again after m moves without a better own position.
 * Particles out of bounds are not evaluated: their exemplars are inside, and draw them back.
 */
import { z } from 'zod';
import { type Limits, limitsOf } from '../src/core/bounds.js';
import { StrategyError, UsageError } from '../src/core/errors.js';
import { exp } from '../src/core/math.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import type { Rng } from '../src/core/rng.js';
import { allocate, type Space, sampleStart, startScale, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { copyRow } from '../src/kernels/rows.js';

const options = z.strictObject({
  swarmSize: z
    .int()
    .min(3)
    .max(1_000_000)
    .default(10)
    .describe('S: particles. 3 to 1,000,000. The paper takes 10 for 10 coordinates and 40 for 30.'),
  maxEvaluations: z
    .int()
    .min(1)
    .optional()
    .describe(
      "Moves of single particles over which the inertia falls. At least 1. Absent: the budget of the run, and where that does not limit evaluations the paper's 30,000 for 10 coordinates and fewer, 3,000 for each where there are more.",
    ),
  firstInertia: z.number().min(0).max(2).default(0.9).describe('w at first. 0 to 2.'),
  lastInertia: z.number().min(0).max(2).default(0.4).describe('w at the end of the budget and beyond. 0 to 2.'),
  acceleration: z.number().min(0).max(10).default(1.49445).describe('c: pull of the exemplar. 0 to 10.'),
  refreshingGap: z
    .int()
    .min(1)
    .max(1000)
    .default(7)
    .describe('m: moves without a better own position after which a particle takes new exemplars. 1 to 1,000.'),
  velocityLimit: z
    .number()
    .positive()
    .max(1e6)
    .default(0.2)
    .describe(
      "Largest speed of a coordinate as a share of its range: the bounds' where they are finite, else 2 sqrt(3) deviations of the start.",
    ),
});

interface State {
  readonly settings: z.output<typeof options>;
  readonly maxEvaluations: number;
  /** Where the particles are, also out of bounds. */
  readonly swarm: DensePopulation;
  readonly velocities: Vector;
  readonly bests: Vector;
  readonly bestLosses: Float64Array;
  /** exemplars[i * D + d] is f_i(d). */
  readonly exemplars: Int32Array;
  /** Moves of each particle without a better own position. */
  readonly gaps: Int32Array;
  /** Largest speed of each coordinate. */
  readonly limits: Vector;
  readonly edges: Limits | undefined;
  /** The particles that are asked, the first rows of `asked`, by their numbers. */
  asked: DensePopulation;
  readonly inside: Int32Array;
  /** Moves of all particles so far: what maxEvaluations counts, evaluated or not. */
  moved: number;
  readonly rng: Rng;
}

/** Pc of the particle at place `i`, from 0, of `size`. */
export function learningProbability(i: number, size: number): number {
  return 0.05 + (0.45 * (exp((10 * i) / (size - 1)) - 1)) / (exp(10) - 1);
}

export const clpso = defineStrategy<z.output<typeof options>, State>({
  name: 'clpso',
  title: 'Comprehensive learning particle swarm optimization',
  family: 'swarm',
  reference: {
    authors: 'J. J. Liang, A. K. Qin, P. N. Suganthan, S. Baskar',
    year: 2006,
    title: 'Comprehensive learning particle swarm optimizer for global optimization of multimodal functions',
    link: 'https://doi.org/10.1109/TEVC.2005.857610',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 10_000_000,
    // Questions leave out particles that are out of bounds; the swarm is of swarmSize.
    memory: (dimension, population) => 36 * Math.max(population, 10) * dimension + 24 * dimension + 16 * Math.max(population, 10),
    work: (dimension, population) => 25 * population * dimension,
    invariances: ['translation', 'order'],
  },
  options,
  horizon: 'maxEvaluations',

  start(space, settings, rng) {
    const { dimension } = space;
    const size = settings.swarmSize;
    if (size * dimension > 2 ** 31) {
      throw new UsageError(
        `clpso: ${size} particles of ${dimension} coordinates are more than the ${2 ** 31} numbers of the largest population; take a smaller swarmSize.`,
      );
    }
    const swarm = densePopulation(space, size);
    const positions = rng.fork('positions');
    for (let p = 0; p < size; p++) sampleStart(space, positions, swarm.values, p * dimension);
    const limits = largestSpeeds(space, settings.velocityLimit);
    const velocities = allocate(space, size * dimension);
    const speeds = rng.fork('velocities');
    for (let i = 0; i < velocities.length; i++) velocities[i] = (2 * speeds.uniform() - 1) * limits[i % dimension];
    return {
      settings,
      maxEvaluations: settings.maxEvaluations ?? 3000 * Math.max(10, dimension),
      swarm,
      velocities,
      bests: swarm.values.slice(),
      bestLosses: new Float64Array(size).fill(Infinity),
      exemplars: new Int32Array(size * dimension),
      gaps: new Int32Array(size).fill(settings.refreshingGap),
      limits,
      edges: limitsOf(space),
      asked: densePopulation(space, size),
      inside: new Int32Array(size),
      moved: 0,
      rng: rng.fork('moves'),
    };
  },

  ask(state) {
    const { swarm, inside, asked, edges } = state;
    if (state.moved > 0) for (let p = 0; p < swarm.size; p++) move(state, p);
    let count = 0;
    for (let p = 0; p < swarm.size; p++) if (edges === undefined || isInside(swarm, p, edges)) inside[count++] = p;
    // A question has a candidate: where all have left, the first is put back by the bounds policy.
    if (count === 0) inside[count++] = 0;
    for (let k = 0; k < count; k++) copyRow(swarm.values, inside[k], asked.values, k, swarm.dimension);
    state.asked = { ...asked, size: count };
    return { kind: 'losses', population: state.asked };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`clpso asked for losses and was told a ${answer.kind}.`);
    const { asked, inside, bests, bestLosses, gaps } = state;
    for (let p = 0; p < gaps.length; p++) gaps[p]++;
    for (let k = 0; k < asked.size; k++) {
      const particle = inside[k];
      if (answer.losses[k] >= bestLosses[particle]) continue;
      bestLosses[particle] = answer.losses[k];
      gaps[particle] = state.moved === 0 ? state.settings.refreshingGap : 0;
      copyRow(asked.values, k, bests, particle, asked.dimension);
    }
    state.moved += gaps.length;
  },
});

function move(state: State, particle: number): void {
  const { settings, swarm, velocities, bests, exemplars, limits, gaps, rng } = state;
  const { dimension, values } = swarm;
  if (gaps[particle] >= settings.refreshingGap) {
    choose(state, particle);
    gaps[particle] = 0;
  }
  const w = settings.firstInertia + (settings.lastInertia - settings.firstInertia) * Math.min(1, state.moved / state.maxEvaluations);
  const c = settings.acceleration / 4294967296;
  const at = particle * dimension;
  for (let d = 0; d < dimension; d++) {
    const x = values[at + d];
    let v = w * velocities[at + d] + c * rng.uint32() * (bests[exemplars[at + d] * dimension + d] - x);
    if (v > limits[d]) v = limits[d];
    else if (v < -limits[d]) v = -limits[d];
    velocities[at + d] = v;
    values[at + d] = x + v;
  }
}

/** Draws the exemplars of a particle. */
function choose({ exemplars, swarm, bestLosses, rng }: State, particle: number): void {
  const { size, dimension } = swarm;
  const at = particle * dimension;
  const threshold = learningProbability(particle, size) * 4294967296;
  let others = 0;
  for (let d = 0; d < dimension; d++) {
    exemplars[at + d] = particle;
    if (rng.uint32() >= threshold) continue;
    const a = another(rng, size, particle, particle);
    const b = another(rng, size, particle, a);
    exemplars[at + d] = bestLosses[a] <= bestLosses[b] ? a : b;
    others++;
  }
  if (others === 0) exemplars[at + rng.below(dimension)] = another(rng, size, particle, particle);
}

function another(rng: Rng, size: number, a: number, b: number): number {
  for (;;) {
    const draw = rng.below(size);
    if (draw !== a && draw !== b) return draw;
  }
}

function isInside({ values, dimension }: DensePopulation, row: number, { lower, upper }: Limits): boolean {
  for (let d = 0, i = row * dimension; d < dimension; d++, i++) if (values[i] < lower[d] || values[i] > upper[d]) return false;
  return true;
}

function largestSpeeds(space: Space, share: number): Vector {
  const speeds = allocate(space, space.dimension);
  startScale(space, speeds);
  for (let d = 0; d < speeds.length; d++) {
    const width = space.bounds === undefined ? Infinity : space.bounds.upper[d] - space.bounds.lower[d];
    speeds[d] = share * (width < Infinity ? width : 2 * Math.sqrt(3) * speeds[d]);
  }
  return speeds;
}
