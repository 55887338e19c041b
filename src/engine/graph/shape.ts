/** Shapes: sizes, and broadcasting as NumPy and ONNX define it. */

export type Shape = readonly number[];

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** The common shape of an element-wise operation. */
export function broadcast(op: string, ...shapes: Shape[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let common = 1;
    for (const shape of shapes) {
      const extent = shape[axis - rank + shape.length] ?? 1;
      if (extent === 1 || extent === common) continue;
      if (common !== 1) throw shapeError(op, ...shapes);
      common = extent;
    }
    return common;
  });
}

/** A fault of the graph's builder, not of its user. */
export function shapeError(op: string, ...shapes: Shape[]): RangeError {
  return new RangeError(`${op} cannot take tensors of shape ${shapes.map((shape) => `[${shape.join(', ')}]`).join(' and ')}.`);
}
