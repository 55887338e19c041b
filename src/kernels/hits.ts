/**
 * Sparse mutation: which genes are hit, and by how much, as one endless stream over the genes of all children in turn.
 * Gaps between hits are drawn rather than one coin a gene, so that the work is in proportion to the hits. Plain data.
 */
import { log } from '../core/math.js';
import type { Rng } from '../core/rng.js';
import type { Vector } from '../core/space.js';
import { fillGaps, fillNormal, fillUniform } from './fill.js';
import { type Lanes, seedLanes } from './lanes.js';

/** Hits that are drawn at once; changes nothing but the speed. A multiple of 8. */
const batch = 1024;

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
  /** The hit that comes next in `gaps` and `steps`. */
  next: number;
  /** How many genes from the start of the next child that hit is. */
  ahead: number;
}

/** `rate`: probability of a gene to be hit, 0 to 1. */
export function openHits(rng: Rng, rate: number, steps: 'normal' | 'uniform'): HitStream {
  const factor = rate >= 1 ? 0 : 1 / log(1 - rate);
  const stream: HitStream = {
    gapLanes: seedLanes(rng.fork('gaps')),
    stepLanes: seedLanes(rng.fork('steps')),
    factor,
    gaps: new Int32Array(batch),
    steps: new Float32Array(batch),
    distribution: steps,
    next: 0,
    ahead: Infinity,
  };
  if (Number.isFinite(factor)) {
    draw(stream);
    stream.ahead = stream.gaps[0];
  }
  return stream;
}

/** Adds scale * deviations[i] * step to the genes i that are hit of the child at `child[at .. at + n)`. */
export function mutateRow(hits: HitStream, child: Vector, at: number, n: number, scale: number, deviations: Vector): void {
  let i = hits.ahead;
  while (i < n) {
    child[at + i] += scale * deviations[i] * hits.steps[hits.next];
    i += 1 + following(hits);
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

/** Goes on to the next hit; returns the genes between. */
function following(hits: HitStream): number {
  if (++hits.next === batch) draw(hits);
  return hits.gaps[hits.next];
}

function draw(hits: HitStream): void {
  fillGaps(hits.gapLanes, hits.gaps, hits.factor);
  if (hits.distribution === 'normal') fillNormal(hits.stepLanes, hits.steps);
  else fillUniform(hits.stepLanes, hits.steps, -1, 2);
  hits.next = 0;
}
