/** Fills an array with random numbers, of float32 resolution in either precision. */
import type { Vector } from '../core/space.js';
import type { Lanes } from './lanes.js';
import { homeOf, openStage, pieceLength } from './memory.js';
import * as twin from './twins/fill.js';

/** Uniform in [low, low + width); 24 bits, first group of lanes. Quickest for `residentArrays` of a multiple of 8 numbers. */
export function fillUniform(lanes: Lanes, out: Vector, low = 0, width = 1): void {
  const home = homeOf(out);
  if (home !== undefined && out.length % 8 === 0) {
    home.lanes.set(lanes);
    home.kernels.fillUniform(out.byteOffset, out.length, low, width);
    lanes.set(home.lanes);
    return;
  }
  const stage = out instanceof Float32Array ? openStage() : undefined;
  if (stage === undefined) {
    twin.fillUniform(lanes, out, low, width);
    return;
  }
  stage.lanes.set(lanes);
  for (let from = 0; from < out.length; from += pieceLength) {
    const piece = pieceAt(out, from);
    stage.kernels.fillUniform(stage.at(0), roundUp8(piece.length), low, width);
    stage.take(0, piece);
  }
  lanes.set(stage.lanes);
}

/** Normal; at most 6.7 deviations from the mean; both groups of lanes. Quickest for `residentArrays` of a multiple of 8 numbers. */
export function fillNormal(lanes: Lanes, out: Vector, mean = 0, deviation = 1): void {
  const home = homeOf(out);
  if (home !== undefined && out.length % 8 === 0) {
    home.lanes.set(lanes);
    home.kernels.fillNormal(out.byteOffset, out.length, mean, deviation);
    lanes.set(home.lanes);
    return;
  }
  const stage = out instanceof Float32Array ? openStage() : undefined;
  if (stage === undefined) {
    twin.fillNormal(lanes, out, mean, deviation);
    return;
  }
  stage.lanes.set(lanes);
  for (let from = 0; from < out.length; from += pieceLength) {
    const piece = pieceAt(out, from);
    stage.kernels.fillNormal(stage.at(0), roundUp8(piece.length), mean, deviation);
    stage.take(0, piece);
  }
  lanes.set(stage.lanes);
}

/**
 * Whole numbers floor(ln(u) / ln(1 - p)), u uniform in (0, 1]: how many trials fail before one succeeds, each with probability p.
 * `factor` is 1 / ln(1 - p), at most 0; 0 for p = 1. At most 2^31 - 1. First group of lanes.
 * Quickest for views into `residentArrays`, of a multiple of 8 numbers.
 */
export function fillGaps(lanes: Lanes, out: Int32Array, factor: number): void {
  const home = homeOf(out);
  if (home !== undefined && out.length % 8 === 0) {
    home.lanes.set(lanes);
    home.kernels.fillGaps(out.byteOffset, out.length, factor);
    lanes.set(home.lanes);
    return;
  }
  const stage = openStage();
  if (stage === undefined) {
    twin.fillGaps(lanes, out, factor);
    return;
  }
  stage.lanes.set(lanes);
  for (let from = 0; from < out.length; from += pieceLength) {
    const piece = pieceAt(out, from);
    stage.kernels.fillGaps(stage.at(0), roundUp8(piece.length), factor);
    stage.takeIntegers(piece);
  }
  lanes.set(stage.lanes);
}

function pieceAt<Numbers extends Vector | Int32Array>(out: Numbers, from: number): Numbers {
  return out.length <= pieceLength ? out : (out.subarray(from, from + pieceLength) as Numbers);
}

function roundUp8(n: number): number {
  return (n + 7) & ~7;
}
