/**
 * Plain data as bytes, and back: what saving and resuming a run is made of.
 *
 * A value is a tag byte and its content: numbers as IEEE doubles, strings as UTF-16 code units, typed arrays as their raw bytes.
 * Two references to one object stay two references to one object, so a query that points into a strategy's state still does
 * after a restore. Arrays in a memory that kernels work on in place come back in one, where there is one. Functions, class instances other than `Rng`, and overlapping views of one buffer are refused by name.
 */

import { checksum } from './checksum.js';
import { StoreError, UsageError } from './errors.js';
import { type Residence, residence } from './residence.js';
import { Rng } from './rng.js';
import { shown } from './settings-check.js';

const magic = [0x7a, 0x65, 0x72, 0x6f]; // "zero"
/** Format 2 ends in a checksum of all before it; format 1, which is read as well, has none. */
const version = 2;
const headerBytes = 16; // magic, version, byte order, two spare bytes, total length
const checksumBytes = 4;
/** Of a memory for kernels, what no array takes: where they keep their own numbers, and the last page's rest. */
const unsavedBytes = 2 ** 17;
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0];

const tags = {
  undefined: 0,
  null: 1,
  true: 2,
  false: 3,
  number: 4,
  string: 5,
  array: 6,
  object: 7,
  typed: 8,
  rng: 9,
  reference: 10,
  resident: 11,
} as const;

/** Typed arrays by the byte that stands for them; the order is part of the format. */
const kinds = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;
const kindNames = kinds.map((kind) => kind.name);

/**
 * Encodes numbers, strings, booleans, null, undefined, typed arrays, `Rng`s, and arrays and plain objects of these.
 * Throws UsageError, naming the place, on anything else.
 */
export function encode(value: unknown): Uint8Array {
  const writer = new Writer(arrayBytes(value) + 4096);
  writer.value(value, 'the value');
  return writer.finish();
}

/** The inverse of `encode`. Throws StoreError on bytes that are foreign, truncated, or of another version. */
export function decode(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = reader.value();
  reader.end();
  return value;
}

/** Bytes of all typed arrays within plain data, each counted once. */
export function arrayBytes(value: unknown, seen: Set<unknown> = new Set()): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let bytes = 0;
  for (const item of Object.values(value)) bytes += arrayBytes(item, seen);
  return bytes;
}

