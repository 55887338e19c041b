/** Bytes to plain data. Nothing that bytes may say makes it read beyond them, or take memory that they do not fill. */
import { type Residence, residence } from '../residence.js';
import { Rng } from '../rng.js';
import { damaged, kinds, tags } from './format.js';
import { checkSeal, headerBytes } from './frame.js';

/** Of a memory for kernels, what no array takes: where they keep their own numbers, and the last page's rest. */
const unsavedBytes = 2 ** 17;

export class Reader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  /** Where the values end. */
  private readonly contentEnd: number;
  private position = headerBytes;
  private readonly known: object[] = [];
  private readonly memories = new Map<number, ReturnType<Residence['open']>>();

  constructor(given: Uint8Array) {
    this.contentEnd = checkSeal(given);
    this.bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
    this.view = new DataView(given.buffer, given.byteOffset, given.byteLength);
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

  /** Throws where values are left. */
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
