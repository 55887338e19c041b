/** First points in bulk, for a strategy that draws them again and again: SIMD numbers of float32 resolution, in float32 spaces alone. */
import type { Rng } from '../core/rng.js';
import type { Space, StartSegment, Vector } from '../core/space.js';
import { fillNormal, fillUniform } from './fill.js';
import { type Lanes, seedLanes } from './lanes.js';

/** Lanes for `fillStart`; undefined where it cannot serve: float64 spaces, and starts that mix distributions or take others. */
export function startLanes(space: Space, rng: Rng): Lanes | undefined {
  return space.precision === 'float32' && drawnKind(space) !== undefined ? seedLanes(rng) : undefined;
}

/** One first point into `out`, of as many coordinates as the space has. */
export function fillStart(space: Space, lanes: Lanes, out: Vector): void {
  if (drawnKind(space) === 'normal') fillNormal(lanes, out);
  else fillUniform(lanes, out);
  for (const segment of space.start) {
    const { offset } = segment;
    const to = offset + segment.length;
    if (segment.kind === 'constant') out.fill(segment.value, offset, to);
    else if (segment.kind === 'normal') scale(out, offset, to, segment.mean, segment.deviation);
    else if (segment.kind === 'uniform') scale(out, offset, to, segment.low, segment.high - segment.low);
  }
}

function scale(out: Vector, from: number, to: number, by: number, factor: number): void {
  for (let i = from; i < to; i++) out[i] = by + factor * out[i];
}

/** What all coordinates that are not constant are drawn from. */
function drawnKind({ start }: Space): 'normal' | 'uniform' | undefined {
  const drawn = (kind: StartSegment['kind']) => start.every((segment) => segment.kind === 'constant' || segment.kind === kind);
  return drawn('normal') ? 'normal' : drawn('uniform') ? 'uniform' : undefined;
}
