/** Problems that train a network on a data set: ids such as `iris`, `mnist(784-128-10,relu,batch=128)`. */
import { activationOf } from '../../models/activations.js';
import type { Network } from '../../models/network.js';
import { parametersOf } from '../../models/parameters.js';
import { prepareActivation, prepareNetwork } from '../../models/prepare.js';
import { UsageError } from '../core/errors.js';
import { Rng } from '../core/rng.js';
import { datasetShape, loadDataset } from '../datasets/catalog.js';
import type { DataShape, RawDataset } from '../datasets/dataset.js';
import { type Dataset, prepareDataset } from '../datasets/prepare.js';
import { openNetworkEngine } from '../engine/ort-network-engine.js';
import { parseSettings } from './id-syntax.js';
import { networkClasses } from './network-classes.js';
import { networkObjective } from './network-objective.js';
import { type NetworkSettings, readSettings, regularizationOf, settingsId } from './network-settings.js';
import { networkOf } from './network-text.js';
import type { Facts, OpenOptions, Problem, ProblemFamily } from './problem.js';
import { savedModel } from './saved-model.js';

/** Settings of a family: the network and activation, and what differs from `defaultSettings`. */
export type FamilyDefaults = Pick<NetworkSettings, 'network' | 'activation'> & Partial<NetworkSettings>;

/** Full batch, standardized, initialized as the lecture does, without regularization. */
export function defaultSettings(kind: DataShape['kind'], defaults: FamilyDefaults): NetworkSettings {
  const loss = kind === 'classification' ? 'cross-entropy' : 'squared-error';
  return { batch: 'full', loss, init: 'lecture', output: 'identity', standardize: true, dropout: 0, l1: 0, l2: 0, ...defaults };
}

/** The family of a named data set, its id the set's name. */
export function networkFamily(name: string, given: FamilyDefaults, examples: readonly string[]): ProblemFamily {
  const shape = datasetShape(name);
  const defaults = defaultSettings(shape.kind, given);
  return {
    name,
    title: shape.title,
    examples,
    async parse(id) {
      const settings = readSettings(id, parseSettings(id, examples[1]), defaults);
      return networkProblem(
        id,
        (named) => settingsId(name, named, defaults),
        shape,
        settings,
        () => loadDataset(name, settings.data),
      );
    },
  };
}

/**
 * A problem for settings as they were given under `id`; `idOf` writes the canonical id of the settings with the activation's own
 * name. `load` gives the data, cached. Throws UsageError when network and data do not fit, or the activation is none.
 */
export async function networkProblem(
  id: string,
  idOf: (settings: NetworkSettings) => string,
  shape: DataShape,
  given: NetworkSettings,
  load: () => Promise<RawDataset>,
): Promise<Problem> {
  const network = await prepareNetwork(networkOf(id, shape, given));
  await prepareActivation(given.activation); // a network without hidden layers does not use it
  const settings = { ...given, activation: activationOf(given.activation).name, output: activationOf(given.output).name };
  const dataOf = async (rng: Rng): Promise<Dataset> => {
    const { split, train, standardize } = settings;
    return prepareDataset(
      await load(),
      { ...(split !== undefined && { testShare: split }), ...(train !== undefined && { train }), standardize },
      rng,
    );
  };
  const canonical = idOf(settings);
  const streamOf = (seed: number) => Rng.seeded(seed).fork('problem');
  return {
    id: canonical,
    title: `${shape.title}, ${settings.network} ${settings.activation}`,
    kind: shape.kind,
    dimension: parametersOf(network).dimension,
    classes: networkClasses(network, { l1: settings.l1 > 0, sampled: settings.batch !== 'full' || settings.dropout > 0 }),
    facts: async () => factsOf(network, settings, await dataOf(Rng.seeded(0))),
    async open({ seed, provider, threads }: OpenOptions) {
      const rng = streamOf(seed);
      const dataset = await dataOf(rng.fork('data'));
      const batch = batchOf(id, settings, dataset);
      const regularization = regularizationOf(settings);
      const engine = await openNetworkEngine(network, { provider, threads });
      return networkObjective(engine, dataset, { ...(batch !== undefined && { batch }), ...(regularization && { regularization }), rng });
    },
    toOnnx: async (theta, { seed = 1, facts = {} } = {}) =>
      savedModel(network, theta, await dataOf(streamOf(seed).fork('data')), { problem: canonical, seed, ...facts }),
  };
}

function batchOf(id: string, { batch }: NetworkSettings, dataset: Dataset): number | undefined {
  const count = dataset.train.rows.length;
  if (batch === 'full' || batch === count) return undefined;
  if (batch > count)
    throw new UsageError(`batch=${batch} in "${id}" is more than the ${count} samples for training: give at most that, or batch=full.`);
  return batch;
}

function factsOf(network: Network, settings: NetworkSettings, { raw, train, test }: Dataset): Facts {
  return {
    network: `${settings.network} ${settings.activation}`,
    parameters: parametersOf(network).dimension,
    loss: settings.loss,
    initializer: settings.init,
    ...(settings.output !== 'identity' && { output: settings.output }),
    batch: settings.batch === 'full' ? train.rows.length : settings.batch,
    'training samples': train.rows.length,
    'test samples': test?.rows.length ?? 0,
    standardized: settings.standardize,
    ...(settings.dropout > 0 && { dropout: settings.dropout }),
    ...(settings.l1 > 0 && { l1: settings.l1 }),
    ...(settings.l2 > 0 && { l2: settings.l2 }),
    ...(settings.maxnorm !== undefined && { 'max-norm': settings.maxnorm }),
    data: raw.source.origin,
    'data sha256': raw.source.hash(),
  };
}