class Writer {
  private bytes: Uint8Array;
  private view: DataView;
  private length = headerBytes;
  private readonly known = new Map<object, number>();
  private readonly regions = new Map<ArrayBufferLike, { from: number; to: number }[]>();
  /** Numbers of the memories that kernels work on. */
  private readonly memories = new Map<ArrayBufferLike, number>();

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
    this.view = new DataView(this.bytes.buffer);
  }

  finish(): Uint8Array {
    this.bytes.set(magic);
    this.bytes[4] = version;
    this.bytes[5] = littleEndian;
    this.room(checksumBytes);
    const end = this.length;
    this.length += checksumBytes;
    this.view.setFloat64(8, this.length, true);
    this.view.setUint32(end, checksum(this.bytes, end), true);
    return this.bytes.slice(0, this.length);
  }

  value(value: unknown, path: string): void {
    switch (typeof value) {
      case 'undefined':
        this.byte(tags.undefined);
        break;
      case 'boolean':
        this.byte(value ? tags.true : tags.false);
        break;
      case 'number':
        this.byte(tags.number);
        this.float(value);
        break;
      case 'string':
        this.byte(tags.string);
        this.string(value);
        break;
      case 'object':
        if (value === null) this.byte(tags.null);
        else this.object(value, path);
        break;
      default:
        throw notPlain(path, `a ${typeof value}`);
    }
  }

  private object(value: object, path: string): void {
    const index = this.known.get(value);
    if (index !== undefined) {
      this.byte(tags.reference);
      this.count(index);
      return;
    }
    this.known.set(value, this.known.size);
    if (ArrayBuffer.isView(value)) this.typed(value, path);
    else if (Array.isArray(value)) {
      this.byte(tags.array);
      this.count(value.length);
      for (let i = 0; i < value.length; i++) this.value(value[i], `${path}[${i}]`);
    } else if (value instanceof Rng) {
      this.byte(tags.rng);
      this.string(value.path);
      this.value(value.words, `${path}.words`);
    } else this.plain(value, path);
  }

  private plain(value: object, path: string): void {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      throw notPlain(path, `a ${value.constructor?.name ?? 'class instance'}`);
    }
    const entries = Object.entries(value);
    this.byte(tags.object);
    this.count(entries.length);
    for (const [key, item] of entries) {
      this.string(key);
      this.value(item, `${path}.${key}`);
    }
  }

  private typed(value: ArrayBufferView, path: string): void {
    const kind = kindNames.indexOf((value as unknown as { [Symbol.toStringTag]: string })[Symbol.toStringTag]);
    if (kind < 0) throw notPlain(path, 'a DataView');
    this.claim(value, path);
    const resident = residence()?.holds(value.buffer) === true;
    this.byte(resident ? tags.resident : tags.typed);
    this.byte(kind);
    this.float(value.byteLength / kinds[kind].BYTES_PER_ELEMENT);
    if (resident) this.place(value);
    this.room(value.byteLength);
    this.bytes.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), this.length);
    this.length += value.byteLength;
  }

  /** Which memory an array lies in, how large that is, and where in it. */
  private place({ buffer, byteOffset }: ArrayBufferView): void {
    const memory = this.memories.get(buffer) ?? this.memories.size;
    this.memories.set(buffer, memory);
    this.count(memory);
    this.float(buffer.byteLength);
    this.float(byteOffset);
  }

  /** Two arrays over the same memory would come apart on restore; better to refuse than to resume differently. */
  private claim(value: ArrayBufferView, path: string): void {
    if (value.byteLength === 0) return;
    const from = value.byteOffset;
    const to = from + value.byteLength;
    const regions = this.regions.get(value.buffer) ?? [];
    if (regions.some((region) => from < region.to && region.from < to)) {
      throw new UsageError(`Cannot save ${path}: it is a view of memory that another array also uses. Keep one array and offsets into it.`);
    }
    regions.push({ from, to });
    this.regions.set(value.buffer, regions);
  }

  private byte(value: number): void {
    this.room(1);
    this.bytes[this.length++] = value;
  }

  private count(value: number): void {
    this.room(4);
    this.view.setUint32(this.length, value, true);
    this.length += 4;
  }

  private float(value: number): void {
    this.room(8);
    this.view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  private string(value: string): void {
    this.count(value.length);
    this.room(2 * value.length);
    for (let i = 0; i < value.length; i++, this.length += 2) this.view.setUint16(this.length, value.charCodeAt(i), true);
  }

  private room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.bytes.length, this.length + more));
    grown.set(this.bytes);
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }
}

