/**
 * Derivatives of pools over rows and columns of [images, height, width, run]: `run` numbers, of a sample or of many, lie together at
 * every place, and every place's numbers are pooled by themselves. Long runs are fast: what is moved then lies in one piece.
 */
import type { Tensor } from './graph.js';
import { add, cast, compare, concat, div, expand, matmul, mul, padEnds, reshape, slice } from './ops.js';
import { sizeOf } from './shape.js';
import type { Window } from './window-ops.js';

/** Below every finite float32 but the lowest. */
const lowest = -3.4028234663852886e38;

/** To the largest of each window, ties share equally. All tensors [images, rows, columns, run]. */
export function maximumAdjoint(images: Tensor, maxima: Tensor, adjoint: Tensor, window: Window): Tensor {
  const { kernel, stride, padding } = window;
  const [, height, width] = images.shape;
  const [, rows, columns] = maxima.shape;
  const behind = (extent: number, windows: number) => Math.max(0, (windows - 1) * stride + kernel - padding - extent);
  const ends = [behind(height, rows), behind(width, columns)];
  const padded = padPlaces(images, [padding, padding], ends, lowest);
  const places = Array.from({ length: kernel ** 2 }, (_, place) => [Math.floor(place / kernel), place % kernel]);
  const masks = places.map(([i, j]) => {
    const seen = slice(padded, [1, 2], [i, j], [i + (rows - 1) * stride + 1, j + (columns - 1) * stride + 1], [stride, stride]);
    return cast(compare('Equal', seen, maxima), 'float32');
  });
  const shares = div(expand(adjoint, maxima.shape), masks.reduce(add));
  const routed = masks.map((mask) => mul(mask, shares));
  return gathered(routed, [height, width], window);
}

/** One tensor [images, rows, columns, run] for each place of a window, all added up where the places lie in the images. */
function gathered(routed: readonly Tensor[], [height, width]: readonly number[], { kernel, stride, padding }: Window): Tensor {
  const [images, , , run] = routed[0].shape;
  const [down, across] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  /** The places that cover every stride-th row or column from `phase`, and by how many windows they lie apart from it. */
  const covering = (phase: number) =>
    Array.from({ length: kernel }, (_, place) => ({ place, shift: (phase + padding - place) / stride })).filter(({ shift }) =>
      Number.isInteger(shift),
    );
  const phases = Array.from({ length: stride }, (_, phase) => covering(phase));
  const ofRows = phases.map((tops) => {
    const ofColumns = phases.map((lefts) => {
      const parts = tops.flatMap((i) =>
        lefts.flatMap((j) => shifted(routed[i.place * kernel + j.place], [i.shift, j.shift], [down, across]) ?? []),
      );
      const sum = parts.length === 0 ? expand(routed[0].graph.scalar(0), [images, down, across, run]) : parts.reduce(add);
      return reshape(sum, [images * down, across, 1, run]);
    });
    return reshape(concat(ofColumns, 2), [images, down, 1, across * stride * run]);
  });
  const whole = reshape(concat(ofRows, 2), [images, down * stride, across * stride, run]);
  return slice(whole, [1, 2], [0, 0], [height, width], [1, 1]);
}

/** Rows and columns `from`, and on, as many as `extents` say; zeros outside. Undefined where all is outside. */
function shifted(a: Tensor, from: readonly number[], extents: readonly number[]): Tensor | undefined {
  const first = from.map((start) => Math.max(0, start));
  const end = from.map((start, i) => Math.min(a.shape[i + 1], start + extents[i]));
  if (end.some((to, i) => to <= first[i])) return undefined;
  const before = first.map((start, i) => start - from[i]);
  const behind = end.map((to, i) => from[i] + extents[i] - to);
  return padPlaces(slice(a, [1, 2], first, end, [1, 1]), before, behind, 0);
}

function padPlaces(a: Tensor, before: readonly number[], behind: readonly number[], value: number): Tensor {
  const [images, , , run] = a.shape;
  if (run === 1) return reshape(padEnds(reshape(a, a.shape.slice(0, 3)), before, behind, value), padded(a.shape, before, behind));
  if ([...before, ...behind].every((amount) => amount === 0)) return a;
  const rows = padEnds(
    reshape(a, [images, a.shape[1], a.shape[2] * run]),
    [before[0], before[1] * run],
    [behind[0], behind[1] * run],
    value,
  );
  return reshape(rows, padded(a.shape, before, behind));
}

function padded([images, height, width, run]: readonly number[], before: readonly number[], behind: readonly number[]): number[] {
  return [images, before[0] + height + behind[0], before[1] + width + behind[1], run];
}

/** From the adjoint [images, rows, columns, run] to that of images [images, height, width, run]: along columns, then along rows. */
export function averageAdjoint(adjoint: Tensor, shape: readonly number[], window: Window): Tensor {
  const [images, height, width, run] = shape;
  const [, rows, columns] = adjoint.shape;
  const across =
    run === 1
      ? matmul(reshape(adjoint, [images * rows, columns]), covers(adjoint, width, columns, window, 1, true))
      : matmul(covers(adjoint, width, columns, window, 1), reshape(adjoint, [images * rows, columns, run]));
  const down = matmul(covers(adjoint, height, rows, window, 1 / window.kernel ** 2), reshape(across, [images, rows, width * run]));
  return reshape(down, shape);
}

/** [extent, windows], or turned: `value` where the window covers the place, else 0. */
function covers(like: Tensor, extent: number, windows: number, { kernel, stride, padding }: Window, value: number, turned = false): Tensor {
  const shape = turned ? [windows, extent] : [extent, windows];
  const values = new Float32Array(sizeOf(shape));
  for (let window = 0; window < windows; window++) {
    const start = window * stride - padding;
    for (let at = Math.max(0, start); at < Math.min(extent, start + kernel); at++)
      values[turned ? window * extent + at : at * windows + window] = value;
  }
  return like.graph.constant('float32', shape, values);
}
