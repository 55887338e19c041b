/**
 * Simulated annealing of continuous variables: Corana, Marchesi, Martini and Ridella, "Minimizing multimodal functions of continuous
 * variables with the 'simulated annealing' algorithm" (1987, https://doi.org/10.1145/29380.29864). One coordinate at a time is moved
 * at random; worse points are accepted by Metropolis' law; each coordinate's step follows its share of accepted moves; the
 * temperature falls. The first temperature is, unless given, the deviation of the losses of random points (White 1984).
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { exp } from '../src/core/math.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import type { Rng } from '../src/core/rng.js';
import { allocate, sampleStart, startScale, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';

const options = z.strictObject({
  initialTemperature: z
    .number()
    .gt(0)
    .max(1e300)
    .optional()
    .describe('T_0, in units of the loss. Absent: the standard deviation of the losses of 20 first points. Above 0.'),
  coolingFactor: z.number().gt(0).lt(1).default(0.85).describe('r_T: what the temperature is multiplied by. Above 0, below 1.'),
  cyclesPerAdjustment: z
    .int()
    .min(1)
    .max(10_000)
    .default(20)
    .describe('N_S: moves of every coordinate between two adjustments of the steps. 1 to 10,000.'),
  adjustmentsPerTemperature: z
    .int()
    .min(1)
    .max(10_000)
    .default(5)
    .describe(
      'N_T: adjustments of the steps at one temperature. 1 to 10,000; the paper takes max(100, 5 D), for where evaluations are cheap.',
    ),
  stepVariation: z.number().gt(0).max(100).default(2).describe('c: how far a step can change at once: by 1 + c. Above 0 to 100.'),
  initialStep: z.number().gt(0).max(1e6).default(1).describe('First steps, in deviations of the start. Above 0 to 1,000,000.'),
  tolerance: z
    .number()
    .min(0)
    .max(1)
    .default(1e-14)
    .describe(
      'Converged when the losses at the ends of 5 temperatures, and the best one, differ by at most this share of the first temperature. 0 to 1.',
    ),
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly rng: Rng;
  readonly probes: DensePopulation;
  readonly candidate: DensePopulation;
  probing: boolean;
  /** The present point, and the best one. */
  readonly x: Vector;
  loss: number;
  readonly best: Vector;
  bestLoss: number;
  /** v: the steps; their largest values; n: accepted moves since the last adjustment. */
  readonly steps: Float64Array;
  readonly largest: Float64Array;
  readonly accepted: Int32Array;
  firstTemperature: number;
  temperature: number;
  /** h: the coordinate that is moved; cycles and adjustments done. */
  coordinate: number;
  cycles: number;
  adjustments: number;
  /** f_k*: losses at the ends of the last temperatures, and how many there were. */
  readonly ends: Float64Array;
  temperatures: number;
}

const probeCount = 20;
/** N_epsilon + 1. */
const endsCompared = 5;

export const simulatedAnnealing = defineStrategy<Options, State>({
  name: 'simulated-annealing',
  title: 'Simulated annealing (Corana)',
  family: 'annealing',
  reference: {
    authors: 'A. Corana, M. Marchesi, C. Martini, S. Ridella',
    year: 1987,
    title: "Minimizing multimodal functions of continuous variables with the 'simulated annealing' algorithm",
    link: 'https://doi.org/10.1145/29380.29864',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 1_000_000,
    memory: (dimension) => 8 * dimension * (probeCount + 7) + 4 * dimension,
    work: (dimension) => 2 * dimension,
    invariances: ['translation'],
  },
  options,

  start(space, settings, rng) {
    const { dimension, bounds } = space;
    const probes = densePopulation(space, probeCount);
    const positions = rng.fork('positions');
    for (let p = 0; p < probeCount; p++) sampleStart(space, positions, probes.values, p * dimension);
    const steps = new Float64Array(dimension);
    startScale(space, steps);
    const largest = new Float64Array(dimension);
    for (let i = 0; i < dimension; i++) {
      const width = bounds === undefined ? Infinity : bounds.upper[i] - bounds.lower[i];
      largest[i] = Math.min(width, 1e6 * steps[i]);
      steps[i] = Math.min(settings.initialStep * steps[i], largest[i]);
    }
    return {
      settings,
      lower: bounds?.lower.slice() ?? new Float64Array(dimension).fill(-Infinity),
      upper: bounds?.upper.slice() ?? new Float64Array(dimension).fill(Infinity),
      rng: rng.fork('moves'),
      probes,
      candidate: densePopulation(space, 1),
      probing: true,
      x: allocate(space, dimension),
      loss: Infinity,
      best: allocate(space, dimension),
      bestLoss: Infinity,
      steps,
      largest,
      accepted: new Int32Array(dimension),
      firstTemperature: 0,
      temperature: 0,
      coordinate: 0,
      cycles: 0,
      adjustments: 0,
      ends: new Float64Array(endsCompared),
      temperatures: 0,
    };
  },

  ask: ({ probing, probes, candidate }) => ({ kind: 'losses', population: probing ? probes : candidate }),

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`simulated-annealing asked for losses and was told a ${answer.kind}.`);
    if (state.probing) begin(state, answer.losses);
    else decide(state, answer.losses[0]);
    move(state);
  },

  stop({ ends, temperatures, bestLoss, settings, firstTemperature }) {
    if (temperatures < endsCompared) return undefined;
    const allowed = settings.tolerance * firstTemperature;
    for (let k = 0; k < endsCompared; k++) if (!(Math.abs(ends[k] - bestLoss) <= allowed)) return undefined;
    return 'converged';
  },
});

