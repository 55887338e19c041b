/** Logarithm, exponential, sine and cosine of four numbers. The twins, with the formulas and their errors, are in ../twins/elementary.ts. */

/** ln u, u = ((draw | 1) as unsigned) / 2^32 in (0, 1]. */
// @ts-ignore: decorator
@inline
export function logarithm(draw: v128): v128 {
  const u = f32x4.mul(f32x4.convert_i32x4_u(v128.or(draw, i32x4.splat(1))), f32x4.splat(2.3283064365386963e-10));
  const half = i32x4.splat(0x3f3504f3);
  const shifted = i32x4.sub(u, half);
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const m = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), half);
  const one = f32x4.splat(1);
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const q = f32x4.mul(s, s);
  let series = f32x4.add(f32x4.mul(q, f32x4.splat(<f32>(1.0 / 9.0))), f32x4.splat(<f32>(1.0 / 7.0)));
  series = f32x4.add(f32x4.mul(q, series), f32x4.splat(<f32>(1.0 / 5.0)));
  series = f32x4.add(f32x4.mul(q, series), f32x4.splat(<f32>(1.0 / 3.0)));
  series = f32x4.mul(q, series);
  const twice = f32x4.add(s, s);
  return f32x4.add(f32x4.mul(exponent, f32x4.splat(0.6931471805599453)), f32x4.add(twice, f32x4.mul(twice, series)));
}

/** e^x for x from -80 to 80. */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const rounder = f32x4.splat(12582912);
  const k = f32x4.sub(f32x4.add(f32x4.mul(x, f32x4.splat(1.4426950408889634)), rounder), rounder);
  const high = f32x4.sub(x, f32x4.mul(k, f32x4.splat(0.693359375)));
  const r = f32x4.sub(high, f32x4.mul(k, f32x4.splat(-0.00021219444005469057)));
  let series = f32x4.add(f32x4.mul(r, f32x4.splat(<f32>(1.0 / 5040.0))), f32x4.splat(<f32>(1.0 / 720.0)));
  series = f32x4.add(f32x4.mul(r, series), f32x4.splat(<f32>(1.0 / 120.0)));
  series = f32x4.add(f32x4.mul(r, series), f32x4.splat(<f32>(1.0 / 24.0)));
  series = f32x4.add(f32x4.mul(r, series), f32x4.splat(<f32>(1.0 / 6.0)));
  series = f32x4.add(f32x4.mul(r, series), f32x4.splat(0.5));
  series = f32x4.add(f32x4.mul(r, series), f32x4.splat(1));
  series = f32x4.add(f32x4.mul(r, series), f32x4.splat(1));
  return f32x4.mul(series, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23));
}

/** h in [-1/2, 1/2) of the upper 24 bits. */
// @ts-ignore: decorator
@inline
export function halfTurn(draw: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_s(draw, 8)), f32x4.splat(5.9604644775390625e-8));
}

/** sin(pi h) */
// @ts-ignore: decorator
@inline
export function sine(h: v128): v128 {
  const q = f32x4.mul(h, h);
  let series = f32x4.add(f32x4.mul(q, f32x4.splat(-0.00737043094571435)), f32x4.splat(0.08214588661112819));
  series = f32x4.add(f32x4.mul(q, series), f32x4.splat(-0.5992645293207919));
  series = f32x4.add(f32x4.mul(q, series), f32x4.splat(2.550164039877345));
  series = f32x4.add(f32x4.mul(q, series), f32x4.splat(-5.167712780049969));
  series = f32x4.add(f32x4.mul(q, series), f32x4.splat(3.141592653589793));
  return f32x4.mul(h, series);
}

/** cos(pi h) */
// @ts-ignore: decorator
@inline
export function cosine(h: v128): v128 {
  const q = f32x4.mul(h, h);
  let series = f32x4.add(f32x4.mul(q, f32x4.splat(0.0019295743094039229)), f32x4.splat(-0.02580689139001406));
  series = f32x4.add(f32x4.mul(q, series), f32x4.splat(0.23533063035889312));
  series = f32x4.add(f32x4.mul(q, series), f32x4.splat(-1.3352627688545893));
  series = f32x4.add(f32x4.mul(q, series), f32x4.splat(4.058712126416768));
  series = f32x4.add(f32x4.mul(q, series), f32x4.splat(-4.934802200544679));
  return f32x4.add(f32x4.mul(q, series), f32x4.splat(1));
}
