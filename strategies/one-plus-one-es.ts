/**
 * (1+1)-ES with the one-fifth success rule: Rechenberg 1973, in the form of Auger, "Benchmarking the (1+1) evolution strategy with
 * one-fifth success rule on the BBOB-2009 function testbed" (2009). One parent, one child x + sigma s z, z ~ N(0, I), which becomes
 * the parent where it is not worse: a success. sigma grows by alpha on success and shrinks by alpha^(-1/4) otherwise: constant when
 * one child in five succeeds.
 *
 * s is the start's deviation. A child beyond a bound becomes the parent where it was evaluated. Ours: equal losses alone do not take
 * sigma beyond its first value, or a plain without an end would drive it to infinity; and since equal losses keep sigma from
 * shrinking, also where they are equal because numbers end, many of them without a lower one end the run, as in CMA-ES.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import { allocate, sampleStart, startScale, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { fillNormal } from '../src/kernels/fill.js';
import { type Lanes, seedLanes } from '../src/kernels/lanes.js';

const options = z.strictObject({
  initialStep: z
    .number()
    .positive()
    .max(1e6)
    .default(Math.sqrt(3) / 2)
    .describe(
      "sigma at the start, in deviations of the start's distribution. Above 0 to 1e6; the default is a quarter of a uniform start's range.",
    ),
  expansion: z.number().gt(1).max(10).default(1.5).describe('alpha: factor of sigma on success. Above 1 to 10.'),
});

interface State {
  readonly population: DensePopulation;
  readonly parent: Vector;
  /** Infinity until the parent was evaluated. */
  loss: number;
  sigma: number;
  readonly firstSigma: number;
  readonly scale: Vector;
  readonly z: Vector;
  readonly lanes: Lanes;
  readonly success: number;
  readonly failure: number;
  /** Whether the parent has been asked. */
  begun: boolean;
  /** Equal losses since the last lower one, while sigma is below its first value. */
  ties: number;
}

/** Share of the first sigma below which the search is over. */
const tolX = 1e-15;

/** Equal losses after which it is over: about one child in five is, so that this is some multiple of CMA-ES's 10 generations + 30 n evaluations. */
const mostTies = (dimension: number) => 100 + 30 * dimension;

export const onePlusOneEs = defineStrategy<z.output<typeof options>, State>({
  name: 'one-plus-one-es',
  title: '(1+1)-ES with the one-fifth rule',
  family: 'evolution strategy',
  reference: {
    authors: 'A. Auger',
    year: 2009,
    title: 'Benchmarking the (1+1) evolution strategy with one-fifth success rule on the BBOB-2009 function testbed',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 100_000_000,
    memory: (dimension) => 32 * dimension,
    work: (dimension) => 20 * dimension,
    invariances: ['translation', 'order', 'rotation'],
  },
  options,

  start(space, { initialStep, expansion }, rng) {
    const n = space.dimension;
    const parent = allocate(space, n);
    const scale = allocate(space, n);
    sampleStart(space, rng.fork('parent'), parent);
    startScale(space, scale);
    return {
      population: densePopulation(space, 1),
      parent,
      loss: Infinity,
      sigma: initialStep,
      firstSigma: initialStep,
      scale,
      z: allocate(space, n),
      lanes: seedLanes(rng.fork('children')),
      success: expansion,
      failure: 1 / Math.sqrt(Math.sqrt(expansion)),
      begun: false,
      ties: 0,
    };
  },

  ask({ population, parent, scale, sigma, z: draws, lanes, begun }) {
    const { values } = population;
    if (!begun) values.set(parent);
    else {
      fillNormal(lanes, draws);
      for (let i = 0; i < values.length; i++) values[i] = parent[i] + sigma * scale[i] * draws[i];
    }
    return { kind: 'losses', population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`one-plus-one-es asked for losses and was told a ${answer.kind}.`);
    const loss = answer.losses[0];
    if (state.begun && state.loss < Infinity) adapt(state, loss);
    if (!(loss <= state.loss)) return;
    state.parent.set(state.population.values);
    state.loss = loss;
    state.begun = true;
  },

  stop({ sigma, firstSigma, begun, ties, parent, scale }) {
    if (!begun) return undefined;
    if (sigma < tolX * firstSigma || ties >= mostTies(parent.length)) return 'converged';
    const single = parent instanceof Float32Array;
    for (let i = 0; i < parent.length; i++) {
      const moved = parent[i] + 0.2 * sigma * scale[i];
      if ((single ? Math.fround(moved) : moved) !== parent[i]) return undefined;
    }
    return 'converged';
  },
});

/** sigma after a child of this loss. */
function adapt(state: State, loss: number): void {
  const { firstSigma, success, failure } = state;
  if (loss > state.loss) state.sigma *= failure;
  else if (loss < state.loss) {
    state.sigma *= success;
    state.ties = 0;
  } else {
    if (state.sigma < firstSigma) state.sigma = Math.min(state.sigma * success, firstSigma);
    state.ties = state.sigma < firstSigma ? state.ties + 1 : 0;
  }
}