/** From the best of the first points, at the temperature that their losses give. */
function begin(state: State, losses: Float64Array): void {
  const { probes, x, settings } = state;
  let finite = 0;
  let mean = 0;
  let best = 0;
  for (let p = 0; p < probeCount; p++) {
    if (losses[p] < losses[best]) best = p;
    if (losses[p] < Infinity) mean += (losses[p] - mean) / ++finite;
  }
  let variance = 0;
  for (let p = 0; p < probeCount; p++) if (losses[p] < Infinity) variance += (losses[p] - mean) ** 2 / finite;
  for (let i = 0; i < x.length; i++) x[i] = probes.values[best * x.length + i];
  state.loss = losses[best];
  state.best.set(x);
  state.bestLoss = state.loss;
  state.firstTemperature = settings.initialTemperature ?? (variance > 0 ? Math.sqrt(variance) : 1);
  state.temperature = state.firstTemperature;
  state.probing = false;
}

/** Proposes the next move: uniform within the step to both sides, drawn anew while it leaves the bounds. */
function move(state: State): void {
  const { candidate, x, coordinate, steps, lower, upper, rng } = state;
  candidate.values.set(x);
  let moved: number;
  do moved = x[coordinate] + steps[coordinate] * (2 * rng.uniform() - 1);
  while (!(moved >= lower[coordinate] && moved <= upper[coordinate]));
  candidate.values[coordinate] = moved;
}

/** Metropolis: a move is accepted with probability min(1, exp(-(f' - f) / T)). */
function decide(state: State, loss: number): void {
  const { rng, candidate, x, settings } = state;
  if (loss <= state.loss || rng.uniform() < exp((state.loss - loss) / state.temperature)) {
    x.set(candidate.values);
    state.loss = loss;
    state.accepted[state.coordinate]++;
    if (loss < state.bestLoss) {
      state.best.set(x);
      state.bestLoss = loss;
    }
  }
  if (++state.coordinate < x.length) return;
  state.coordinate = 0;
  if (++state.cycles < settings.cyclesPerAdjustment) return;
  state.cycles = 0;
  adjustSteps(state);
  if (++state.adjustments < settings.adjustmentsPerTemperature) return;
  state.adjustments = 0;
  cool(state);
}

/** Steps grow where more than 60 % of the moves were accepted, and shrink where less than 40 % were. */
function adjustSteps({ steps, largest, accepted, settings }: State): void {
  const { stepVariation: c, cyclesPerAdjustment: ns } = settings;
  for (let h = 0; h < steps.length; h++) {
    const share = accepted[h] / ns;
    if (share > 0.6) steps[h] = Math.min(steps[h] * (1 + (c * (share - 0.6)) / 0.4), largest[h]);
    else if (share < 0.4) steps[h] /= 1 + (c * (0.4 - share)) / 0.4;
    accepted[h] = 0;
  }
}

/** The next temperature begins at the best point so far. */
function cool(state: State): void {
  state.ends[state.temperatures % endsCompared] = state.loss;
  state.temperatures++;
  state.temperature *= state.settings.coolingFactor;
  state.x.set(state.best);
  state.loss = state.bestLoss;
}
