/** An expression as a list of steps, each on earlier ones; equal steps are made once, so common parts are computed once. */

export type Step =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'variable'; readonly index: number }
  /** `name` is a key of `operations`. */
  | { readonly kind: 'operation'; readonly name: string; readonly args: readonly number[] };

export interface Formula {
  readonly steps: readonly Step[];
  /** The position of the step that is the value. */
  readonly result: number;
}

export class FormulaBuilder {
  readonly steps: Step[] = [];
  readonly #positions = new Map<string, number>();

  /** Position of `step` in the list. */
  add(step: Step): number {
    const key =
      step.kind === 'constant'
        ? `constant ${Object.is(step.value, -0) ? '-0' : step.value}`
        : step.kind === 'variable'
          ? `variable ${step.index}`
          : `${step.name} ${step.args.join(' ')}`;
    const known = this.#positions.get(key);
    if (known !== undefined) return known;
    this.#positions.set(key, this.steps.length);
    return this.steps.push(step) - 1;
  }

  constant(value: number): number {
    return this.add({ kind: 'constant', value });
  }

  operation(name: string, ...args: number[]): number {
    return this.add({ kind: 'operation', name, args });
  }

  /** base ^ exponent; squares and cubes become products, which are many times faster than a power. */
  power(base: number, exponent: number): number {
    const step = this.steps[exponent];
    if (step.kind === 'constant' && step.value === 1) return base;
    if (step.kind === 'constant' && step.value === 2) return this.operation('square', base);
    if (step.kind === 'constant' && step.value === 3) return this.operation('cube', base);
    return this.operation('pow', base, exponent);
  }
}
