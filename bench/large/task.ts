/** What the benchmark of large dimensions and its child processes agree on. */

export const problem = 'mnist(784-128-10,relu,batch=64)';
export const generations = 100;

export interface Measured {
  /** Questions answered. */
  readonly asked: number;
  /** Largest population. */
  readonly population: number;
  readonly stop: string;
  /** Of all typed arrays in the state, at the most. */
  readonly stateBytes: number;
  readonly claimedBytes: number;
  readonly peakBytes: number;
  /** Training loss at the end. */
  readonly loss: number;
  readonly secondsEvaluate: number;
  readonly secondsOwn: number;
}
