import { expect, test } from '@jest/globals';
import { cocoTargets } from '../../src/core/targets.js';

test("COCO's targets are 10^2, 10^1.8, ... 10^-8", () => {
  expect(cocoTargets).toHaveLength(51);
  cocoTargets.forEach((target, k) => {
    expect(Math.log10(target)).toBeCloseTo(2 - 0.2 * k, 13);
  });
  // the decades are exact, so that a distance of 1e-8 reaches 1e-8
  expect([0, 5, 10, 15, 50].map((k) => cocoTargets[k])).toEqual([100, 10, 1, 0.1, 1e-8]);
});
