/** What reports call each strategy of a study: its name, with the options that differ from their defaults and from its namesakes'. */
import { UsageError } from '../core/errors.js';
import { canonicalJson } from './canonical.js';
import type { Places } from './places.js';
import { formatStrategyArgument } from './strategy-argument.js';

export interface Labelled {
  /** Chosen by the study's author; used as it is. */
  readonly given?: string | undefined;
  readonly name: string;
  /** Every option, defaults included. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Options for some problems. */
  readonly on: Readonly<Record<string, unknown>>;
}

/** One label each, all different. Throws UsageError where two would be equal; `places`: what it calls their places in the study. */
export function labelStrategies(strategies: readonly Labelled[], places: Places): string[] {
  const labels = strategies.map((strategy) => {
    if (strategy.given !== undefined) return strategy.given;
    const namesakes = strategies.filter(({ name }) => name === strategy.name);
    const telling = Object.keys(strategy.options).filter(
      (key) =>
        canonicalJson(strategy.options[key]) !== canonicalJson(strategy.defaults[key]) &&
        new Set(namesakes.map(({ options }) => canonicalJson(options[key]))).size > 1,
    );
    return formatStrategyArgument(strategy.name, Object.fromEntries(telling.map((key) => [key, strategy.options[key]])));
  });
  labels.forEach((label, i) => {
    const first = labels.indexOf(label);
    if (first === i) return;
    const same = canonicalJson(strategies[first]) === canonicalJson(strategies[i]);
    const told = same
      ? `${label} is there already, as entry ${first + 1}: leave it out, or change an option`
      : `entry ${first + 1} is called "${label}" as well: give one of them a label, in a study file beside its name`;
    throw new UsageError(`${places.name(['strategies', i])}: ${told}.`);
  });
  return labels;
}
