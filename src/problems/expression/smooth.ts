/** Whether an expression is known to be smooth: made of nothing but operations that are, everywhere. */
import type { Formula, Step } from './formula.js';

const smooth = new Set([
  ...['add', 'subtract', 'multiply', 'negate', 'square', 'cube'],
  ...['exp', 'expm1', 'sin', 'cos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh'],
]);

/** True for polynomials, sines, exponentials and the like; false says nothing: |x|^2 is smooth too. */
export function isSmooth({ steps }: Formula): boolean {
  const constant = (position: number, holds: (value: number) => boolean) => {
    const step = steps[position];
    return step.kind === 'constant' && holds(step.value);
  };
  return steps.every((step: Step) => {
    if (step.kind !== 'operation' || smooth.has(step.name)) return true;
    const [, second] = step.args;
    if (step.name === 'divide') return constant(second, (value) => value !== 0);
    return step.name === 'pow' && constant(second, (value) => Number.isInteger(value) && value >= 0);
  });
}
