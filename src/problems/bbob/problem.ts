/** BBOB instances as problems. */
import type { Objective } from '../../core/objective.js';
import type { Space } from '../../core/space.js';
import { NoiseStream } from '../noise-stream.js';
import type { Problem } from '../problem.js';
import { bbobClasses } from './classes.js';
import { type BbobId, formatBbobId } from './id.js';
import { bbobInstance, type Instance } from './instance.js';
import { addNoise, type Noise } from './noise.js';
import { suite } from './suite.js';

/**
 * Instances are COCO's, so the seed of a run chooses the noise and nothing else. First points are uniform in [-4, 4]^D, where
 * the optima are drawn; the bounds [-5, 5] are where COCO's targets are defined.
 */
export function bbobProblem(id: BbobId): Problem {
  const f = suite.get(id.number);
  if (!f) throw new RangeError(`there is no BBOB function f${id.number}`);
  const noise = id.noise ?? f.noise;
  const instance = bbobInstance(id.number, id.instance, id.dimension);
  const described = noise ? `, ${noise.severity} ${noise.model} noise` : '';
  return {
    id: formatBbobId(id),
    title: `BBOB f${id.number} ${f.definition.title}${described}, instance ${id.instance}, ${id.dimension}-D`,
    kind: 'function',
    dimension: id.dimension,
    optimum: instance.offset,
    group: {
      id: formatBbobId(id).replace(/:i\d+/, ''),
      title: `BBOB f${id.number} ${f.definition.title}${described}, ${id.dimension}-D`,
    },
    classes: bbobClasses(id.number, f.definition, noise !== undefined),
    facts: async () => ({
      suite: f.noise ? 'bbob-noisy' : 'bbob',
      function: id.number,
      instance: id.instance,
      group: f.definition.group,
      bounds: '[-5, 5]',
      optimum: instance.offset,
      optimumAt: `[${instance.optimum.join(', ')}]`,
      noise: noise ? `${noise.model}, ${noise.severity}` : 'none',
      source: f.noise
        ? 'S. Finck and others 2009, INRIA RR-6869; instances as in COCO'
        : 'N. Hansen and others 2009, INRIA RR-6829; instances as in COCO',
    }),
    open: async ({ seed }) => {
      const fresh = bbobInstance(id.number, id.instance, id.dimension);
      return noise ? noisyObjective(fresh, noise, seed) : noiselessObjective(fresh);
    },
  };
}

function spaceOf(dimension: number): Space {
  return {
    dimension,
    precision: 'float64',
    bounds: { lower: new Float64Array(dimension).fill(-5), upper: new Float64Array(dimension).fill(5) },
    start: [{ offset: 0, length: dimension, kind: 'uniform', low: -4, high: 4 }],
  };
}

function noiselessObjective(instance: Instance): Objective {
  const { dimension, offset } = instance;
  const x = new Float64Array(dimension);
  return {
    space: spaceOf(dimension),
    passesPerEvaluation: 1,
    deterministic: true,
    optimum: offset,
    optimumAt: instance.optimum,
    losses({ values, size }, _step, out) {
      for (let p = 0, at = 0; p < size; p++) {
        for (let i = 0; i < dimension; i++, at++) x[i] = values[at];
        out[p] = instance.value(x) + instance.penalty(x) + offset;
      }
    },
  };
}

function noisyObjective(instance: Instance, noise: Noise, seed: number): Objective {
  const { dimension, offset } = instance;
  const x = new Float64Array(dimension);
  const stream = new NoiseStream(seed);
  return {
    space: spaceOf(dimension),
    passesPerEvaluation: 1,
    deterministic: false,
    optimum: offset,
    optimumAt: instance.optimum,
    losses({ values, size }, step, out) {
      const draws = stream.at(step);
      for (let p = 0, at = 0; p < size; p++) {
        for (let i = 0; i < dimension; i++, at++) x[i] = values[at];
        out[p] = addNoise(instance.value(x), noise, dimension, draws) + instance.penalty(x) + offset;
      }
    },
    // what a noisy objective is judged by: the value without its noise
    metrics(point) {
      x.set(point);
      return { trainLoss: instance.value(x) + instance.penalty(x) + offset };
    },
  };
}
