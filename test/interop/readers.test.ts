/**
 * The exports as their readers see them: cocopp and iohinspector load them, and the running times that they compute are those
 * of a log that was kept of every evaluation, beside the harness. Skipped, with the reason, where a package is not installed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeReport } from '../../reports/write.js';
import { cocoTargets } from '../../src/core/targets.js';
import { study } from '../reports/synthetic.js';
import { expectedRunningTime, type LoggedStudy, loggedStudy } from './logged-study.js';
import { missing, runPython } from './python.js';

const strategies = { 'Nelder, "Mead"': 'nelder-mead', 'random-search': 'random-search', PSO: 'pso', pso: 'pso' };
const ids = [1, 8].flatMap((f) => [2, 3].flatMap((d) => [1, 2, 5].map((i) => `bbob:f${f}:i${i}:d${d}`)));
const evaluations = 800;

let folder = '';
let whole: LoggedStudy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zeroth-readers-'));
  whole = await loggedStudy(ids, strategies, [1, 2], evaluations);
  await writeReport(whole.results, join(folder, 'functions'), { sections: [] });
  await writeReport(study(), join(folder, 'networks'), { sections: [] });
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** For each strategy's folder, function and dimension: the running time to each of COCO's targets, by definition. */
function expected(): Map<string, (number | null)[]> {
  const folders = ['Nelder-Mead', 'random-search', 'PSO', 'pso-1'];
  const times = new Map<string, (number | null)[]>();
  for (const [index, label] of Object.keys(strategies).entries()) {
    for (const f of [1, 8]) {
      for (const d of [2, 3]) {
        const runs = whole.runs.filter(
          ({ record }) => record.label === label && new RegExp(`:f${f}:i\\d:d${d}$`).test(record.settings.problem),
        );
        times.set(
          `${folders[index]} ${f} ${d}`,
          cocoTargets.map((target) => expectedRunningTime(runs, target)),
        );
      }
    }
  }
  return times;
}

/** A strategy's folder may end in a piece of a hash. */
const plain = (name: string) => name.replace(/-[0-9a-f]{6}(?= |$)/, '');

type Times = Record<string, (number | null)[]>;

function compareTimes(found: Times): void {
  const wanted = expected();
  const byName = new Map(Object.entries(found).map(([key, times]) => [plain(key), times]));
  expect([...byName.keys()].sort()).toEqual([...wanted.keys()].sort());
  for (const [key, times] of wanted) {
    const got = byName.get(key) ?? [];
    expect(got).toHaveLength(times.length);
    times.forEach((time, i) => {
      if (time === null) expect([key, cocoTargets[i], got[i]]).toEqual([key, cocoTargets[i], null]);
      else expect((got[i] ?? Number.NaN) / time).toBeCloseTo(1, 9);
    });
  }
}

const noCoco = missing('cocopp');
const noIoh = missing('iohinspector');
if (noCoco !== undefined) process.stderr.write(`COCO's reader is not tested: ${noCoco}\n`);
if (noIoh !== undefined) process.stderr.write(`IOH's reader is not tested: ${noIoh}\n`);

const coco = `
import json, sys, os, warnings
os.environ['MPLBACKEND'] = 'Agg'
import contextlib, io
targets = json.loads(sys.argv[2])
found, spent = {}, {}
with contextlib.redirect_stdout(io.StringIO()):
    import cocopp # it looks for its archive on the web, and warns where there is none
    warnings.simplefilter('error')
    for name in sorted(os.listdir(sys.argv[1])):
        for ds in cocopp.load(os.path.join(sys.argv[1], name)):
            ert = ds.detERT([t * (1 + 1e-12) for t in targets]) # its own targets are powers that may be one bit larger
            name = '%s %d %d' % (ds.algId, ds.funcId, ds.dim)
            found[name] = [None if v == float('inf') else float(v) for v in ert]
            assert ds.instancenumbers == [1, 1, 2, 2, 5, 5], ds.instancenumbers
            spent[name] = [int(n) for n in ds.maxevals]
print(json.dumps({'found': found, 'spent': spent}))
`;

const ioh = `
import json, sys, warnings
warnings.simplefilter('error')
import iohinspector, polars
manager = iohinspector.DataManager()
manager.add_folder(sys.argv[1])
targets = json.loads(sys.argv[2])
data = manager.load(monotonic=True, include_meta_data=True)
found = {}
for (name, f, d), part in data.group_by(['algorithm_name', 'function_id', 'dimension']):
    runs = [run for _, run in part.group_by('data_id')]
    totals = {row['data_id']: row['evals'] for row in manager.overview.iter_rows(named=True)}
    times = []
    for target in targets:
        spent, successes = 0, 0
        for run in runs:
            hit = run.filter(polars.col('raw_y') <= target)['evaluations'].min()
            spent += totals[run['data_id'][0]] if hit is None else hit
            successes += hit is not None
        times.append(spent / successes if successes else None)
    found['%s %d %d' % (name, f, d)] = times
o = manager.overview
print(json.dumps({
    'found': found,
    'runs': len(o),
    'suites': sorted(set(o['suite'])),
    'functions': sorted(set(o['function_name'])),
    'dimensions': sorted(set(o['dimension'])),
    'instances': sorted(set(o['instance'])),
    'columns': data.columns,
    'loaded': data['data_id'].n_unique(),
}))
`;

describe('cocopp', () => {
  (noCoco === undefined ? test : test.skip)(
    'reads coco/, and its running times to all 51 targets are the exact ones',
    () => {
      const { found, spent } = runPython(coco, [join(folder, 'functions', 'coco'), JSON.stringify(cocoTargets)], folder) as {
        found: Times;
        spent: Record<string, number[]>;
      };
      compareTimes(found);
      // it ends a run where the run reached COCO's precision
      const lengths = whole.runs.map(({ gaps }) => gaps.findIndex((gap) => gap <= 1e-8) + 1 || gaps.length);
      const ordered = (counts: number[]) => counts.sort((a, b) => a - b);
      expect(ordered(Object.values(spent).flat())).toEqual(ordered(lengths));
    },
    300_000,
  );
});

describe('iohinspector', () => {
  const load = (of: string) => runPython(ioh, [join(folder, of), JSON.stringify(cocoTargets)], folder) as Record<string, unknown>;

  (noIoh === undefined ? test : test.skip)(
    'reads ioh/, and running times from its data are the exact ones',
    () => {
      const { found, runs, suites, functions, instances } = load('functions/ioh');
      compareTimes(found as Times);
      expect({ runs, suites, functions, instances }).toEqual({
        runs: whole.runs.length,
        suites: ['bbob'],
        functions: ['f1', 'f8'],
        instances: [1, 2, 5],
      });
    },
    300_000,
  );

  (noIoh === undefined ? test : test.skip)('reads coco/ too', () => compareTimes(load('functions/coco').found as Times), 300_000);

  (noIoh === undefined ? test : test.skip)(
    'reads runs on networks, with their accuracies, by gradients and without',
    () => {
      const { runs, loaded, suites, functions, dimensions, columns } = load('networks/ioh');
      expect({ runs, loaded, suites, functions, dimensions }).toEqual({
        runs: 84,
        loaded: 84,
        suites: ['zeroth'],
        functions: ['iris', 'mnist(784-32-10,relu)', 'rastrigin'],
        dimensions: [10, 59, 25450],
      });
      expect(columns).toEqual(expect.arrayContaining(['sample_passes', 'train_accuracy', 'test_loss', 'test_accuracy']));
    },
    300_000,
  );
});
