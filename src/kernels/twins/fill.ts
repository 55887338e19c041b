/** The plain twins of the bulk fills, in float32 arithmetic for float32 and float64 arrays alike. */
import type { Vector } from '../../core/space.js';
import { draw, type Lanes } from '../lanes.js';
import { cosineOf, halfTurnOf, logarithmOf, scale24, sineOf } from './elementary.js';

const { fround } = Math;

export function fillUniform(lanes: Lanes, out: Vector, low: number, width: number): void {
  const padded = (out.length + 7) & ~7;
  const lows = fround(low);
  const widths = fround(width);
  for (let lane = 0; lane < 4; lane++) {
    for (let i = lane; i < padded; i += 4) {
      const value = fround(lows + fround(widths * ((draw(lanes, lane) >>> 8) * scale24)));
      if (i < out.length) out[i] = value;
    }
  }
}

/** Of 8 numbers, the first 4 are radius times sine, the last 4 radius times cosine; bit 7 of the angle's draw is the cosine's sign. */
export function fillNormal(lanes: Lanes, out: Vector, mean: number, deviation: number): void {
  const means = fround(mean);
  const deviations = fround(deviation);
  for (let lane = 0; lane < 4; lane++) {
    for (let i = lane; i - lane < out.length; i += 8) {
      const radius = fround(Math.sqrt(fround(-2 * logarithmOf(draw(lanes, lane)))));
      const angle = draw(lanes, 4 + lane);
      const h = halfTurnOf(angle);
      const cosine = (angle & 0x80) === 0 ? cosineOf(h) : -cosineOf(h);
      if (i < out.length) out[i] = fround(means + fround(deviations * fround(radius * sineOf(h))));
      if (i + 4 < out.length) out[i + 4] = fround(means + fround(deviations * fround(radius * cosine)));
    }
  }
}

export function fillGaps(lanes: Lanes, out: Int32Array, factor: number): void {
  const padded = (out.length + 7) & ~7;
  const factors = fround(factor);
  for (let lane = 0; lane < 4; lane++) {
    for (let i = lane; i < padded; i += 4) {
      const gap = Math.min(fround(logarithmOf(draw(lanes, lane)) * factors), 2147483647);
      if (i < out.length) out[i] = gap;
    }
  }
}
