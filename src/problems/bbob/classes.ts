/**
 * Groups and classes of BBOB's functions. The groups are RR-6829's. The classes are of a function within [-5, 5]^D, as problems
 * pose it, and follow from its formula; smooth means that the gradient is continuous.
 *
 * T_osz itself has no derivative at 0, but its square has: x T_osz'(x) is bounded. So sums of its squares (f2, f10, f11) and a
 * power above 1/2 of a squared norm (f6) are smooth, and sums in which a rotation mixes it with other coordinates (f15, f16) are
 * not. None of these is convex, as T_osz waves: along a ray their second derivative changes sign.
 */
import type { Classes } from '../problem.js';
import type { Definition, Group } from './definition.js';

const groups: Readonly<Record<Group, string>> = {
  separable: 'Separable',
  moderate: 'Low or moderate conditioning',
  'ill-conditioned': 'High conditioning and unimodal',
  'multi-modal': 'Multimodal with adequate global structure',
  'weakly structured': 'Multimodal with weak global structure',
};

/** f1 a sum of squares; f5 linear within the bounds; f13 a square and a norm; f14 the norm of |z_i|^e with e >= 1: convex, none below 0. */
const convex = new Set([1, 5, 13, 14]);
/**
 * f7 is a staircase; f13 and f14 bend at the ridge and at the optimum like |z|; f15 and f16 as said above; f17 and f18 hold roots
 * of distances; f21, f22 and f24 take the best of several functions; f23 holds distances to whole numbers.
 */
const notSmooth = new Set([7, 13, 14, 15, 16, 17, 18, 21, 22, 23, 24]);

/** With noise a function is not smooth, whatever it is without; the noisy suite (from f101 on) has groups of its own. */
export function bbobClasses(number: number, definition: Definition, noisy: boolean): Classes {
  return {
    ...(noisy ? { smooth: false } : { smooth: !notSmooth.has(number), convex: convex.has(number) }),
    ...(number <= 24 && { group: groups[definition.group] }),
  };
}
