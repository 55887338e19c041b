/** Runs on y = 2 x^2 + 1: how many operations a method takes until the error goal. */
import { minimize } from '../../src/study/minimize.js';
import { median } from '../shared/statistics.js';
import { backPropagationOperations, particleOperations, total } from './operations.js';

export const hidden = 4;
/** Training samples of the parabola: 81 of 101 evenly spaced. */
export const samples = 81;

/** What the study varies. */
export interface Swarm {
  readonly inertia: number;
  readonly cognitive: number;
  readonly social: number;
  /** Largest speed as a share of the range of first weights; null: none. */
  readonly limit: number | null;
  readonly size: number;
  /** First weights are uniform within it, on both sides of 0. */
  readonly range: number;
}

export const swarmName = ({ inertia, cognitive, social, limit, size, range }: Swarm) =>
  `w ${inertia}, c1 ${cognitive}, c2 ${social}, limit ${limit ?? 'none'}, ${size} particles, range ${range}`;
/** A swarm's name in Chinese. */
export const swarmInChinese = (name: string) =>
  name
    .replace('limit none', '速度不限')
    .replace('limit', '速度上限')
    .replace('particles', '个粒子')
    .replace('range', '初始范围 ±')
    .replaceAll(', ', '，');
const descent = 'back-propagation ';
export const descentName = (rate: number) => `${descent}${rate}`;
export const isDescent = (name: string) => name.startsWith(descent);
export const rateIn = (name: string) => name.slice(descent.length);

/** The median over the seeds; Infinity where half of them do not reach the goal. */
export const middle = (runs: readonly (number | null)[]) => median(runs.map((operations) => operations ?? Number.POSITIVE_INFINITY));

/** The names of the swarm and of the learning rate with the least operations; of the rates, also among those that reached the goal with every seed. */
export function tunedOf(outcomes: Readonly<Record<string, readonly (number | null)[]>>): {
  readonly swarm: string;
  readonly descent: string;
  readonly surest: string | undefined;
} {
  const names = Object.keys(outcomes);
  const least = (among: readonly string[]) => among.reduce((a, b) => (middle(outcomes[a]) <= middle(outcomes[b]) ? a : b));
  const [descents, swarms] = [true, false].map((descends) => names.filter((name) => isDescent(name) === descends));
  const sure = descents.filter((name) => !outcomes[name].includes(null));
  return { swarm: least(swarms), descent: least(descents), surest: sure.length === 0 ? undefined : least(sure) };
}

export const perParticle = total(particleOperations(hidden, samples));
export const perStep = total(backPropagationOperations(hidden, samples));

/** Operations until the goal; null where the budget of operations ended first. */
export async function swarmUntil(swarm: Swarm, seed: number, goal: number, operations: number): Promise<number | null> {
  const { inertia, cognitive, social, limit, size, range } = swarm;
  const { stop, cost } = await minimize(`parabola(init=uniform(${range}))`, 'pso', {
    seed,
    options: { inertia, cognitive, social, swarmSize: size, ...(limit !== null && { velocityLimit: limit }) },
    budget: { evaluations: Math.floor(operations / perParticle), target: goal },
    provider: 'cpu',
    threads: 1,
  });
  return stop === 'target' ? cost.evaluations * perParticle : null;
}

export async function descentUntil(rate: number, range: number, seed: number, goal: number, operations: number): Promise<number | null> {
  const { stop, cost } = await minimize(`parabola(init=uniform(${range}))`, 'sgd', {
    seed,
    options: { learningRate: rate },
    budget: { evaluations: Math.floor(operations / perStep), target: goal },
    provider: 'cpu',
    threads: 1,
  });
  return stop === 'target' ? cost.gradients * perStep : null;
}
