/**
 * The noise models of the noisy BBOB suite (S. Finck and others 2009, RR-6869, section 1). Each changes a value f >= 0 counted
 * from f_opt; values below 1e-8 stay as they are, others are raised by 1.01e-8 so that noise alone cannot reach that target.
 * COCO's C code of 2025 raises values below 1e-8 too; the suite's Python code of 2009 does not.
 */
import type { Draws } from '../noise-stream.js';

export const noiseModels = ['gauss', 'uniform', 'cauchy'] as const;
export type NoiseModel = (typeof noiseModels)[number];

export interface Noise {
  readonly model: NoiseModel;
  /** `moderate` in f101 to f106, `severe` in f107 to f130. */
  readonly severity: 'moderate' | 'severe';
}

const tolerance = 1e-8;

/**
 * The noisy value of `f`. The same numbers are drawn whatever `f` is, so that one candidate's noise does not depend on
 * another's value.
 *
 * gauss: f exp(beta N). uniform: f U^beta max(1, (1e9 / f)^(alpha U')). cauchy: f + alpha max(0, 1000 + [U < p] N / |N'|).
 */
export function addNoise(f: number, { model, severity }: Noise, dimension: number, draws: Draws): number {
  const severe = severity === 'severe';
  let noisy: number;
  switch (model) {
    case 'gauss':
      noisy = f * Math.exp((severe ? 1 : 0.01) * draws.normal());
      break;
    case 'uniform': {
      const alpha = (severe ? 1 : 0.01) * (0.49 + 1 / dimension);
      const factor = draws.uniform() ** (severe ? 1 : 0.01);
      noisy = f * factor * Math.max(1, (1e9 / (f + 1e-99)) ** (alpha * draws.uniform()));
      break;
    }
    case 'cauchy': {
      const hit = draws.uniform() < (severe ? 0.2 : 0.05);
      const ratio = draws.normal() / (Math.abs(draws.normal()) + 1e-199);
      noisy = f + (severe ? 1 : 0.01) * Math.max(0, 1000 + (hit ? ratio : 0));
      break;
    }
  }
  return f < tolerance ? f : noisy + 1.01 * tolerance;
}
