import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { seedLanes } from '../../src/kernels/lanes.js';
import { moveSwarm, type Swarm } from '../../src/kernels/swarm.js';

/** xoshiro128+ as its authors state it, in whole numbers without limit. */
function* reference(words: bigint[]): Generator<number> {
  const mask = 0xffffffffn;
  const s = [...words];
  for (;;) {
    yield Number((s[0] + s[3]) & mask);
    const t = (s[1] << 9n) & mask;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = ((s[3] << 11n) | (s[3] >> 21n)) & mask;
  }
}

function swarmOf(size: number, dimension: number, informants: number[], limits: number[] = []): Swarm {
  return {
    population: { kind: 'dense', size, dimension, values: new Float64Array(size * dimension) },
    velocities: new Float64Array(size * dimension),
    bests: new Float64Array(size * dimension),
    informants: Int32Array.from(informants),
    limits: Float64Array.from(limits),
    lanes: seedLanes(Rng.seeded('swarm')),
  };
}

describe('moveSwarm', () => {
  test('follows the formula, r1 and r2 being the halves of a draw of lane i mod 4', () => {
    const swarm = swarmOf(2, 5, [1, 1]);
    const rng = Rng.seeded(8);
    for (const array of [swarm.population.values, swarm.velocities, swarm.bests]) for (let i = 0; i < 10; i++) array[i] = rng.normal();
    const x = swarm.population.values.slice();
    const v = swarm.velocities.slice();
    const p = swarm.bests;
    const streams = Array.from({ length: 4 }, (_, lane) => reference([0, 1, 2, 3].map((w) => BigInt(swarm.lanes[8 * w + lane]))));
    const draws = streams.map((stream) => Array.from({ length: 4 }, () => stream.next().value as number));
    moveSwarm(swarm, { inertia: 0.7, cognitive: 1.5, social: 1.25 });
    for (let j = 0; j < 10; j++) {
      const i = j % 5;
      const draw = (j < 5 ? 0 : 2) + (i >> 2); // five coordinates take two draws of every lane
      const r1 = (draws[i & 3][draw] >>> 16) / 2 ** 16;
      const r2 = (draws[i & 3][draw] & 0xffff) / 2 ** 16;
      const velocity = 0.7 * v[j] + 1.5 * r1 * (p[j] - x[j]) + 1.25 * r2 * (p[5 + i] - x[j]);
      expect(swarm.velocities[j]).toBeCloseTo(velocity, 12);
      expect(swarm.population.values[j]).toBeCloseTo(x[j] + velocity, 12);
    }
  });

  // R. Poli 2009, https://doi.org/10.1109/TEVC.2008.2011744: with p and g fixed and c1 = c2 = c, the positions' distribution settles at mean
  // (p + g) / 2 and deviation |g - p| / 2 sqrt(c (w + 1) / (c (5 w - 7) - 12 w^2 + 12)). For |g - p| = 2 the root itself.
  test.each([
    { w: 0.5, c: 1, deviation: Math.sqrt(1.5 / 4.5) },
    { w: 0.6, c: 1.2, deviation: Math.sqrt(1.92 / 2.88) },
  ])('settles at the published deviation for w = $w, c = $c', ({ w, c, deviation }) => {
    // 2 particles: their own bests at 1 and -1, each drawn by the other's
    const dimension = 40_000;
    const swarm = swarmOf(2, dimension, [1, 0]);
    swarm.bests.fill(1, 0, dimension).fill(-1, dimension);
    for (let step = 0; step < 100; step++) moveSwarm(swarm, { inertia: w, cognitive: c, social: c });
    const x = swarm.population.values;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < x.length; i++) {
      sum += x[i];
      squares += x[i] * x[i];
    }
    expect(Math.abs(sum / x.length)).toBeLessThan(5 * (deviation / Math.sqrt(x.length)));
    expect(Math.abs(Math.sqrt(squares / x.length) / deviation - 1)).toBeLessThan(0.02);
  });

  test('without pulls the velocity shrinks by w, and the position is the geometric sum', () => {
    const swarm = swarmOf(1, 3, [0]);
    swarm.velocities.set([1, -2, 0.5]);
    for (let step = 0; step < 10; step++) moveSwarm(swarm, { inertia: 0.5, cognitive: 0, social: 0 });
    // x = v (0.5 + 0.25 + ... + 0.5^10) = v (1 - 2^-10): exact in binary
    expect([...swarm.population.values]).toEqual([1, -2, 0.5].map((v) => v * (1 - 2 ** -10)));
  });

  test('keeps every speed within its limit', () => {
    const swarm = swarmOf(1, 3, [0], [0.25, 1, 8]);
    swarm.velocities.set([4, -4, 4]);
    moveSwarm(swarm, { inertia: 1, cognitive: 0, social: 0 });
    expect([...swarm.velocities]).toEqual([0.25, -1, 4]);
  });
});
