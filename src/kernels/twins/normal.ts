/**
 * A standard normal number from two 32-bit draws in float32 arithmetic alone, by Box and Muller
 * (1958, https://doi.org/10.1214/aoms/1177706645): sqrt(-2 ln u) sin(pi h), u uniform in (0, 1], h uniform in [-1/2, 1/2).
 * The sine of a uniform angle in a half turn has the distribution of the cosine of one in a full turn.
 * Largest magnitude: sqrt(-2 ln 2^-32) = 6.66.
 */
const { fround } = Math;
const float = new Float32Array(1);
const integer = new Int32Array(float.buffer);

const ln2 = fround(Math.LN2);
/** 2^-32 and 2^-24: exact. */
const scale32 = fround(2 ** -32);
const scale24 = fround(2 ** -24);
/** log(m) = 2 artanh(s) = 2 s (1 + q/3 + q^2/5 + q^3/7 + q^4/9), q = s^2 < 0.0295: error below 4e-9. */
const l3 = fround(1 / 3);
const l5 = fround(1 / 5);
const l7 = fround(1 / 7);
const l9 = fround(1 / 9);
/** Taylor coefficients of sin(pi h) / h in h^2; error below 6e-8 for |h| <= 1/2. */
const s0 = fround(Math.PI);
const s1 = fround(-5.16771278004997);
const s2 = fround(2.550164039877345);
const s3 = fround(-0.5992645293207921);
const s4 = fround(0.08214588661112823);
const s5 = fround(-0.00737043094571435);
/** Bits of sqrt(1/2): a float's bits minus these split it into 2^e * m with m in [sqrt(1/2), sqrt(2)). */
const half = 0x3f3504f3;

export function normalOf(draw1: number, draw2: number): number {
  float[0] = (draw1 | 1) >>> 0;
  float[0] = fround(float[0] * scale32);
  const shifted = (integer[0] - half) | 0;
  const exponent = fround(shifted >> 23);
  integer[0] = (shifted & 0x007fffff) + half;
  const m = float[0];
  const s = fround(fround(m - 1) / fround(m + 1));
  const q = fround(s * s);
  let series = fround(fround(q * l9) + l7);
  series = fround(fround(q * series) + l5);
  series = fround(fround(q * series) + l3);
  series = fround(q * series);
  const twice = fround(s + s);
  const logarithm = fround(fround(exponent * ln2) + fround(twice + fround(twice * series)));
  const h = fround(fround(draw2 >> 8) * scale24);
  const h2 = fround(h * h);
  let sine = fround(fround(h2 * s5) + s4);
  sine = fround(fround(h2 * sine) + s3);
  sine = fround(fround(h2 * sine) + s2);
  sine = fround(fround(h2 * sine) + s1);
  sine = fround(fround(h2 * sine) + s0);
  return fround(fround(Math.sqrt(fround(-2 * logarithm))) * fround(h * sine));
}
