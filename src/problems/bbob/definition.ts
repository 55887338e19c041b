/** What one BBOB function is, before f_opt, the boundary penalty and noise are added. */

/** A function at one instance and dimension: at least 0 and, but for f5's flat continuation, 0 only at `optimum`. */
export interface Landscape {
  /** x_opt, length D. */
  readonly optimum: Float64Array;
  /** Does not allocate; reuses buffers, so it is not re-entrant. */
  value(x: Float64Array): number;
}

export type Group = 'separable' | 'moderate' | 'ill-conditioned' | 'multi-modal' | 'weakly structured';

export interface Definition {
  readonly title: string;
  readonly group: Group;
  /** Factor of the squared distance outside [-5, 5], added to the value; 0 means no penalty. */
  readonly penalty: (dimension: number) => number;
  /** `seed` is the instance's: 10,000 instance + the number of the function that the draws are shared with. */
  build(dimension: number, seed: number): Landscape;
}

/** Second rotations and some optima are drawn this far from the instance's seed. */
export const secondStream = 1_000_000;

export const noPenalty = () => 0;

export const constantPenalty = (factor: number) => () => factor;