class Reader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  /** Where the values end. */
  private readonly contentEnd: number;
  private position = headerBytes;
  private readonly known: object[] = [];
  private readonly memories = new Map<number, ReturnType<Residence['open']>>();

  constructor(given: Uint8Array) {
    if (!ArrayBuffer.isView(given)) {
      throw new UsageError(`Saved bytes must be a Uint8Array, as they were written; got ${shown(given)}.`);
    }
    this.bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
    this.view = new DataView(given.buffer, given.byteOffset, given.byteLength);
    if (given.length < headerBytes || magic.some((byte, i) => given[i] !== byte)) {
      throw new StoreError('These bytes were not saved by Zeroth: the mark at their start is missing.');
    }
    if (given[4] < 1 || given[4] > version) {
      throw new StoreError(
        `These bytes are of save format ${given[4]}; this version of Zeroth reads formats 1 to ${version}. Start the run again.`,
      );
    }
    if (given[5] !== littleEndian)
      throw new StoreError('These bytes were saved on a machine with the other byte order; resume them there.');
    const length = this.view.getFloat64(8, true);
    if (length !== given.length) {
      throw new StoreError(`These saved bytes are damaged: ${given.length} bytes where ${length} were written.`);
    }
    this.contentEnd = given[4] === 1 ? length : length - checksumBytes;
    if (
      given[4] > 1 &&
      (this.contentEnd < headerBytes || this.view.getUint32(this.contentEnd, true) !== checksum(given, this.contentEnd))
    ) {
      throw new StoreError(
        'These saved bytes are damaged: their checksum is not that of what was written. Take an earlier copy, or start the run again.',
      );
    }
  }

  value(): unknown {
    const tag = this.byte();
    switch (tag) {
      case tags.undefined:
        return undefined;
      case tags.null:
        return null;
      case tags.true:
        return true;
      case tags.false:
        return false;
      case tags.number:
        return this.float();
      case tags.string:
        return this.string();
      case tags.array:
        return this.array();
      case tags.object:
        return this.object();
      case tags.typed:
        return this.typed(false);
      case tags.resident:
        return this.typed(true);
      case tags.rng: {
        const index = this.known.push({}) - 1;
        const path = this.string();
        const words = this.value();
        if (!(words instanceof Uint32Array) || words.length !== 4) throw damaged();
        const rng = new Rng(path, words);
        this.known[index] = rng;
        return rng;
      }
      case tags.reference: {
        const index = this.count();
        if (index >= this.known.length) throw damaged();
        return this.known[index];
      }
      default:
        throw damaged();
    }
  }

  end(): void {
    if (this.position !== this.contentEnd) throw damaged();
  }

  private array(): unknown[] {
    const length = this.count();
    this.need(length); // at least a byte each
    const array: unknown[] = [];
    this.known.push(array);
    for (let i = 0; i < length; i++) array.push(this.value());
    return array;
  }

  private object(): object {
    const length = this.count();
    const object: Record<string, unknown> = {};
    this.known.push(object);
    for (let i = 0; i < length; i++) {
      const key = this.string();
      const value = this.value();
      if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
      else object[key] = value;
    }
    return object;
  }

  private typed(resident: boolean): object {
    const kind = kinds[this.byte()];
    if (kind === undefined) throw damaged();
    const length = this.float();
    if (!Number.isInteger(length)) throw damaged();
    const byteLength = length * kind.BYTES_PER_ELEMENT;
    const place = resident ? this.place(byteLength, kind.BYTES_PER_ELEMENT) : undefined;
    this.need(byteLength);
    const saved = this.bytes.subarray(this.position, this.position + byteLength);
    this.position += byteLength;
    const array = place === undefined ? new kind(saved.slice().buffer) : new kind(place.memory as ArrayBuffer, place.offset, length);
    if (place !== undefined) new Uint8Array(place.memory, place.offset, byteLength).set(saved);
    this.known.push(array);
    return array;
  }

  /** Where a resident array of that many bytes goes; undefined where there is no memory for kernels. */
  private place(byteLength: number, alignment: number): { memory: ArrayBufferLike; offset: number } | undefined {
    const number = this.count();
    const size = this.float();
    const offset = this.float();
    if (!this.memories.has(number)) {
      // all of a memory that is in use was saved with it: a larger one is damage
      this.memories.set(number, size <= this.bytes.length + unsavedBytes ? residence()?.open(size) : undefined);
    }
    const opened = this.memories.get(number);
    if (opened === undefined) return undefined;
    const { memory, from } = opened;
    if (!(offset >= from && offset % alignment === 0 && offset + byteLength <= memory.byteLength)) throw damaged();
    return { memory, offset };
  }

  private byte(): number {
    this.need(1);
    return this.bytes[this.position++];
  }

  private count(): number {
    this.need(4);
    this.position += 4;
    return this.view.getUint32(this.position - 4, true);
  }

  private float(): number {
    this.need(8);
    this.position += 8;
    return this.view.getFloat64(this.position - 8, true);
  }

  private string(): string {
    const length = this.count();
    this.need(2 * length);
    let text = '';
    for (let i = 0; i < length; i++, this.position += 2) text += String.fromCharCode(this.view.getUint16(this.position, true));
    return text;
  }

  private need(bytes: number): void {
    if (!(bytes >= 0 && this.position + bytes <= this.contentEnd)) throw damaged();
  }
}

function damaged(): StoreError {
  return new StoreError('These saved bytes are damaged: what they hold does not add up. Start the run again.');
}

function notPlain(path: string, what: string): UsageError {
  return new UsageError(
    `Cannot save ${path}: ${what} is not plain data. A state holds numbers, strings, booleans, typed arrays, Rngs, and objects and arrays of these.`,
  );
}
