/** Plain data to bytes: each value a tag byte and its content. */
import { UsageError } from '../errors.js';
import { residence } from '../residence.js';
import { Rng } from '../rng.js';
import { kindNames, kinds, tags } from './format.js';
import { checksumBytes, headerBytes, seal } from './frame.js';

export class Writer {
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

  /** All bytes, after the last value. */
  finish(): Uint8Array {
    this.room(checksumBytes);
    return seal(this.bytes, this.length);
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

function notPlain(path: string, what: string): UsageError {
  return new UsageError(
    `Cannot save ${path}: ${what} is not plain data. A state holds numbers, strings, booleans, typed arrays, Rngs, and objects and arrays of these.`,
  );
}
