/**
 * Where kernels run: one WebAssembly module, and an instance of it for each memory that holds arrays.
 *
 * Arrays from `residentArrays` lie together in one such memory, and kernels work on them in place. Any other array is worked on
 * in pieces through the stage, an instance with fixed buffers: the same bits, at twice the time (bench/kernels.ts). Where
 * WebAssembly or its SIMD is missing, plain loops do the same.
 */
import { useFiniteCheck } from '../core/finite.js';
import { useResidence } from '../core/residence.js';
import { allocate, type Space, type Vector } from '../core/space.js';
import { kernelsWasm } from './kernels-wasm.js';
import type { Lanes } from './lanes.js';

/** What is used of WebAssembly here: the types of the language know it only together with a browser's. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** The module's functions; pointers are byte offsets. */
export interface Kernels {
  moveParticle(x: number, v: number, p: number, g: number, limits: number, n: number, w: number, c1: number, c2: number): void;
  crossUniform(a: number, b: number, child: number, n: number): void;
  crossBlend(a: number, b: number, child: number, n: number, width: number, low: number): void;
  crossSimulatedBinary(a: number, b: number, child: number, n: number, power: number): void;
  crossArithmetic(a: number, b: number, child: number, n: number, share: number): void;
  crossDonor(x: number, t: number, p: number, m: number, own: number, out: number, n: number, factor: number, threshold: number): void;
  fillUniform(out: number, n: number, low: number, width: number): void;
  fillNormal(out: number, n: number, mean: number, deviation: number): void;
  fillGaps(out: number, n: number, factor: number): void;
  mirrorRow(centre: number, deviations: number, noise: number, plus: number, minus: number, n: number): void;
  addScaled(sum: number, noise: number, n: number, weight: number): void;
  addSquares(sum: number, noise: number, n: number, weight: number): void;
  addOuter(sum: number, a: number, b: number, rows: number, columns: number, count: number, stepA: number, stepB: number): void;
  descend(point: number, gradient: number, n: number, rate: number): void;
  mutateHits(
    child: number,
    n: number,
    scale: number,
    deviations: number,
    gaps: number,
    steps: number,
    count: number,
    next: number,
    from: number,
  ): number;
  /** 1 or 0. */
  allFinite(at: number, n: number): number;
}

/** An instance and the eight lanes that it works with, or one generator in their first four words. */
export interface Home {
  readonly kernels: Kernels;
  readonly lanes: Lanes;
  /** One number: where `mutateHits` came to. */
  readonly reached: Float64Array;
  readonly buffer: ArrayBufferLike;
}

const pageBytes = 65536;
/** Lanes at 1024, the position of mutateHits behind them, scratch at 2048 (src/kernels/assembly); arrays from `arraysAt` on. */
const lanesAt = 1024;
const reachedAt = 1152;
const arraysAt = 4096;
/** A memory of 2 GiB: beyond it, byte offsets would not fit the kernels' pointers as signed numbers. */
const largestMemory = 2 ** 31;

let compiled: object | null | undefined;
const homes = new WeakMap<ArrayBufferLike, Home>();

/** The module, compiled on first use; null where this JavaScript engine has no WebAssembly SIMD. */
function kernelModule(): object | null {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(Uint8Array.from(atob(kernelsWasm), (letter) => letter.charCodeAt(0)));
    } catch {
      compiled = null;
    }
  }
  return compiled;
}

/** A new memory of at least `bytes`, with an instance on it; undefined where there is no SIMD or no room. */
function openHome(bytes: number): Home | undefined {
  const module = kernelModule();
  if (module === null || bytes > largestMemory) return undefined;
  const pages = Math.ceil(bytes / pageBytes);
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as Kernels;
    const { buffer } = memory;
    const home = { kernels, lanes: new Uint32Array(buffer, lanesAt, 32), reached: new Float64Array(buffer, reachedAt, 1), buffer };
    homes.set(memory.buffer, home);
    return home;
  } catch {
    return undefined;
  }
}

/** The home of an array from `residentArrays`, or of a view into one; undefined for any other. */
export function homeOf(array: Vector | Int32Array): Home | undefined {
  return array instanceof Float64Array ? undefined : homes.get(array.buffer);
}

