/** Memory that kernels work on in place: arrays that lay in one when they were saved are restored into one. */

export interface Residence {
  /** Whether kernels work in place on arrays in this memory. */
  holds(memory: ArrayBufferLike): boolean;
  /** A new zeroed memory of at least `bytes`, whose arrays begin at byte `from`; undefined where there is none to be had. */
  open(bytes: number): { readonly memory: ArrayBufferLike; readonly from: number } | undefined;
}

let known: Residence | undefined;

/** The kernels, where they are loaded, bring theirs. It changes no result. */
export function useResidence(residence: Residence): void {
  known = residence;
}

export function residence(): Residence | undefined {
  return known;
}
