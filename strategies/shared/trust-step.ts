/**
 * A step that makes a quadratic small within a ball and a box: conjugate gradients that end at the ball (Steihaug 1983,
 * https://doi.org/10.1137/0720042) and begin anew, without the coordinate, at a bound, as in TRSBOX of Powell's BOBYQA (2009).
 */

/** Room that `trustStep` works in, for n coordinates. */
export interface TrustScratch {
  readonly slope: Float64Array;
  readonly direction: Float64Array;
  readonly product: Float64Array;
  readonly fixed: Uint8Array;
}

export function trustScratch(n: number): TrustScratch {
  const numbers = () => new Float64Array(n);
  return { slope: numbers(), direction: numbers(), product: numbers(), fixed: new Uint8Array(n) };
}

/** Writes d with |d| <= radius and low <= d <= high (0 between them) into `out`; returns how much g'd + d'Hd/2 falls. */
export function trustStep(
  g: Float64Array,
  h: Float64Array,
  radius: number,
  low: Float64Array,
  high: Float64Array,
  out: Float64Array,
  { slope, direction, product, fixed }: TrustScratch,
): number {
  const n = g.length;
  out.fill(0);
  slope.set(g);
  for (let i = 0; i < n; i++) fixed[i] = (g[i] > 0 && low[i] >= 0) || (g[i] < 0 && high[i] <= 0) ? 1 : 0;
  let first = 0;
  for (let i = 0; i < n; i++) if (fixed[i] === 0) first += g[i] * g[i];
  let fall = 0;
  let square = 0;
  let fresh = true;
  for (let iteration = 0; iteration < 3 * n + 10; iteration++) {
    let next = 0;
    for (let i = 0; i < n; i++) if (fixed[i] === 0) next += slope[i] * slope[i];
    if (!(next > 1e-16 * first)) break;
    const keep = fresh ? 0 : next / square;
    square = next;
    for (let i = 0; i < n; i++) direction[i] = fixed[i] === 1 ? 0 : keep * direction[i] - slope[i];
    let [pp, pd, dd, down, curvature] = [0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += h[i * n + j] * direction[j];
      product[i] = sum;
      pp += direction[i] * direction[i];
      pd += direction[i] * out[i];
      dd += out[i] * out[i];
      down += direction[i] * slope[i];
      curvature += direction[i] * sum;
    }
    const room = Math.max(radius * radius - dd, 0);
    // The positive root of |d + t p| = radius, without cancellation.
    const root = Math.sqrt(pd * pd + pp * room);
    const ball = pd > 0 ? room / (pd + root) : (root - pd) / pp;
    let t = curvature > 0 ? Math.min(-down / curvature, ball) : ball;
    let stopped = -1;
    for (let i = 0; i < n; i++) {
      const bound = direction[i] > 0 ? high[i] : low[i];
      if (direction[i] !== 0 && out[i] + t * direction[i] !== bound && (bound - out[i]) / direction[i] < t) {
        t = Math.max((bound - out[i]) / direction[i], 0);
        stopped = i;
      }
    }
    for (let i = 0; i < n; i++) {
      out[i] += t * direction[i];
      slope[i] += t * product[i];
    }
    fall -= t * (down + (t * curvature) / 2);
    if (stopped >= 0) {
      out[stopped] = direction[stopped] > 0 ? high[stopped] : low[stopped];
      fixed[stopped] = 1;
      fresh = true;
    } else if (t === ball) break;
    else fresh = false;
  }
  return fall;
}
