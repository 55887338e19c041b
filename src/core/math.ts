/**
 * Elementary functions from IEEE additions, multiplications and divisions alone, so that a seeded run gives the same bits
 * on every machine: `Math.log` and its kin may differ in the last bit between engines and processors.
 */
const bits = new DataView(new ArrayBuffer(8));

/** Natural logarithm of a positive finite number; relative error below 4e-16. */
export function log(x: number): number {
  let shift = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984; // 2^54: subnormal numbers have no exponent of their own
    shift = -54;
  }
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023 + shift;
  bits.setUint32(0, (high & 0x000fffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  // log(m) = 2 artanh(s), s = (m - 1) / (m + 1), |s| < 0.172
  const s = (mantissa - 1) / (mantissa + 1);
  const q = s * s;
  let series = 0;
  for (let k = 21; k >= 3; k -= 2) series = (series + 1 / k) * q;
  return exponent * Math.LN2 + 2 * (s + s * series);
}
