/**
 * The settings of a network problem, as they stand in its id: `mnist(784-128-10,tanh,batch=128,l2=0.0001)`.
 * Parsing is strict, and the canonical text leaves out what is default and orders the rest.
 */
import type { Network } from '../../models/network.js';
import { nearest, UsageError } from '../core/errors.js';
import type { Regularization } from '../core/objective.js';
import { type ParsedId, quoteValue } from './id-syntax.js';
import { initializerOf, isNetworkText } from './network-text.js';

export interface NetworkSettings {
  /** As in network-text.ts: `784-128-10`. */
  readonly network: string;
  /** Of the hidden layers. */
  readonly activation: string;
  /** Samples of a query; `full` for the whole training part. */
  readonly batch: number | 'full';
  readonly loss: Network['loss'];
  readonly init: string;
  /** Activation of the last layer; before a cross-entropy's softmax, usually `identity`. */
  readonly output: string;
  /** Samples used for training; absent: all of the training part. */
  readonly train?: number;
  /** Share of a pool that is held out; absent: the set's own. */
  readonly split?: number;
  readonly standardize: boolean;
  /** Folder with the set's own files. */
  readonly data?: string;
  /** Rate after each hidden layer; 0: none. */
  readonly dropout: number;
  readonly l1: number;
  readonly l2: number;
  /** Absent: no limit. */
  readonly maxnorm?: number;
}

/** What the settings mean, for messages and listings. */
export const settingMeanings: Readonly<Record<string, string>> = {
  batch: 'samples of a query: a whole number from 1, or full',
  data: "folder with the set's own files",
  dropout: 'rate after each hidden layer, from 0 to below 1',
  init: 'lecture, glorot, lecun, uniform(LIMIT) or laplace(SCALE)',
  l1: 'factor of the sum of absolute values, from 0',
  l2: 'factor of half the sum of squares, from 0',
  loss: 'cross-entropy or squared-error',
  output: 'activation of the last layer, for example logistic',
  maxnorm: "largest 2-norm of a unit's incoming weights, above 0",
  split: 'share held out for testing, between 0 and 1',
  standardize: 'true or false: mean 0 and deviation 1 for each feature, fitted on the training part',
  train: 'samples used for training: a whole number from 1',
};

/** Applies an id's settings to a family's defaults. `extra` names keys that the family reads itself. */
export function readSettings(id: string, parsed: ParsedId, defaults: NetworkSettings, extra: readonly string[] = []): NetworkSettings {
  const fail = (what: string) => new UsageError(`${what} in the problem id "${id}".`);
  let { network, activation } = defaults;
  let named = 0;
  for (const item of parsed.positional) {
    if (isNetworkText(item)) network = item;
    else {
      activation = item;
      if (++named > 1) throw fail(`"${item}" is one thing too many: give one network and one activation, and KEY=VALUE for all else,`);
    }
  }
  for (const key of parsed.settings.keys()) {
    if (!(key in settingMeanings) && !extra.includes(key)) {
      const known = [...Object.keys(settingMeanings), ...extra];
      const near = nearest(key, known);
      const hint = near.length > 0 ? `did you mean ${near.join(' or ')}? ` : '';
      throw fail(`Unknown setting "${key}" (${hint}there are ${known.join(', ')})`);
    }
  }
  const invalid = (key: string) => fail(`${key}=${parsed.settings.get(key)} is not possible (${settingMeanings[key]})`);
  const text = (key: string) => parsed.settings.get(key);
  const number = (key: string, allowed: (value: number) => boolean): number | undefined => {
    const given = text(key);
    if (given === undefined) return undefined;
    const value = given === '' ? Number.NaN : Number(given);
    if (!Number.isFinite(value) || !allowed(value)) throw invalid(key);
    return value;
  };
  const choice = <T extends string>(key: string, choices: readonly T[]): T | undefined => {
    const given = text(key);
    if (given !== undefined && !choices.includes(given as T)) throw invalid(key);
    return given as T | undefined;
  };
  const whole = (value: number) => Number.isSafeInteger(value) && value >= 1;
  const notNegative = (value: number) => value >= 0;
  const batch = text('batch') === 'full' ? 'full' : number('batch', whole);
  const standardize = choice('standardize', ['true', 'false']);
  const init = text('init') ?? defaults.init;
  if (initializerOf(init) === undefined) throw invalid('init');
  const train = number('train', whole) ?? defaults.train;
  const split = number('split', (value) => value > 0 && value < 1) ?? defaults.split;
  const data = text('data') ?? defaults.data;
  const maxnorm = number('maxnorm', (value) => value > 0) ?? defaults.maxnorm;
  return {
    network,
    activation,
    batch: batch ?? defaults.batch,
    loss: choice('loss', ['cross-entropy', 'squared-error']) ?? defaults.loss,
    init,
    output: text('output') ?? defaults.output,
    ...(train !== undefined && { train }),
    ...(split !== undefined && { split }),
    standardize: standardize === undefined ? defaults.standardize : standardize === 'true',
    ...(data !== undefined && { data }),
    dropout: number('dropout', (value) => value >= 0 && value < 1) ?? defaults.dropout,
    l1: number('l1', notNegative) ?? defaults.l1,
    l2: number('l2', notNegative) ?? defaults.l2,
    ...(maxnorm !== undefined && { maxnorm }),
  };
}

/** The canonical id: the network and the activation where they are not the default, then what else is not, by name. */
export function settingsId(
  name: string,
  settings: NetworkSettings,
  defaults: NetworkSettings,
  extra: Readonly<Record<string, string>> = {},
): string {
  const { network, activation, ...keyed } = settings;
  const items: string[] = [];
  if (network !== defaults.network) items.push(network);
  if (activation !== defaults.activation) items.push(quoteValue(activation));
  const values: Record<string, unknown> = { ...extra };
  for (const [key, value] of Object.entries(keyed)) if (value !== defaults[key as keyof NetworkSettings]) values[key] = value;
  for (const key of Object.keys(values).sort()) items.push(`${key}=${quoteValue(String(values[key]))}`);
  return items.length === 0 ? name : `${name}(${items.join(',')})`;
}

export function regularizationOf({ l1, l2, maxnorm }: NetworkSettings): Regularization | undefined {
  if (l1 === 0 && l2 === 0 && maxnorm === undefined) return undefined;
  return { ...(l1 > 0 && { l1 }), ...(l2 > 0 && { l2 }), ...(maxnorm !== undefined && { maxNorm: maxnorm }) };
}
