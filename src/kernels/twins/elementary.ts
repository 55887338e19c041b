/**
 * Logarithm, exponential, sine and cosine for random draws, in float32 additions, multiplications, divisions and roots alone: the same bits
 * on every machine, and in the SIMD kernels. What they are for: Box and Muller (1958, https://doi.org/10.1214/aoms/1177706645).
 */
const { fround } = Math;
const float = new Float32Array(1);
const integer = new Int32Array(float.buffer);

/** 2^-32 and 2^-24. */
const scale32 = 2.3283064365386963e-10;
export const scale24 = 5.9604644775390625e-8;

const ln2 = fround(Math.LN2);
const third = fround(1 / 3);
const fifth = fround(1 / 5);
const seventh = fround(1 / 7);
const ninth = fround(1 / 9);
/** Bits of sqrt(1/2): a number's bits less these split it into 2^e m, m in [sqrt(1/2), sqrt(2)). */
const half = 0x3f3504f3;

/**
 * ln u, u = ((draw | 1) as unsigned) / 2^32 in (0, 1].
 * ln m = 2 artanh(s) = 2 s (1 + q/3 + q^2/5 + q^3/7 + q^4/9), s = (m - 1) / (m + 1), q = s^2 < 0.0295: cut off below 4e-9.
 */
export function logarithmOf(draw: number): number {
  float[0] = fround((draw | 1) >>> 0) * scale32;
  const shifted = (integer[0] - half) | 0;
  const exponent = fround(shifted >> 23);
  integer[0] = (shifted & 0x007fffff) + half;
  const m = float[0];
  const s = fround(fround(m - 1) / fround(m + 1));
  const q = fround(s * s);
  let series = fround(fround(q * ninth) + seventh);
  series = fround(fround(q * series) + fifth);
  series = fround(fround(q * series) + third);
  series = fround(q * series);
  const twice = fround(s + s);
  return fround(fround(exponent * ln2) + fround(twice + fround(twice * series)));
}

const log2e = fround(Math.LOG2E);
/** 1.5 * 2^23: a number below 2^22 in size that is added to it, and taken away again, comes back rounded. */
const rounder = 12582912;
/** ln 2 in two parts: the first has so few bits that its product with any exponent is exact. */
const ln2High = 0.693359375;
const ln2Low = fround(-0.00021219444005469057);
const factorials = [7, 6, 5, 4, 3, 2].map((n) => fround(1 / [1, 1, 2, 6, 24, 120, 720, 5040][n]));

/** e^x for x from -80 to 80: 2^k e^r, |r| <= ln 2 / 2, the Taylor series of e^r cut off below 6e-9. */
export function exponentialOf(x: number): number {
  const k = fround(fround(fround(x * log2e) + rounder) - rounder);
  const r = fround(fround(x - fround(k * ln2High)) - fround(k * ln2Low));
  let series = factorials[0];
  for (let n = 1; n < 6; n++) series = fround(fround(r * series) + factorials[n]);
  series = fround(fround(r * series) + 1);
  series = fround(fround(r * series) + 1);
  integer[0] = (k + 127) << 23;
  return fround(series * float[0]);
}

/** h in [-1/2, 1/2) of the upper 24 bits. */
export function halfTurnOf(draw: number): number {
  return (draw >> 8) * scale24;
}

/** Taylor coefficients of sin(pi h) / h in h^2; cut off below 6e-8 for |h| <= 1/2. */
const s0 = fround(Math.PI);
const s1 = fround(-5.167712780049969);
const s2 = fround(2.550164039877345);
const s3 = fround(-0.5992645293207919);
const s4 = fround(0.08214588661112819);
const s5 = fround(-0.00737043094571435);

export function sineOf(h: number): number {
  const q = fround(h * h);
  let series = fround(fround(q * s5) + s4);
  series = fround(fround(q * series) + s3);
  series = fround(fround(q * series) + s2);
  series = fround(fround(q * series) + s1);
  series = fround(fround(q * series) + s0);
  return fround(h * series);
}

/** Taylor coefficients of cos(pi h) in h^2; cut off below 7e-9 for |h| <= 1/2. */
const c1 = fround(-4.934802200544679);
const c2 = fround(4.058712126416768);
const c3 = fround(-1.3352627688545893);
const c4 = fround(0.23533063035889312);
const c5 = fround(-0.02580689139001406);
const c6 = fround(0.0019295743094039229);

export function cosineOf(h: number): number {
  const q = fround(h * h);
  let series = fround(fround(q * c6) + c5);
  series = fround(fround(q * series) + c4);
  series = fround(fround(q * series) + c3);
  series = fround(fround(q * series) + c2);
  series = fround(fround(q * series) + c1);
  return fround(fround(q * series) + 1);
}
