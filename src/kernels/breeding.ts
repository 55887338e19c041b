/** Crossover and mutation of one child at a time, on rows of row-major matrices. */
export {
  crossArithmetic,
  crossBlend,
  crossUniform,
  mutateGaussian,
  mutateReset,
  mutationThreshold,
} from './twins/breeding.js';
