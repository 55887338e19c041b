/** Minimize any function of a vector: no gradient, no network. */
import { boxSpace, minimize } from 'zeroth';

const rosenbrock = (x: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) sum += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2;
  return sum;
};

const { best, stop, cost } = await minimize(rosenbrock, 'pso', {
  space: boxSpace(5, -5, 5),
  budget: { evaluations: 50_000, target: 1e-8 },
});

console.log(`${stop} after ${cost.evaluations} evaluations: loss ${best.loss}`);
