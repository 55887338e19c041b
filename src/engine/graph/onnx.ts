/** Graphs as ONNX bytes (https://github.com/onnx/onnx/blob/main/docs/IR.md), written through protobuf. */
import { create, toBinary } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  StringStringEntryProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import type { CompiledGraph, TensorInfo } from '../compiled-graph.js';
import { peakBytes, sharedProducts, sharedSums } from './cost.js';
import { type Attribute, type ElementType, type Graph, type GraphNode, nodesFor, type Tensor } from './graph.js';
import { contentHash } from './hash.js';

/** Operators as of ONNX 1.13. */
const opset = 18n;
const irVersion = 8n;

const dataTypes: Record<ElementType, DataType> = {
  float32: DataType.FLOAT,
  int32: DataType.INT32,
  int64: DataType.INT64,
  bool: DataType.BOOL,
};

/** The graph's inputs, in the order they were made, and the named outputs, with what they need. */
export function compiled(graph: Graph, outputs: Readonly<Record<string, Tensor>>): CompiledGraph {
  const bytes = serialize(graph, outputs);
  const results = Object.values(outputs);
  return {
    hash: contentHash(bytes),
    bytes,
    inputs: graph.inputs.map((input) => info(ownName(input), input)),
    outputs: Object.entries(outputs).map(([name, tensor]) => info(name, tensor)),
    peakBytes: peakBytes(results),
    products: sharedProducts(results),
    sums: sharedSums(results),
  };
}

export interface SerializeOptions {
  /** The name to write instead of the number for the first dimension of every input and output. */
  readonly batch?: string;
  /** The model's `metadata_props`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export function serialize(graph: Graph, outputs: Readonly<Record<string, Tensor>>, options: SerializeOptions = {}): Uint8Array {
  const { batch, metadata = {} } = options;
  const names = new Map<Tensor, string>();
  const copies: NodeProto[] = [];
  for (const [name, tensor] of Object.entries(outputs)) {
    if (tensor.source.kind === 'node' && !names.has(tensor)) names.set(tensor, name);
    else copies.push(create(NodeProtoSchema, { opType: 'Identity', input: [names.get(tensor) ?? ownName(tensor)], output: [name] }));
  }
  const nameOf = (tensor: Tensor) => names.get(tensor) ?? ownName(tensor);
  const nodes = nodesFor(Object.values(outputs));
  const domains = new Set(nodes.flatMap(({ op }) => operator(op).domain ?? []));
  const constants = new Set(
    [...nodes.flatMap((node) => node.inputs), ...Object.values(outputs)].filter((tensor) => tensor.source.kind === 'constant'),
  );
  const model = create(ModelProtoSchema, {
    irVersion,
    producerName: 'zeroth',
    opsetImport: [{ version: opset }, ...[...domains].map((domain) => ({ domain, version: 1n }))],
    metadataProps: Object.entries(metadata).map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
    graph: {
      name: 'zeroth',
      node: [...nodes.map((node) => nodeProto(node, nameOf)), ...copies],
      initializer: [...constants].sort((a, b) => a.id - b.id).map(initializer),
      input: graph.inputs.map((input) => valueInfo(ownName(input), input, batch)),
      output: Object.entries(outputs).map(([name, tensor]) => valueInfo(name, tensor, batch)),
    },
  });
  return toBinary(ModelProtoSchema, model);
}

function info(name: string, { type, shape }: Tensor): TensorInfo {
  return { name, type, shape };
}

function ownName(tensor: Tensor): string {
  return tensor.source.kind === 'input' ? tensor.source.name : `t${tensor.id}`;
}

/** `Conv` is of ONNX; `some.domain/Conv` of another set of operators. */
function operator(op: string): { opType: string; domain?: string } {
  const [domain, opType] = op.split('/');
  return opType === undefined ? { opType: op } : { opType, domain };
}

function nodeProto(node: GraphNode, nameOf: (tensor: Tensor) => string): NodeProto {
  return create(NodeProtoSchema, {
    ...operator(node.op),
    input: node.inputs.map(nameOf),
    output: node.outputs.map(nameOf),
    attribute: Object.entries(node.attributes).map(([name, value]) => attribute(name, value)),
  });
}

function attribute(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'number') return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  if (typeof value === 'string')
    return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) });
  if ('float' in value) return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

function initializer(tensor: Tensor): TensorProto {
  const values = tensor.source.kind === 'constant' ? tensor.source.values : [];
  return create(TensorProtoSchema, {
    name: ownName(tensor),
    dataType: dataTypes[tensor.type],
    dims: tensor.shape.map(BigInt),
    rawData: rawData(tensor.type, values),
  });
}

/** Little-endian, as ONNX wants it on every machine. */
function rawData(type: ElementType, values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const width = type === 'int64' ? 8 : type === 'bool' ? 1 : 4;
  const view = new DataView(new ArrayBuffer(values.length * width));
  for (let i = 0; i < values.length; i++) {
    if (type === 'float32') view.setFloat32(i * 4, values[i], true);
    else if (type === 'int64') view.setBigInt64(i * 8, BigInt(values[i]), true);
    else if (type === 'int32') view.setInt32(i * 4, values[i], true);
    else view.setUint8(i, values[i]);
  }
  return new Uint8Array(view.buffer);
}

function valueInfo(name: string, { type, shape }: Tensor, batch: string | undefined): ValueInfoProto {
  const dim = shape.map((extent, axis) =>
    axis === 0 && batch !== undefined
      ? { value: { case: 'dimParam' as const, value: batch } }
      : { value: { case: 'dimValue' as const, value: BigInt(extent) } },
  );
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: dataTypes[type], shape: { dim } } } },
  });
}
