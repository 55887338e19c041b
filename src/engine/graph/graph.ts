/**
 * The graph that everything is compiled to: ONNX operators over tensors of static shape, kept as plain objects.
 * Tensors are numbered in the order they are made, so that number order is an order of evaluation.
 */

export type ElementType = 'float32' | 'int32' | 'int64' | 'bool';

/** ONNX attributes: whole numbers are `int`, arrays `ints`; a `float` is wrapped to tell it from an int. */
export type Attribute = number | readonly number[] | string | { readonly float: number };
export type Attributes = Readonly<Record<string, Attribute>>;

export type Source =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'constant'; readonly values: ArrayLike<number> }
  | { readonly kind: 'node'; readonly node: GraphNode; readonly output: number };

export interface Tensor {
  readonly graph: Graph;
  readonly id: number;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly source: Source;
}

export interface GraphNode {
  /** ONNX operator name; of another set of operators with its domain in front, `domain/Name`. */
  readonly op: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly outputs: readonly Tensor[];
}

/** How the reverse sweep passes a composed function: straight to its inputs. */
export interface KnownDerivative {
  readonly inputs: readonly Tensor[];
  /** From the adjoint of the output, which may be smaller where it broadcasts, to that of one of the inputs. */
  readonly adjoint: (adjoint: Tensor, input: number) => Tensor;
}

export class Graph {
  readonly inputs: Tensor[] = [];
  /** Outputs of composed functions, such as activations, whose derivative is given instead of derived. */
  readonly derivatives = new Map<Tensor, KnownDerivative>();
  /** Tensors that the reverse sweep takes for constants. */
  readonly detached = new Set<Tensor>();
  private readonly shared = new Map<string, readonly Tensor[]>();
  private count = 0;

  input(name: string, type: ElementType, shape: readonly number[]): Tensor {
    const tensor = this.tensor(type, shape, { kind: 'input', name });
    this.inputs.push(tensor);
    return tensor;
  }

  constant(type: ElementType, shape: readonly number[], values: ArrayLike<number>): Tensor {
    if (values.length > 64) return this.tensor(type, shape, { kind: 'constant', values });
    const key = `${type}[${shape}]${Array.from(values).join()}`;
    return this.share(key, () => [this.tensor(type, shape, { kind: 'constant', values })])[0];
  }

  /** A float32 number without dimensions. */
  scalar(value: number): Tensor {
    return this.constant('float32', [], [value]);
  }

  /** A node, or the equal node that is there already. */
  node(
    op: string,
    inputs: readonly Tensor[],
    attributes: Attributes,
    ...outputs: { type: ElementType; shape: readonly number[] }[]
  ): readonly Tensor[] {
    const key = `${op}(${inputs.map((input) => input.id)})${JSON.stringify(attributes)}`;
    return this.share(key, () => {
      const made: Tensor[] = [];
      const node: GraphNode = { op, inputs, attributes, outputs: made };
      for (const { type, shape } of outputs) made.push(this.tensor(type, shape, { kind: 'node', node, output: made.length }));
      return made;
    });
  }

  private share(key: string, make: () => readonly Tensor[]): readonly Tensor[] {
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.shared.set(key, made);
    return made;
  }

  private tensor(type: ElementType, shape: readonly number[], source: Source): Tensor {
    return { graph: this, id: this.count++, type, shape, source };
  }
}

/** The nodes that `outputs` need, in an order of evaluation. */
export function nodesFor(outputs: readonly Tensor[]): GraphNode[] {
  const nodes = new Set<GraphNode>();
  const pending = [...outputs];
  for (let tensor = pending.pop(); tensor !== undefined; tensor = pending.pop()) {
    if (tensor.source.kind !== 'node' || nodes.has(tensor.source.node)) continue;
    nodes.add(tensor.source.node);
    pending.push(...tensor.source.node.inputs);
  }
  return [...nodes].sort((a, b) => a.outputs[0].id - b.outputs[0].id);
}

/** The value of a float32 constant that holds one number; undefined for any other tensor. */
export function scalarValue(tensor: Tensor): number | undefined {
  return tensor.source.kind === 'constant' && tensor.shape.length === 0 && tensor.type === 'float32' ? tensor.source.values[0] : undefined;
}
