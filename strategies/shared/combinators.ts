/** What can be put around any strategy by name: `restarted(pso)`, `multistart(nelder-mead)`, and around one another. */
import type { AnyStrategy } from '../../src/core/strategy.js';
import { multistart } from './multistart.js';
import { restarted } from './restarts.js';

export interface Combinator {
  readonly title: string;
  /** The strategy around another; it has the other's options and its own. Throws UsageError where they have the same names. */
  around(strategy: AnyStrategy): AnyStrategy;
}

export const combinators: Readonly<Record<string, Combinator>> = {
  restarted: {
    title: 'Started anew from another first point when it has converged, or no longer gets better',
    around: (strategy) => restarted(strategy),
  },
  multistart: { title: 'Several runs from different first points, side by side', around: (strategy) => multistart(strategy) },
};

export const combinatorNames: readonly string[] = Object.keys(combinators);
