/**
 * COCO's targets: 51 distances to the optimum, 10^2, 10^1.8, ... 10^-8 (Hansen, Auger, Ros, Mersmann, Tusar and Brockhoff 2021,
 * https://doi.org/10.1080/10556788.2020.1808977). A run on an objective whose optimum is known logs when it reached each.
 */

/** 10^0, 10^0.2, ... 10^0.8, written out: powers are not the same to the last bit on every machine. */
const fifths = ['1', '1.5848931924611136', '2.5118864315095801', '3.9810717055349727', '6.3095734448019325'];

/** 10^(fifths / 5). */
export function fifthPower(exponent: number): number {
  const whole = Math.floor(exponent / 5);
  return Number(`${fifths[exponent - 5 * whole]}e${whole}`);
}

/** Exponents of the first and of the last target, in fifths. */
export const hardestExponent = -40;
export const easiestExponent = 10;

/** Descending. */
export const cocoTargets: readonly number[] = Array.from({ length: easiestExponent - hardestExponent + 1 }, (_, index) =>
  fifthPower(easiestExponent - index),
);
