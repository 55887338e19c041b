/**
 * Elementary functions from IEEE additions, multiplications and divisions alone, so that a seeded run gives the same bits
 * on every machine: `Math.log` and its kin may differ in the last bit between engines and processors.
 */
const bits = new DataView(new ArrayBuffer(8));

/** 2^(1023 - p), which brings a number whose exponent is written p into [1, 2), exactly. */
const inversePowers = new Float64Array(2047).fill(1);
for (let p = 1024; p <= 2046; p++) inversePowers[p] = inversePowers[p - 1] / 2;
for (let p = 1022; p >= 1; p--) inversePowers[p] = inversePowers[p + 1] * 2;

/** Natural logarithm of a positive finite number; relative error below 4e-16. */
export function log(x: number): number {
  let shift = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984; // 2^54: subnormal numbers have no exponent of their own
    shift = -54;
  }
  bits.setFloat64(0, x);
  const power = bits.getUint16(0) >>> 4;
  let exponent = power - 1023 + shift;
  let mantissa = x * inversePowers[power];
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  // log(m) = 2 artanh(s), s = (m - 1) / (m + 1), |s| < 0.172
  const s = (mantissa - 1) / (mantissa + 1);
  const q = s * s;
  let series = (q * (1 / 21) + 1 / 19) * q;
  series = ((series + 1 / 17) * q + 1 / 15) * q;
  series = ((series + 1 / 13) * q + 1 / 11) * q;
  series = ((series + 1 / 9) * q + 1 / 7) * q;
  series = ((series + 1 / 5) * q + 1 / 3) * q;
  return exponent * Math.LN2 + 2 * (s + s * series);
}

/** ln 2 as a sum: the first part has 32 trailing zero bits, so that its product with any exponent is exact. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

/** The exponential function; relative error below 4e-16, Infinity beyond 709.78, 0 below -745.14. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low; // |r| < 0.347
  // exp(r) = 1 + 2 r / (2 - r + r^2 (1/6 - r^2/360 + r^4/15120 - ...)): the series of r coth(r / 2), by its Bernoulli numbers
  const q = r * r;
  const c = r - q * (1 / 6 - q * (1 / 360 - q * (1 / 15120 - q * (1 / 604800 - q * (1 / 23950080 - (q * 691) / 653837184000)))));
  const y = 1 + (high + ((r * c) / (2 - c) - low));
  return k < -1021 ? y * power2(k + 1000) * power2(-1000) : k > 1023 ? y * 2 * power2(1023) : y * power2(k);
}

/** 2^k for whole k from -1022 to 1023. */
function power2(k: number): number {
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** cos(pi x) of a finite number; exact at multiples of 1/2, elsewhere within 3e-16. */
export function cosPi(x: number): number {
  let turn = Math.abs(x) % 2;
  if (turn > 1) turn = 2 - turn;
  if (turn > 0.5) return -quarterCosine(1 - turn);
  return quarterCosine(turn);
}

/** cos(pi x) for x from 0 to 1/2: the series of cosine in the first eighth of a turn, of sine beyond. */
function quarterCosine(x: number): number {
  const sine = x > 0.25;
  const angle = Math.PI * (sine ? 0.5 - x : x);
  const q = angle * angle;
  let series = 1;
  for (let k = sine ? 17 : 18; k >= 2; k -= 2) series = 1 - (q / (k * (k - 1))) * series;
  return sine ? angle * series : series;
}
