/** Any CSV file: `csv(file=flowers.csv,label=species)`. The file is read when the id is parsed, since its columns shape the network. */
import path from 'node:path';
import { UsageError } from '../../core/errors.js';
import { readCsv } from '../../datasets/csv.js';
import { parseSettings } from '../id-syntax.js';
import { defaultSettings, networkProblem } from '../network-problem.js';
import { readSettings, settingsId } from '../network-settings.js';
import type { Problem, ProblemFamily } from '../problem.js';

const examples = ['csv(file=flowers.csv,label=species)', 'csv(4-16-3,relu,drop="id,name",file=flowers.csv,label=species)'];
const own = ['file', 'label', 'kind', 'drop'];
/** Up to so many rows, every query sees them all. */
const fullBatchRows = 2000;

async function parse(id: string): Promise<Problem> {
  const parsed = parseSettings(id, examples[0]);
  const file = parsed.settings.get('file');
  const label = parsed.settings.get('label');
  if (!file || !label)
    throw new UsageError(
      `"${id}" names no ${file ? 'label column' : 'file'}. Give file=PATH and label=COLUMN; for example ${examples[0]}.`,
    );
  if (parsed.settings.has('data')) throw new UsageError(`"${id}": a CSV file is named by file=PATH; leave out data.`);
  const kind = parsed.settings.get('kind');
  if (kind !== undefined && kind !== 'classification' && kind !== 'regression') {
    throw new UsageError(`kind=${kind} in "${id}" is not possible (classification or regression).`);
  }
  const drop = (parsed.settings.get('drop') ?? '').split(',').flatMap((name) => name.trim() || []);
  const raw = readCsv(path.resolve(file), { label, ...(kind && { kind }), drop });
  const rows = 'pool' in raw.parts ? raw.parts.pool.count : 0;
  const defaults = defaultSettings(raw.kind, {
    network: `${raw.inputShape[0]}-8-${raw.outputs}`,
    activation: 'tanh',
    batch: rows <= fullBatchRows ? 'full' : 256,
  });
  const settings = readSettings(id, parsed, defaults, own);
  const extra = { file, label, ...(kind && { kind }), ...(drop.length > 0 && { drop: drop.join(',') }) };
  return networkProblem(
    id,
    (named) => settingsId('csv', named, defaults, extra),
    raw,
    settings,
    async () => raw,
  );
}

export const family: ProblemFamily = { name: 'csv', title: 'Any CSV file with a label column', examples, needsSettings: true, parse };
