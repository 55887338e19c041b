/**
 * Mirrored (antithetic) sampling around a centre: candidates 2k and 2k + 1 are centre + d e_k and centre - d e_k, e_k standard
 * normal, d one deviation a coordinate. The noise is kept as it was drawn: what bounds did to a candidate is not seen by the estimate.
 */
import { UsageError } from '../../src/core/errors.js';
import type { DensePopulation } from '../../src/core/population.js';
import type { Rng } from '../../src/core/rng.js';
import { type Space, sampleStart, startScale, type Vector } from '../../src/core/space.js';
import { mirrorRows } from '../../src/kernels/estimate.js';
import { fillNormal } from '../../src/kernels/fill.js';
import { type Lanes, seedLanes } from '../../src/kernels/lanes.js';
import { residentArrays } from '../../src/kernels/memory.js';

export interface MirroredSampling {
  /** All pairs, then the centre itself where it is asked too. */
  readonly population: DensePopulation;
  readonly centre: Vector;
  /** One unit of step of each coordinate: a deviation of the start, or 1. */
  readonly units: Vector;
  /** d */
  readonly deviations: Vector;
  /** e_k is `noise[offsets[k] .. offsets[k] + dimension)`. */
  readonly noise: Vector;
  readonly offsets: Int32Array;
  /** Whether the noise is a table that was filled once and is read at random places. */
  readonly table: boolean;
  readonly lanes: Lanes;
  readonly places: Rng;
}

export interface SamplingSettings {
  /** For messages. */
  readonly strategy: string;
  readonly pairs: number;
  readonly askCentre: boolean;
  /** `start`: steps are in deviations of the start (where that is a constant: the least of the others); `absolute`: in coordinates. */
  readonly units: 'start' | 'absolute';
  /** Numbers in a shared table of noise; 0: fresh noise for each generation. */
  readonly noiseTable: number;
}

/**
 * Starts at one draw of the space's starting distribution. `extra` arrays of one number a coordinate come from the same memory.
 * Throws UsageError where the population is too large, or the table too small.
 */
export function startSampling(
  space: Space,
  settings: SamplingSettings,
  extra: number,
  rng: Rng,
): { sampling: MirroredSampling; extra: Vector[] } {
  const { strategy, pairs, askCentre, noiseTable } = settings;
  const { dimension } = space;
  const size = 2 * pairs + (askCentre ? 1 : 0);
  if (size * dimension > 2 ** 31) {
    throw new UsageError(
      `${strategy}: ${size} candidates of ${dimension} coordinates are more than the ${2 ** 31} numbers of the largest population; take a smaller populationSize.`,
    );
  }
  if (noiseTable > 0 && noiseTable < dimension) {
    throw new UsageError(
      `${strategy}.noiseTable must be 0 or at least the ${dimension} coordinates of the space; got ${noiseTable}. Take 0 for fresh noise, or a multiple of the dimension.`,
    );
  }
  const drawn = noiseTable > 0 ? noiseTable : pairs * dimension;
  // a multiple of 8, so that it can be filled in place
  const [values, noise, centre, units, deviations, ...rest] = residentArrays(space, [
    size * dimension,
    8 * Math.ceil(drawn / 8),
    ...new Array<number>(3 + extra).fill(dimension),
  ]);
  sampleStart(space, rng.fork('centre'), centre);
  if (settings.units === 'start') startScale(space, units);
  else units.fill(1);
  const sampling: MirroredSampling = {
    population: { kind: 'dense', size, dimension, values },
    centre,
    units,
    deviations,
    noise,
    offsets: Int32Array.from({ length: pairs }, (_, k) => (noiseTable > 0 ? 0 : k * dimension)),
    table: noiseTable > 0,
    lanes: seedLanes(rng.fork('noise')),
    places: rng.fork('places'),
  };
  if (sampling.table) fillNormal(sampling.lanes, noise);
  return { sampling, extra: rest };
}

/** Draws the next generation with the present centre and deviations. */
export function sample(sampling: MirroredSampling): DensePopulation {
  const { population, centre, deviations, noise, offsets, table, lanes, places } = sampling;
  const { dimension, values } = population;
  if (table) for (let k = 0; k < offsets.length; k++) offsets[k] = places.below(noise.length - dimension + 1);
  else fillNormal(lanes, noise);
  mirrorRows(centre, deviations, noise, offsets, values);
  if (population.size % 2 === 1) {
    const at = 2 * offsets.length * dimension;
    for (let i = 0; i < dimension; i++) values[at + i] = centre[i];
  }
  return population;
}

/** Bytes of its state, at 8 a number. */
export function samplingMemory(dimension: number, population: number): number {
  return 8 * dimension * (1.5 * population + 3) + 4 * population;
}
