/**
 * Multiplications and additions of both methods, by hand, for a network 1-h-1 of 3 h + 1 weights with logistic hidden units and a linear
 * output, on N samples. Subtractions count as additions. The h exponentials of each sample and random numbers are left out: both
 * methods take the same of the first for a pass forward, and back-propagation none of the second.
 *
 * Forward, a sample: hidden units h products and h additions of thresholds; output h products, h additions (h - 1 and the threshold).
 * The error: 1 subtraction; its square, for a swarm: 1 product, 1 addition to the sum.
 *
 * Backward, a sample, with the output's error e: output weights h products e a and h additions to their gradients, threshold 1 addition;
 * hidden errors h products e w, h subtractions 1 - a, h products a (1 - a), h products of the two; hidden weights h products by x and
 * h additions, thresholds h additions. Together 5 h products, 4 h + 1 additions.
 *
 * A step of gradient descent: a product and an addition for each weight. A particle's move, for each weight: v = w v + c1 r1 (p - x) +
 * c2 r2 (g - x), 5 products, 4 additions; x + v, 1 addition.
 */
export interface Operations {
  readonly products: number;
  readonly sums: number;
}

const weights = (hidden: number) => 3 * hidden + 1;

/** One particle: its move, and its error on all samples. */
export function particleOperations(hidden: number, samples: number): Operations {
  return {
    products: samples * (2 * hidden + 1) + 5 * weights(hidden),
    sums: samples * (2 * hidden + 2) + 5 * weights(hidden),
  };
}

/** One step of back-propagation on all samples. */
export function backPropagationOperations(hidden: number, samples: number): Operations {
  return {
    products: samples * (2 * hidden + 5 * hidden) + weights(hidden),
    sums: samples * (2 * hidden + 1 + 4 * hidden + 1) + weights(hidden),
  };
}

export const total = ({ products, sums }: Operations) => products + sums;
