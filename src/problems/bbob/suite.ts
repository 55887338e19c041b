/**
 * BBOB's functions by number: 24 noiseless ones (f1 to f24, INRIA RR-6829) and 30 with noise (f101 to f130: S. Finck and
 * others 2009, Real-parameter black-box optimization benchmarking 2009: presentation of the noisy functions, RR-6869).
 */
import type { Definition } from './definition.js';
import { fewPeaks, gallagher, manyPeaks } from './gallagher.js';
import { bentCigar, differentPowers, discus, ellipsoid, sharpRidge } from './ill-conditioned.js';
import { attractiveSector, rosenbrock, rotatedRosenbrock, stepEllipsoid } from './moderate.js';
import { griewankRosenbrock, rastrigin, schaffers, weierstrass } from './multi-modal.js';
import { type Noise, noiseModels } from './noise.js';
import { buecheRastrigin, linearSlope, separableEllipsoid, separableRastrigin, sphere } from './separable.js';
import { katsuura, lunacek, schwefel } from './weakly-structured.js';

export interface SuiteFunction {
  readonly number: number;
  readonly definition: Definition;
  /** The number that seeds are made with: f4 shares f3's draws, f18 f17's, a noisy function those of its noiseless origin. */
  readonly seedNumber: number;
  readonly noise?: Noise;
}

const noiseless: readonly (Definition | readonly [Definition, number])[] = [
  sphere,
  separableEllipsoid,
  separableRastrigin,
  [buecheRastrigin, 3],
  linearSlope,
  attractiveSector,
  stepEllipsoid,
  rosenbrock,
  rotatedRosenbrock,
  ellipsoid(1e6),
  discus,
  bentCigar,
  sharpRidge,
  differentPowers,
  rastrigin,
  weierstrass,
  schaffers(10),
  [schaffers(1000), 17],
  griewankRosenbrock(10),
  schwefel,
  gallagher(manyPeaks),
  gallagher(fewPeaks),
  katsuura,
  lunacek,
];

/** The noisy suite's functions in its order, three noise models each. All are penalized by 100 outside [-5, 5]. */
const noisy: readonly (readonly [Definition, number, Noise['severity']])[] = [
  [sphere, 1, 'moderate'],
  [rosenbrock, 8, 'moderate'],
  [sphere, 1, 'severe'],
  [rosenbrock, 8, 'severe'],
  [stepEllipsoid, 7, 'severe'],
  [ellipsoid(1e4), 10, 'severe'],
  [differentPowers, 14, 'severe'],
  [schaffers(10), 17, 'severe'],
  [griewankRosenbrock(1), 19, 'severe'],
  [gallagher(manyPeaks), 21, 'severe'],
];

/** All 54 functions, by number. */
export const suite: ReadonlyMap<number, SuiteFunction> = new Map(
  [...noiseless.map(noiselessFunction), ...noisy.flatMap(noisyFunctions)].map((f) => [f.number, f]),
);

function noiselessFunction(entry: Definition | readonly [Definition, number], index: number): SuiteFunction {
  const number = index + 1;
  return 'title' in entry ? { number, definition: entry, seedNumber: number } : { number, definition: entry[0], seedNumber: entry[1] };
}

function noisyFunctions([definition, seedNumber, severity]: (typeof noisy)[number], index: number): SuiteFunction[] {
  return noiseModels.map((model, k) => ({
    number: 101 + 3 * index + k,
    definition: { ...definition, penalty: () => 100 },
    seedNumber,
    noise: { model, severity },
  }));
}
