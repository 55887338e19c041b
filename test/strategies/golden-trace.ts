/**
 * Golden traces: the best losses of a short seeded run, bit for bit. The literal values in the tests were taken from the code
 * (nothing else could give them); they hold a strategy to the same bits on every machine and in every later version.
 */
import { minimize } from '../../src/core/minimize.js';
import type { Objective } from '../../src/core/objective.js';
import { boxSpace } from '../../src/core/space.js';
import type { AnyStrategy } from '../../src/core/strategy.js';

const dimension = 5;

/** Rosenbrock's function of five coordinates in [-2, 2], from additions and multiplications alone. */
const rosenbrock: Objective = {
  space: boxSpace(dimension, -2, 2),
  passesPerEvaluation: 1,
  deterministic: true,
  losses({ size, values }, _step, out) {
    for (let p = 0; p < size; p++) {
      let sum = 0;
      for (let i = p * dimension; i < (p + 1) * dimension - 1; i++) {
        const a = values[i + 1] - values[i] * values[i];
        const b = 1 - values[i];
        sum += 100 * a * a + b * b;
      }
      out[p] = sum;
    }
  },
  gradient(x, _step, out) {
    let sum = 0;
    out.fill(0);
    for (let i = 0; i < dimension - 1; i++) {
      const a = x[i + 1] - x[i] * x[i];
      const b = 1 - x[i];
      sum += 100 * a * a + b * b;
      out[i] += -400 * a * x[i] - 2 * b;
      out[i + 1] += 200 * a;
    }
    return sum;
  },
};

/** The loss column of the trace of 300 evaluations with seed 2024, at every fourth row. */
export async function goldenTrace(strategy: AnyStrategy, options: object = {}): Promise<(number | null)[]> {
  const { trace } = await minimize(rosenbrock, strategy, { options, seed: 2024, budget: { evaluations: 300 } });
  return trace.loss.filter((_, row) => row % 4 === 0);
}
