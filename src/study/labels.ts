/** What reports call each strategy of a study: its name, with the options that differ from their defaults and from its namesakes'. */
import { UsageError } from '../core/errors.js';
import { canonicalJson } from './canonical.js';
import { formatStrategyArgument } from './strategy-argument.js';

export interface Labelled {
  /** Chosen by the study's author; used as it is. */
  readonly given?: string | undefined;
  readonly name: string;
  /** Every option, defaults included. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** One label each, all different. Throws UsageError where two would be equal. */
export function labelStrategies(strategies: readonly Labelled[]): string[] {
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
    if (first < i)
      throw new UsageError(`study.strategies[${first}] and study.strategies[${i}] are both called "${label}": give one a label.`);
  });
  return labels;
}
