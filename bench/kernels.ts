/** The population kernels at P x D = 256 x 25,450: in place, in pieces through the stage, and their plain twins. */
import { Rng } from '../src/core/rng.js';
import type { Space } from '../src/core/space.js';
import { crossRows, type Mixing } from '../src/kernels/crossover.js';
import { fillNormal, fillUniform } from '../src/kernels/fill.js';
import { mutateRow, openHits } from '../src/kernels/hits.js';
import { seedLanes } from '../src/kernels/lanes.js';
import { residentArrays } from '../src/kernels/memory.js';
import { moveSwarm, type Swarm } from '../src/kernels/swarm.js';
import * as crossoverTwin from '../src/kernels/twins/crossover.js';
import * as fillTwin from '../src/kernels/twins/fill.js';
import { moveParticle } from '../src/kernels/twins/swarm.js';
import { type Benchmark, medianMilliseconds, type Row } from './benchmark.js';

const size = 256;
const dimension = 25_450;
const count = size * dimension;
const space: Space = { dimension, precision: 'float32', start: [{ offset: 0, length: dimension, kind: 'normal', mean: 0, deviation: 1 }] };
const pull = { inertia: 0.7298437881, cognitive: 1.4961797657, social: 1.4961797657 };

export const benchmark: Benchmark = {
  name: `Kernels on ${size} x ${dimension} float32`,
  async run() {
    const rows: Row[] = [];
    const lanes = seedLanes(Rng.seeded('bench'));
    const add = async (name: string, inPlace: () => void, staged: (() => void) | undefined, twin: () => void) => {
      const fast = await medianMilliseconds(inPlace, 7);
      rows.push({ name, value: fast, unit: 'ms', note: staged === undefined ? '' : 'in place' });
      const ratio = async (label: string, call: () => void, repeats: number) => {
        rows.push({ name: `${name}, ${label}`, value: (await medianMilliseconds(call, repeats, 1)) / fast, unit: 'times that' });
      };
      if (staged !== undefined) await ratio('through the stage', staged, 5);
      await ratio('plain twin', twin, 3);
    };

    const near = residentArrays(space, [count, count, count]);
    const far = near.map(() => new Float32Array(count));
    for (const arrays of [near, far]) for (const array of arrays) fillNormal(lanes, array);
    const swarmOf = ([values, velocities, bests]: readonly (typeof near)[number][]): Swarm => ({
      population: { kind: 'dense', size, dimension, values },
      velocities,
      bests,
      informants: new Int32Array(size),
      limits: new Float32Array(0),
      lanes,
    });
    const [nearSwarm, farSwarm] = [swarmOf(near), swarmOf(far)];
    const twinMoves = () => {
      for (let p = 0; p < size; p++) moveParticle(lanes, far[0], far[1], far[2], p * dimension, 0, dimension, pull, undefined);
    };
    await add(
      'moveSwarm',
      () => moveSwarm(nearSwarm, pull),
      () => moveSwarm(farSwarm, pull),
      twinMoves,
    );

    // 37 and 91 are odd: every row is a parent, in no order that a cache would like
    const cross = (mixing: Mixing, amount: number, arrays: readonly (typeof near)[number][]) => () => {
      for (let p = 0; p < size; p++) crossRows(lanes, mixing, amount, arrays[0], (37 * p) % size, (91 * p) % size, arrays[1], p, dimension);
    };
    const twinCross = (mixing: 'uniform' | 'blend' | 'simulated-binary') => () => {
      for (let p = 0; p < size; p++) {
        const [a, b, at] = [((37 * p) % size) * dimension, ((91 * p) % size) * dimension, p * dimension];
        if (mixing === 'uniform') crossoverTwin.crossUniform(lanes, far[0], a, b, far[1], at, dimension);
        else if (mixing === 'blend') crossoverTwin.crossBlend(lanes, far[0], a, b, far[1], at, dimension, 0.5);
        else crossoverTwin.crossSimulatedBinary(lanes, far[0], a, b, far[1], at, dimension, 2);
      }
    };
    await add('uniform crossover', cross('uniform', 0, near), cross('uniform', 0, far), twinCross('uniform'));
    await add('blend crossover', cross('blend', 0.5, near), cross('blend', 0.5, far), twinCross('blend'));
    await add(
      'simulated binary crossover',
      cross('simulated-binary', 2, near),
      cross('simulated-binary', 2, far),
      twinCross('simulated-binary'),
    );

    await add(
      'fillUniform',
      () => fillUniform(lanes, far[0]),
      undefined,
      () => fillTwin.fillUniform(lanes, far[0], 0, 1),
    );
    await add(
      'fillNormal',
      () => fillNormal(lanes, far[0]),
      undefined,
      () => fillTwin.fillNormal(lanes, far[0], 0, 1),
    );

    const deviations = new Float32Array(dimension).fill(0.01);
    for (const rate of [0.01, 0.1, 1]) {
      const hits = openHits(Rng.seeded('bench'), rate, 'normal');
      const mutate = () => {
        for (let p = 0; p < size; p++) mutateRow(hits, near[0], p * dimension, dimension, deviations);
      };
      rows.push({ name: `mutation at rate ${rate}`, value: await medianMilliseconds(mutate, 5, 1), unit: 'ms' });
    }
    return { rows };
  },
};
