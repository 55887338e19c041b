/**
 * Sparse mutation: which genes are hit, and by how much, as one endless stream over the genes of all children in turn.
 * Gaps between hits are drawn rather than one coin a gene, so that the work is in proportion to the hits. Plain data.
 */
import { exp, log } from '../core/math.js';
import type { Rng } from '../core/rng.js';
import type { Bounds, Vector } from '../core/space.js';
import { fillGaps, fillNormal, fillUniform } from './fill.js';
import { type Lanes, seedLanes } from './lanes.js';
import { type Home, homeOf } from './memory.js';

/** Hits that are drawn at once; changes nothing but the speed. A multiple of 8. */
export const hitBatch = 1024;

export interface HitStream {
  readonly gapLanes: Lanes;
  readonly stepLanes: Lanes;
  /** 1 / ln(1 - rate), for fillGaps. */
  readonly factor: number;
  /** Genes without a hit before each hit. */
  readonly gaps: Int32Array;
  /** Standard normal numbers, or uniform ones in [-1, 1). */
  readonly steps: Float32Array;
  readonly distribution: 'normal' | 'uniform';
  /** What `mutateRow` multiplies steps by. Set here, because a number that every call is given would be a new object each time. */
  scale: number;
  /** The hit that comes next in `gaps` and `steps`. */
  next: number;
  /** How many genes from the start of the next child that hit is. */
  ahead: number;
}

/**
 * `rate`: probability of a gene to be hit, 0 to 1. `room`: two float32 arrays of `hitBatch` numbers, resident beside the children and
 * their deviations: there `mutateRow` is quickest.
 */
export function openHits(rng: Rng, rate: number, distribution: 'normal' | 'uniform', room: readonly Vector[] = []): HitStream {
  const [gaps, steps] = room.filter((array) => array instanceof Float32Array);
  const factor = rate >= 1 ? 0 : 1 / log(1 - rate);
  const stream: HitStream = {
    gapLanes: seedLanes(rng.fork('gaps')),
    stepLanes: seedLanes(rng.fork('steps')),
    factor,
    gaps: gaps === undefined ? new Int32Array(hitBatch) : new Int32Array(gaps.buffer, gaps.byteOffset, hitBatch),
    steps: steps ?? new Float32Array(hitBatch),
    distribution,
    scale: 1,
    next: 0,
    ahead: Infinity,
  };
  if (Number.isFinite(factor)) {
    draw(stream);
    stream.ahead = stream.gaps[0];
  }
  return stream;
}

/** Adds hits.scale * deviations[i] * step to the genes i that are hit of the child at `child[at .. at + n)`. */
export function mutateRow(hits: HitStream, child: Vector, at: number, n: number, deviations: Vector): void {
  const home = homeOf(child);
  if (home !== undefined && home === homeOf(hits.steps) && home === homeOf(deviations)) {
    mutateInPlace(home, hits, child, at, n, deviations);
    return;
  }
  const { scale } = hits;
  let i = hits.ahead;
  while (i < n) {
    child[at + i] += scale * deviations[i] * hits.steps[hits.next];
    i += 1 + following(hits);
  }
  hits.ahead = i - n;
}

/** The same by the kernel, which stops where the drawn hits end. */
function mutateInPlace({ kernels, reached }: Home, hits: HitStream, child: Vector, at: number, n: number, deviations: Vector): void {
  const { gaps, steps, scale } = hits;
  const row = child.byteOffset + 4 * at;
  let i = hits.ahead;
  while (i < n) {
    hits.next = kernels.mutateHits(row, n, scale, deviations.byteOffset, gaps.byteOffset, steps.byteOffset, hitBatch, hits.next, i);
    i = reached[0];
    if (hits.next < hitBatch) continue;
    draw(hits);
    i += gaps[0];
  }
  hits.ahead = i - n;
}

/** Replaces the genes i that are hit by centres[i] + reach * deviations[i] * step. */
export function resetRow(hits: HitStream, child: Vector, at: number, n: number, centres: Vector, reach: number, deviations: Vector): void {
  let i = hits.ahead;
  while (i < n) {
    child[at + i] = centres[i] + reach * deviations[i] * hits.steps[hits.next];
    i += 1 + following(hits);
  }
  hits.ahead = i - n;
}

/**
 * Polynomial mutation (Deb and Goyal 1996) of the genes i that are hit: adds delta times the largest step, delta in [-1, 1] with the
 * density (index + 1) / 2 (1 - |delta|)^index. The largest step is reach * deviations[i]; where `bounds` has both sides finite, it is
 * their distance, and delta is cut to what stays between them, each side keeping its half of the probability (Deb's program NSGA-II).
 * Needs a stream of uniform steps.
 */
export function polynomialRow(
  hits: HitStream,
  child: Vector,
  at: number,
  n: number,
  index: number,
  reach: number,
  deviations: Vector,
  bounds?: Bounds,
): void {
  let i = hits.ahead;
  while (i < n) {
    const step = hits.steps[hits.next];
    const low = bounds === undefined ? -Infinity : bounds.lower[i];
    const width = bounds === undefined ? Infinity : bounds.upper[i] - low;
    if (width < Infinity) {
      const share = width > 0 ? Math.min(Math.max((child[at + i] - low) / width, 0), 1) : 0; // crossover may have led outside
      child[at + i] = low + width * (share + polynomialStep(step, index, step < 0 ? share : 1 - share));
    } else {
      child[at + i] += reach * deviations[i] * polynomialStep(step, index, 1);
    }
    i += 1 + following(hits);
  }
  hits.ahead = i - n;
}

/**
 * delta of a uniform number `step` in [-1, 1), by the inverse of its distribution, no further than `room` (0 to 1) from 0:
 * 1 - |delta| = (1 - |step| + |step| (1 - room)^(index + 1))^(1 / (index + 1)). The paper's 2 u is 1 + step, or 1 - step for 2 (1 - u).
 */
export function polynomialStep(step: number, index: number, room: number): number {
  const size = Math.abs(step);
  const edge = room < 1 ? exp((index + 1) * log(1 - room)) : 0;
  const left = 1 - size + size * edge;
  const delta = left > 0 ? 1 - exp(log(left) / (index + 1)) : 1;
  return step < 0 ? -delta : delta;
}

/** Goes on to the next hit; returns the genes between. */
function following(hits: HitStream): number {
  if (++hits.next === hitBatch) draw(hits);
  return hits.gaps[hits.next];
}

function draw(hits: HitStream): void {
  fillGaps(hits.gapLanes, hits.gaps, hits.factor);
  if (hits.distribution === 'normal') fillNormal(hits.stepLanes, hits.steps);
  else fillUniform(hits.stepLanes, hits.steps, -1, 2);
  hits.next = 0;
}
