/** Dropout masks: which units of which samples stay, chosen by a seed alone, so that a whole population shares them. */
import { Rng } from '../core/rng.js';

/**
 * Fills `out` with ones and zeros, zero with probability `rate`, from the stream that `seed` and `layer` name.
 * One draw decides two elements, by 16 bits each: rates are exact to 1/65,536.
 */
export function fillDropoutMask(seed: string, layer: number, rate: number, out: Float32Array): void {
  const rng = new Rng(`${seed}/dropout/${layer}`);
  const threshold = Math.round(rate * 65536);
  for (let i = 0; i < out.length; i += 2) {
    const draw = rng.uint32();
    out[i] = draw >>> 16 < threshold ? 0 : 1;
    if (i + 1 < out.length) out[i + 1] = (draw & 0xffff) < threshold ? 0 : 1;
  }
}
