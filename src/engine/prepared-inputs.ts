/**
 * A batch of few numbers, in the form that a population's graph works on, so that the graph need not make it in every run: `columns`,
 * float32 [features + 1, samples], a column for each sample and ones below, for the biases; and `chosen`, float32 [classes, samples],
 * 1 at each sample's class. Of 4-7-3 with 40 candidates on 150 samples that is five nodes and a twentieth of the time.
 */

/**
 * Callers fill their arrays again in place, so that what was written is kept only while every byte is the same. To compare the bytes
 * takes a tenth of the time of a loop over the numbers.
 */
abstract class Prepared<T extends Float32Array | Int32Array> {
  readonly #from: T;
  readonly #fromBytes: Buffer;
  readonly #to: Float32Array;
  #last: T;
  #lastBytes: Buffer;
  #written = false;

  /** `from`: a zeroed array for what is given. */
  constructor(from: T, to: Float32Array) {
    this.#from = from;
    this.#fromBytes = bytesOf(from);
    this.#to = to;
    this.#last = from;
    this.#lastBytes = this.#fromBytes;
  }

  /** Of an array that begins with the batch. */
  of(given: T): Float32Array {
    if (given !== this.#last) {
      this.#last = given;
      this.#lastBytes = bytesOf(given.subarray(0, this.#from.length));
    }
    if (this.#written && this.#lastBytes.equals(this.#fromBytes)) return this.#to;
    this.#fromBytes.set(this.#lastBytes);
    this.write(this.#from, this.#to);
    this.#written = true;
    return this.#to;
  }

  protected abstract write(from: T, to: Float32Array): void;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Of inputs, row-major [samples, features]. */
export class Columns extends Prepared<Float32Array> {
  readonly #features: number;

  constructor(features: number, samples: number) {
    super(new Float32Array(features * samples), new Float32Array((features + 1) * samples).fill(1, features * samples));
    this.#features = features;
  }

  protected write(inputs: Float32Array, columns: Float32Array): void {
    const samples = inputs.length / this.#features;
    for (let i = 0; i < inputs.length; i++) columns[(i % this.#features) * samples + Math.floor(i / this.#features)] = inputs[i];
  }
}

/** Of class numbers [samples]; a number that is no class chooses none. */
export class Chosen extends Prepared<Int32Array> {
  constructor(classes: number, samples: number) {
    super(new Int32Array(samples), new Float32Array(classes * samples));
  }

  protected write(classes: Int32Array, chosen: Float32Array): void {
    const samples = classes.length;
    chosen.fill(0);
    classes.forEach((number, n) => {
      if (number >= 0 && number * samples < chosen.length) chosen[number * samples + n] = 1;
    });
  }
}
