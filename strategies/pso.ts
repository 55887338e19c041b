/**
 * Particle swarm optimization: Kennedy and Eberhart (1995), with the inertia weight of Shi and Eberhart (1998) or the
 * constriction of Clerc and Kennedy (2002, https://doi.org/10.1109/4235.985692).
 *
 * For every particle and coordinate, r1 and r2 uniform in [0, 1):
 *   v <- w v + c1 r1 (p - x) + c2 r2 (g - x),   x <- x + v
 * p: the particle's best position so far; g: the best position within its neighbourhood.
 * Or, fully informed, drawn by the best positions of all its neighbours: shared/fully-informed.ts.
 */
import { z } from 'zod';
import { type Limits, limitsOf } from '../src/core/bounds.js';
import { StrategyError, UsageError } from '../src/core/errors.js';
import type { Rng } from '../src/core/rng.js';
import { allocate, type Space, sampleStart, startDeviation, startScale, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { seedLanes } from '../src/kernels/lanes.js';
import { residentArrays } from '../src/kernels/memory.js';
import { copyRow } from '../src/kernels/rows.js';
import { moveSwarm, type Pull, type Swarm } from '../src/kernels/swarm.js';
import { moveFullyInformed } from './shared/fully-informed.js';

const options = z.strictObject({
  swarmSize: z.int().min(2).max(1_000_000).default(40).describe('Particles. 2 to 1,000,000.'),
  topology: z
    .enum(['global', 'ring', 'von-neumann'])
    .default('global')
    .describe(
      'Whom a particle listens to beside itself: everybody, one neighbour at each side, or four neighbours on a lattice. Fewer neighbours spread good news more slowly and search more widely.',
    ),
  influence: z
    .enum(['best', 'all'])
    .default('best')
    .describe(
      'Whose best positions draw a particle: its own and the best of its neighbourhood, or those of all its neighbours alike (FIPS), the pull cognitive + social shared among them. With all, take a small neighbourhood: ring or von-neumann.',
    ),
  inertia: z
    .number()
    .min(-1)
    .max(2)
    .default(0.7298437881)
    .describe('w: share of the velocity that is kept. -1 to 2; below 1 for a swarm that settles.'),
  cognitive: z.number().min(0).max(10).default(1.4961797657).describe('c1: pull of the own best position. 0 to 10.'),
  social: z.number().min(0).max(10).default(1.4961797657).describe("c2: pull of the neighbourhood's best position. 0 to 10."),
  phi: z
    .number()
    .gt(4)
    .max(20)
    .optional()
    .describe(
      'Constriction by phi = phi1 + phi2, above 4 to 20: chi = 2 / (phi - 2 + sqrt(phi^2 - 4 phi)) replaces inertia, and chi phi / 2 replaces cognitive and social. 4.1 gives their defaults. Absent: the three as given.',
    ),
  velocityLimit: z
    .number()
    .positive()
    .max(1e6)
    .optional()
    .describe(
      "Largest speed of a coordinate as a share of its range: the bounds' where they are finite, else 2 sqrt(3) deviations of the start. Absent: no limit.",
    ),
  initialVelocity: z
    .enum(['zero', 'half-difference'])
    .default('zero')
    .describe(
      'Zero, or half the way to a second random start. Coordinates that start at a constant get a normal velocity in either case: without it they would never move.',
    ),
});

type Options = z.output<typeof options>;

interface State extends Swarm {
  readonly pull: Pull;
  readonly topology: Options['topology'];
  /** For the fully informed swarm: what leads from a particle's number to those of its neighbours; else empty. */
  readonly offsets: Int32Array;
  readonly rng: Rng;
  /** Loss at each particle's best position. */
  readonly bestLosses: Float64Array;
  /** The bounds; undefined for a space without. */
  readonly edges: Limits | undefined;
  /** Whether the present positions have been evaluated. */
  told: boolean;
}

/** chi = 2 / (phi - 2 + sqrt(phi^2 - 4 phi)): Clerc and Kennedy, equation 4.18 with kappa = 1. */
export function constriction(phi: number): number {
  return 2 / (phi - 2 + Math.sqrt(phi * phi - 4 * phi));
}

export const pso = defineStrategy<Options, State>({
  name: 'pso',
  title: 'Particle swarm optimization',
  family: 'swarm',
  reference: {
    authors: 'M. Clerc, J. Kennedy',
    year: 2002,
    title: 'The particle swarm: explosion, stability, and convergence in a multidimensional complex space',
    link: 'https://doi.org/10.1109/4235.985692',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 10_000_000,
    memory: (dimension, population) => 8 * (3 * population + 3) * dimension + 12 * population + 128,
    work: (dimension, population) => 35 * population * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, chosen, rng) {
    const size = chosen.swarmSize;
    const { dimension } = space;
    if (size * dimension > 2 ** 31) {
      throw new UsageError(
        `pso: ${size} particles of ${dimension} coordinates are more than the ${2 ** 31} numbers of the largest population; take a smaller swarmSize.`,
      );
    }
    const limited = chosen.velocityLimit === undefined ? 0 : dimension;
    const [values, velocities, bests, limits] = residentArrays(space, [size * dimension, size * dimension, size * dimension, limited]);
    const positions = rng.fork('positions');
    for (let p = 0; p < size; p++) sampleStart(space, positions, values, p * dimension);
    bests.set(values);

    const speeds = rng.fork('velocities');
    if (chosen.initialVelocity === 'half-difference') {
      for (let p = 0; p < size; p++) sampleStart(space, speeds, velocities, p * dimension);
      for (let i = 0; i < velocities.length; i++) velocities[i] = (velocities[i] - values[i]) / 2;
    }
    const deviation = allocate(space, dimension);
    const scale = allocate(space, dimension);
    startDeviation(space, deviation);
    startScale(space, scale);
    for (let i = 0; i < dimension; i++) {
      if (deviation[i] === 0) for (let p = 0; p < size; p++) velocities[p * dimension + i] = scale[i] * speeds.normal();
    }

    if (chosen.velocityLimit !== undefined) limitSpeeds(space, chosen.velocityLimit, scale, limits);

    const chi = chosen.phi === undefined ? undefined : constriction(chosen.phi);
    return {
      population: { kind: 'dense', size, dimension, values },
      velocities,
      bests,
      bestLosses: new Float64Array(size).fill(Infinity),
      informants: new Int32Array(size),
      limits,
      edges: limitsOf(space),
      lanes: seedLanes(rng.fork('moves')),
      topology: chosen.topology,
      offsets: Int32Array.from(chosen.influence === 'all' ? neighbourhood(chosen.topology, size) : []),
      rng: rng.fork('influences'),
      pull: {
        inertia: chi ?? chosen.inertia,
        cognitive: chi === undefined ? chosen.cognitive : (chi * (chosen.phi ?? 0)) / 2,
        social: chi === undefined ? chosen.social : (chi * (chosen.phi ?? 0)) / 2,
      },
      told: false,
    };
  },

  ask(state) {
    if (state.told) {
      stopAtBounds(state);
      const { pull, offsets } = state;
      if (offsets.length > 0) moveFullyInformed(state, offsets, pull.inertia, pull.cognitive + pull.social, state.rng);
      else moveSwarm(state, pull);
      state.told = false;
    }
    return { kind: 'losses', population: state.population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`pso asked for losses and was told a ${answer.kind}.`);
    const { population, bests, bestLosses } = state;
    for (let p = 0; p < population.size; p++) {
      if (answer.losses[p] < bestLosses[p]) {
        bestLosses[p] = answer.losses[p];
        copyRow(population.values, p, bests, p, population.dimension);
      }
    }
    inform(state);
    state.told = true;
  },
});

/** Finds for each particle the best particle of its neighbourhood, itself included; it stays itself among equals. */
function inform({ topology, bestLosses, informants }: State): void {
  const size = informants.length;
  if (topology === 'global') {
    let best = 0;
    for (let p = 1; p < size; p++) if (bestLosses[p] < bestLosses[best]) best = p;
    informants.fill(best);
    return;
  }
  const [, ...others] = neighbourhood(topology, size);
  for (let p = 0; p < size; p++) {
    let best = p;
    for (const offset of others) best = better(bestLosses, best, (p + offset) % size);
    informants[p] = best;
  }
}

/** What leads from a particle's number to those of its neighbourhood, itself first; below `size`. */
function neighbourhood(topology: Options['topology'], size: number): number[] {
  if (topology === 'global') return Array.from({ length: size }, (_, offset) => offset);
  if (topology === 'ring') return [0, 1, size - 1];
  // The lattice's rows are joined end to start, as one spiral on a torus, so that every swarm size has four neighbours each.
  const width = Math.round(Math.sqrt(size));
  return [0, 1, size - 1, width, size - width];
}

function better(losses: Float64Array, a: number, b: number): number {
  return losses[b] < losses[a] ? b : a;
}

/** A particle that was put on its bound has lost its speed there. */
function stopAtBounds({ population, velocities, edges }: State): void {
  if (edges === undefined) return;
  const { lower, upper } = edges;
  const { size, dimension, values } = population;
  for (let p = 0, j = 0; p < size; p++) {
    for (let i = 0; i < dimension; i++, j++) {
      if (values[j] <= lower[i] || values[j] >= upper[i]) velocities[j] = 0;
    }
  }
}

/** Largest speeds: `share` of each coordinate's range, into `out`. */
function limitSpeeds(space: Space, share: number, scale: Vector, out: Vector): void {
  for (let i = 0; i < out.length; i++) {
    const width = space.bounds === undefined ? Infinity : space.bounds.upper[i] - space.bounds.lower[i];
    out[i] = share * (width < Infinity ? width : 2 * Math.sqrt(3) * scale[i]);
  }
}
