/**
 * How a search distribution's centre follows an estimate of the direction in which utilities rise.
 *
 * plain: step = alpha g. momentum: v <- m v + (1 - m) g, step = alpha v.
 * adam (Kingma and Ba 2015, https://arxiv.org/abs/1412.6980): alpha m^ / (sqrt(v^) + epsilon).
 * clip-up (Toklu, Liskowski and Srivastava 2020, https://arxiv.org/abs/2008.02387): v <- m v + alpha g / |g|, cut to the length
 * `maxSpeed`, step = v.
 */
import { allocate, type Space, type Vector } from '../../src/core/space.js';

export type AscentKind = 'plain' | 'momentum' | 'adam' | 'clip-up';

export interface AscentSettings {
  readonly kind: AscentKind;
  readonly momentum: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly maxSpeed: number;
}

export interface Ascent extends AscentSettings {
  /** v of momentum and ClipUp, m of Adam; empty for plain. */
  readonly velocity: Vector;
  /** v of Adam; else empty. */
  readonly square: Vector;
  /** beta1^t and beta2^t, kept as products: a power could differ in the last bit between machines. */
  power1: number;
  power2: number;
}

export function startAscent(space: Space, settings: AscentSettings): Ascent {
  const { kind } = settings;
  return {
    ...settings,
    velocity: allocate(space, kind === 'plain' ? 0 : space.dimension),
    square: allocate(space, kind === 'adam' ? space.dimension : 0),
    power1: 1,
    power2: 1,
  };
}

/** One step of rate alpha: centre_i += units_i step_i(g). A gradient of zeros moves nothing, but by momentum, which goes on along its velocity. */
export function ascend(ascent: Ascent, alpha: number, g: Vector, centre: Vector, units: Vector): void {
  const { kind, velocity, square, momentum, beta1, beta2, epsilon, maxSpeed } = ascent;
  const n = centre.length;
  switch (kind) {
    case 'plain':
      for (let i = 0; i < n; i++) centre[i] += units[i] * alpha * g[i];
      break;
    case 'momentum':
      for (let i = 0; i < n; i++) {
        velocity[i] = momentum * velocity[i] + (1 - momentum) * g[i];
        centre[i] += units[i] * alpha * velocity[i];
      }
      break;
    case 'adam': {
      const length = lengthOf(g);
      if (length === 0) return;
      ascent.power1 *= beta1;
      ascent.power2 *= beta2;
      const scale1 = alpha / (1 - ascent.power1);
      const scale2 = 1 / (1 - ascent.power2);
      for (let i = 0; i < n; i++) {
        velocity[i] = beta1 * velocity[i] + (1 - beta1) * g[i];
        square[i] = beta2 * square[i] + (1 - beta2) * g[i] * g[i];
        centre[i] += (units[i] * scale1 * velocity[i]) / (Math.sqrt(square[i] * scale2) + epsilon);
      }
      break;
    }
    case 'clip-up': {
      const length = lengthOf(g);
      if (length === 0) return;
      for (let i = 0; i < n; i++) velocity[i] = momentum * velocity[i] + (alpha / length) * g[i];
      const speed = lengthOf(velocity);
      const cut = speed > maxSpeed ? maxSpeed / speed : 1;
      for (let i = 0; i < n; i++) {
        velocity[i] *= cut;
        centre[i] += units[i] * velocity[i];
      }
      break;
    }
  }
}

/** 2-norm. */
export function lengthOf(vector: Vector): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i] * vector[i];
  return Math.sqrt(sum);
}

/** Bytes of its state, at 8 a number. */
export function ascentMemory(kind: AscentKind, dimension: number): number {
  return 8 * dimension * (kind === 'plain' ? 0 : kind === 'adam' ? 2 : 1);
}