useResidence({
  holds: (memory) => homes.has(memory),
  open(bytes) {
    const home = openHome(bytes);
    return home === undefined ? undefined : { memory: home.buffer, from: arraysAt };
  },
});

/**
 * Zeroed arrays of these lengths in the space's precision that kernels can work on in place. For float32 they share one memory,
 * without overlap; for float64, without SIMD or without room they are ordinary arrays, which every kernel takes as well.
 */
export function residentArrays(space: Space, lengths: readonly number[]): Vector[] {
  const padded = lengths.map((length) => 16 * Math.ceil(length / 4));
  const home = space.precision === 'float32' ? openHome(padded.reduce((sum, bytes) => sum + bytes, arraysAt)) : undefined;
  if (home === undefined) return lengths.map((length) => allocate(space, length));
  let at = arraysAt;
  return lengths.map((length, k) => {
    const array = new Float32Array(home.buffer, at, length);
    at += padded[k];
    return array;
  });
}

/** Largest number of elements of a piece: a multiple of 64, so that pieces change no draw. Five pieces fit the second-level cache. */
export const pieceLength = 8192;

/** Fixed buffers for the pieces of up to five arrays. */
export class Stage {
  readonly kernels: Kernels;
  readonly lanes: Lanes;
  private readonly buffers: readonly Float32Array[];
  private readonly heads = new Map<number, readonly Float32Array[]>();
  private readonly integerHeads = new Map<number, Int32Array>();

  constructor(home: Home) {
    this.kernels = home.kernels;
    this.lanes = home.lanes;
    this.buffers = [0, 1, 2, 3, 4].map((k) => new Float32Array(home.buffer, this.at(k), pieceLength));
  }

  /** Where buffer `k` lies. */
  at(k: number): number {
    return arraysAt + 4 * pieceLength * k;
  }

  /** Copies a piece to buffer `k`; returns where that lies. */
  put(k: number, piece: Vector): number {
    this.buffers[k].set(piece);
    return this.at(k);
  }

  /** Copies buffer `k` to a piece. */
  take(k: number, piece: Vector): void {
    let heads = this.heads.get(piece.length);
    if (heads === undefined) {
      heads = this.buffers.map((buffer) => buffer.subarray(0, piece.length));
      this.heads.set(piece.length, heads);
    }
    piece.set(heads[k]);
  }

  /** Copies buffer 0, as whole numbers, to a piece. */
  takeIntegers(piece: Int32Array): void {
    let head = this.integerHeads.get(piece.length);
    if (head === undefined) {
      head = new Int32Array(this.buffers[0].buffer, this.at(0), piece.length);
      this.integerHeads.set(piece.length, head);
    }
    piece.set(head);
  }
}

let stage: Stage | undefined;

/** The stage for ordinary float32 arrays; undefined where there is no SIMD. */
export function openStage(): Stage | undefined {
  if (stage === undefined) {
    const home = openHome(arraysAt + 4 * pieceLength * 5);
    if (home !== undefined) stage = new Stage(home);
  }
  return stage;
}

/** From this many numbers on, an ordinary array is checked sooner through the stage than by a plain loop. */
const stagedCheck = 1024;
const wholes = new WeakMap<Float32Array, readonly Float32Array[]>();

/** An array in pieces, whose views are made once. */
function wholeInPieces(values: Float32Array): readonly Float32Array[] {
  let pieces = wholes.get(values);
  if (pieces === undefined) {
    pieces = Array.from({ length: Math.ceil(values.length / pieceLength) }, (_, k) =>
      values.subarray(k * pieceLength, (k + 1) * pieceLength),
    );
    wholes.set(values, pieces);
  }
  return pieces;
}

useFiniteCheck((values, from, to) => {
  const home = homeOf(values);
  if (home !== undefined) return home.kernels.allFinite(values.byteOffset + 4 * from, to - from) === 1;
  const whole = values instanceof Float32Array && from === 0 && to === values.length && to >= stagedCheck;
  const room = whole ? openStage() : undefined;
  if (room === undefined) return undefined;
  for (const piece of wholeInPieces(values as Float32Array)) {
    if (room.kernels.allFinite(room.put(0, piece), piece.length) === 0) return false;
  }
  return true;
});
