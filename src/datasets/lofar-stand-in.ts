/**
 * A stand-in for the sonar data of D. J. Montana and L. Davis (IJCAI 1989), which were never published: as theirs, 236 examples of four
 * features and one output, 1 for what is interesting and 0 for what is not. Made up, and harder than a straight line can tell apart.
 */
import { Rng } from '../core/rng.js';
import { type RawDataset, sourceOf } from './dataset.js';

const half = 118;
const noise = 0.6;

/**
 * Half the examples are interesting. An example lies about one of the corners (a, b), a and b each -1 or 1 by chance or by what is wanted:
 * a b = 1 where it is interesting, -1 where not, so that no feature tells anything by itself; the third feature is about a if it is
 * interesting and about -b if not, the fourth is noise alone. Normal noise of deviation 0.6 on all. Nothing is held out.
 */
export function lofarStandIn(): RawDataset {
  const rng = Rng.seeded('lofar-stand-in');
  const count = 2 * half;
  const inputs = new Float32Array(4 * count);
  const targets = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const interesting = i % 2 === 0;
    const a = rng.chance(0.5) ? 1 : -1;
    const b = interesting ? a : -a;
    for (const [k, centre] of [a, b, interesting ? a : -b, 0].entries()) inputs[4 * i + k] = centre + noise * rng.normal();
    targets[i] = interesting ? 1 : 0;
  }
  const inputShape = [4];
  const parts = { train: { count, inputs, targets } };
  return {
    name: 'lofar-stand-in',
    title: 'Stand-in for the sonar data of Montana and Davis',
    kind: 'regression',
    inputShape,
    outputs: 1,
    features: ['a', 'b', 'c', 'd'],
    targets: ['interesting'],
    parts,
    source: sourceOf(`made up: ${count} examples about the corners of a cube, normal noise of deviation ${noise}`, inputShape, parts),
  };
}
