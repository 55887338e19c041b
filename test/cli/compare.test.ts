import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { commandLine } from '../../src/cli/command-line.js';
import { UsageError } from '../../src/core/errors.js';
import type { StudyResults } from '../../src/study/results.js';
import { temporaryFolder, testStrategy, zeroth } from './zeroth.js';

const folder = temporaryFolder();
const small = ['--problems', 'sphere:d2', '--strategies', 'sgd', '--seeds', '2', '--evaluations', '50'];

describe('zeroth compare', () => {
  test('runs, reports, and runs only what was added when it is called again', async () => {
    const args = ['compare', '--problems', 'sphere:d2', '--evaluations', '50', '--out', 'grown'];
    const first = await zeroth([...args, '--strategies', 'sgd', '--seeds', '2'], folder.path);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toMatch(/[^\n]\n\nReport: /); // one empty line before it
    expect(first.stdout).toContain(`Report: ${join('grown', 'report', 'index.html')}`);
    expect(first.stderr).toContain('1 problem x 1 strategy x 2 seeds = 2 runs\n');
    for (const file of ['study.json', 'runs.db', 'report/index.html', 'report/report.md', 'report/report.json']) {
      expect(existsSync(join(folder.path, 'grown', file))).toBe(true);
    }
    const more = await zeroth([...args, '--strategies', 'sgd,adam', '--seeds', '3'], folder.path);
    expect(more).toMatchObject({ code: 0 });
    expect(more.stderr).toContain('= 6 runs, 2 of them finished before');
  });

  test('says which finished runs of a used folder it shows no more', async () => {
    const args = ['compare', '--problems', 'sphere:d2', '--evaluations', '50', '--out', 'used', '--seeds', '2', '--quiet', '--strategies'];
    expect((await zeroth([...args, 'sgd,adam'], folder.path)).stderr).toBe('');
    const { stderr } = await zeroth([...args, 'adam'], folder.path);
    expect(stderr).toBe(
      'In used 2 finished runs belong to no run of this study: kept in its runs.db, left out of study.json and of the report.\n',
    );
  });

  test('says before the first run what a strategy cannot run on, and runs the rest', async () => {
    const args = ['--problems', 'expression(x^2; x:-inf..inf),sphere:d31', '--strategies', 'direct,gp-ei,adam', '--seeds', '1'];
    const { code, stderr } = await zeroth(['compare', ...args, '--evaluations', '30', '--out', 'unfit'], folder.path);
    expect(code).toBe(1);
    const [before] = stderr.split('2 problems');
    expect(before).toContain('direct cannot run on expression(x^2; x:-inf..inf): direct needs finite lower and upper bounds for every ');
    expect(before).toContain('gp-ei cannot run on sphere:d31: gp-ei works up to 20 coordinates; this space has 31.');
    expect(stderr).not.toContain('adam cannot run');
    expect(stderr).toContain('3 of 6 runs failed:');
  });

  test('with --json prints one document, and with --quiet nothing else', async () => {
    const { code, stdout, stderr } = await zeroth(['compare', ...small, '--out', 'json', '--json', '--quiet'], folder.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { out, files, results } = JSON.parse(stdout) as { out: string; files: string[]; results: StudyResults };
    expect(results.runs.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(results.missing).toBe(0);
    for (const file of files) expect(existsSync(join(folder.path, out, file))).toBe(true);
  });

  test('gives the command that makes one run again, to the same loss', async () => {
    const args = ['--problems', 'rastrigin:d3', '--strategies', 'adam(learningRate=0.05)', '--seeds', '7,9', '--evaluations', '60'];
    const { stdout } = await zeroth(['compare', ...args, '--out', 'again', '--json', '--quiet'], folder.path);
    const { results } = JSON.parse(stdout) as { results: StudyResults };
    const run = results.runs[1];
    const line = results.commands.run[run.id];
    expect(line).toBe("npx zeroth train rastrigin:d3 --strategy 'adam(learningRate=0.05)' --seed 9 --evaluations 60 --provider cpu");
    const words = line.replaceAll("'", '').split(' ').slice(2);
    const again = await zeroth([...words, '--json', '--quiet'], folder.path);
    expect((JSON.parse(again.stdout) as { final: unknown }).final).toEqual(run.final);
  });

  test('records a strategy that fails, harms no other, and exits with 1', async () => {
    const strategies = `sgd,${testStrategy('failing')},adam`;
    const args = [
      'compare',
      '--problems',
      'sphere:d2',
      '--strategies',
      strategies,
      '--seeds',
      '2',
      '--evaluations',
      '50',
      '--out',
      'failing',
    ];
    const { code, stdout, stderr } = await zeroth([...args, '--json', '--quiet'], folder.path);
    expect(code).toBe(1);
    expect(stderr).toContain('2 of 6 runs failed:\n  failing on sphere:d2: failing failed in ask: thrown on purpose\n');
    const { results } = JSON.parse(stdout) as { results: StudyResults };
    expect(results.runs.map(({ label, status }) => `${label} ${status}`)).toEqual([
      'sgd done',
      'sgd done',
      'failing failed',
      'failing failed',
      'adam done',
      'adam done',
    ]);
    expect(existsSync(join(folder.path, 'failing', 'report', 'index.html'))).toBe(true);
  });

  test('refuses a study none of whose data can be read, with nothing written', async () => {
    const args = ['--strategies', 'sgd,pso', '--seeds', '2', '--evaluations', '20', '--out', 'no-data'];
    const { code, stdout, stderr } = await zeroth(['compare', '--problems', 'csv(file=none.csv,label=y)', ...args], folder.path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^zeroth: Cannot read .*none\.csv: there is no such file or folder \(ENOENT\)\.\n$/);
    expect(existsSync(join(folder.path, 'no-data'))).toBe(false);
  });

  test('tells of evaluations that failed in finished runs, also with --quiet', async () => {
    // half of the draws from a symmetric interval are below 0, where the logarithm is no number
    const half = 'expression(log(x)^2; x:-5..5)';
    const args = ['--problems', half, '--strategies', 'random-search', '--seeds', '1', '--evaluations', '40', '--out', 'half', '--quiet'];
    const { code, stderr } = await zeroth(['compare', ...args], folder.path);
    expect(code).toBe(0);
    const line = `1 of 1 runs had evaluations that failed:\n  random-search on ${half}, seed 1: `;
    expect(stderr.slice(0, line.length)).toBe(line);
    expect(stderr.slice(line.length)).toMatch(/^\d+ of 40 evaluations: losses that are no finite numbers\n$/);
  });

  test('exits with 1 where no run has found a finite loss, and with 0 where one has', async () => {
    const nowhere = 'expression(sqrt(-1-x^2); x:-5..5)';
    const args = ['--strategies', 'random-search', '--seeds', '1', '--evaluations', '20', '--quiet', '--problems'];
    const none = await zeroth(['compare', '--out', 'nothing', ...args, nowhere], folder.path);
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('1 of 1 runs found nothing:\n  random-search on expression(') });
    expect(existsSync(join(folder.path, 'nothing', 'report', 'index.html'))).toBe(true);
    const some = await zeroth(['compare', '--out', 'something', ...args, `${nowhere},sphere:d2`], folder.path);
    expect(some).toMatchObject({ code: 0, stderr: expect.stringContaining('1 of 2 runs found nothing:\n') });
  });

  test('records a strategy whose module ends its process, harms no other, and exits with 1', async () => {
    writeFileSync(join(folder.path, 'leaves.mjs'), 'process.exit(0);');
    const args = ['compare', '--problems', 'sphere:d2', '--strategies', './leaves.mjs,sgd', '--seeds', '1', '--evaluations', '50'];
    const { code, stdout, stderr } = await zeroth([...args, '--out', 'leaves', '--json', '--quiet'], folder.path);
    const told = 'The strategy ./leaves.mjs cannot be loaded: its process ended with exit code 0.';
    expect(code).toBe(1);
    expect(stderr).toContain(`1 of 2 runs failed:\n  ./leaves.mjs on sphere:d2: ${told}\n`);
    const { results } = JSON.parse(stdout) as { results: StudyResults };
    expect(results.runs.map(({ status }) => status)).toEqual(['failed', 'done']);
    expect(readFileSync(join(folder.path, 'leaves', 'report', 'report.md'), 'utf8')).toContain(told);
  });

  test('takes a study file, with the options of the command line over its fields', async () => {
    const text =
      'name: mine\nproblems: [sphere:d2, {id: "rastrigin:d2", budget: {evaluations: 9}}]\nstrategies:\n  - sgd\nseeds: 2\nbudget: {evaluations: 20}\n';
    writeFileSync(join(folder.path, 'mine.yaml'), text);
    const { code, stdout } = await zeroth(['compare', 'mine.yaml', '--seeds', '1', '--json', '--quiet'], folder.path);
    expect(code).toBe(0);
    const { out, results } = JSON.parse(stdout) as { out: string; results: StudyResults };
    expect(out).toBe(join('out', 'mine'));
    expect(results.runs.map(({ cost }) => cost.gradients)).toEqual([20, 9]);
    const over = await zeroth(['compare', 'mine.yaml', '--seeds', '1', '--evaluations', '5', '--json', '--quiet'], folder.path);
    const five = JSON.parse(over.stdout) as { results: StudyResults };
    expect(five.results.runs.map(({ cost }) => cost.gradients)).toEqual([5, 5]);
    await zeroth(['compare', 'mine.yaml', '--seeds', '1', '--quiet'], folder.path);
    const resolved = await zeroth(['compare', join(out, 'study.json')], folder.path);
    expect(resolved.stderr).toContain('= 2 runs, 2 of them finished before'); // the resolved study is the same study
  });

  test('takes a study from a module', async () => {
    const study = { problems: ['sphere:d2'], strategies: ['sgd'], seeds: 1, budget: { evaluations: 5 } };
    writeFileSync(join(folder.path, 'module.mjs'), `export default ${JSON.stringify(study)};`);
    expect((await zeroth(['compare', 'module.mjs', '--out', 'module'], folder.path)).code).toBe(0);
  });

  describe('refuses with exit code 2, one paragraph and nothing written', () => {
    beforeAll(() => {
      writeFileSync(join(folder.path, 'file'), '');
      writeFileSync(join(folder.path, 'broken.yaml'), 'problems: [sphere:d2\nstrategies: sgd');
      writeFileSync(join(folder.path, 'broken.json'), '{"problems": }');
      writeFileSync(
        join(folder.path, 'wrong.yaml'),
        'problems: [sphere:d2]\nstrategies: [{name: sgd, options: {learningRate: fast}}]\nbudget: {evaluations: 5}\n',
      );
      writeFileSync(join(folder.path, 'list.json'), '[]');
    });

    test.each<[string[], string]>([
      [['compare'], 'Give a study file, or --problems, --strategies and a budget'],
      [['compare', ...small, '--out', 'file'], 'cannot be written: a file is in its place (EEXIST). Give another one with --out.'],
      [['compare', ...small, '--out', 'file/below'], 'cannot be written: a part of its path is a file (ENOTDIR).'],
      [['compare', 'none.yaml'], 'none.yaml cannot be read: there is no such file or folder (ENOENT).'],
      [['compare', 'file'], 'file is not a study file: its name must end in .yaml'],
      [['compare', 'broken.yaml'], 'broken.yaml is not YAML: '],
      [['compare', 'broken.json'], 'broken.json is not JSON: '],
      [['compare', 'list.json'], 'list.json must hold a study'],
      [['compare', 'wrong.yaml'], 'study.strategies[0].options.learningRate must be a number above 0'],
      [['compare', ...small, '--seeds', '1-100000000'], '--seeds 1-100000000 are 100,000,000 seeds; a study has at most 100,000.'],
      [['compare', ...small, '--seeds', '100000000'], '--seeds 100000000 are 100,000,000 seeds; a study has at most 100,000.'],
      [['compare', ...small, '--seeds', '9-7'], '--seeds has the range 9-7: write the smaller number first.'],
      ...['x', '0', '-3', '1,,2', ',', '1.5', '1,x', ''].map((text): [string[], string] => [
        ['compare', ...small, '--seeds', text],
        `--seeds must be a count of at least 1, or a list of whole numbers and ranges such as 1,2,7-9; got "${text}".`,
      ]),
      [['compare', ...small, '--seeds', '1,1'], '--seeds 1,1 has 1 twice: a seed is one run, name each once.'],
      [['compare', ...small, '--seeds', '1-4,3-6'], '--seeds 1-4,3-6 has 3 twice'],
      [['compare', ...small, '--target', '3', '--evaluations', ''], '--evaluations must be a whole number of at least 1; got "".'],
      [['compare', ...small.slice(0, -2), '--target', '3'], 'Give a budget, so that the run ends: --evaluations'],
      [['compare', ...small, '--evaluations', '0'], '--evaluations must be a whole number of at least 1; got "0".'],
      [['compare', ...small, '--provider', 'gpu'], '--provider must be auto or cpu or webgpu or cuda or dml or coreml; got "gpu".'],
      [['compare', ...small, '--bounds', 'wrap'], '--bounds must be clip or reflect or periodic or resample; got "wrap".'],
      [['compare', ...small, '--name', ''], '--name must have at least 1 characters; got "".'],
      [['compare', ...small, '--workers', '5000'], '--workers must be at most 1024; got 5000.'],
      [['compare', ...small, '--threads', '5000'], '--threads must be at most 1024; got 5000.'],
      [['compare', ...small, '--problems', 'iris', '--start', 'near:0.1'], '--start: near needs the place of an optimum, which iris'],
      [['compare', ...small, '--problems', 'shere:d2'], '--problems: Unknown problem "shere". Did you mean sphere?'],
      [['compare', ...small, '--problems', 'sphere:d2,'], '--problems has an empty entry: "sphere:d2,".'],
      [['compare', ...small, '--strategies', 'sdg'], '--strategies: Unknown strategy "sdg". Did you mean sgd?'],
      [['compare', ...small, '--strategies', 'sgd(learningRate=-1)'], '--strategies: sgd.learningRate must be a number above 0'],
      [['compare', ...small, '--strategies', 'sgd('], 'Unbalanced parentheses in "sgd(".'],
      [['compare', ...small, '--strategies', 'sgd,,adam'], '--strategies has an empty entry: "sgd,,adam".'],
      [['compare', ...small, '--strategies', 'sgd(x)'], '--strategies: "x" in "sgd(x)" is not an option.'],
      [['compare', ...small, '--strategies', 'sgd,adam,sgd'], '--strategies: sgd is there already, as entry 1: leave it out'],
      [['compare', ...small, '--strategies', 'sgd,sgd(momentum=0)'], '--strategies: sgd is there already, as entry 1'],
      [['compare', 'wrong.yaml', '--provider', 'gpu'], '--provider must be auto'],
    ])('%j', async (words, message) => {
      const args = words.map((word) => (/^(file|none|broken|wrong|list)\b/.test(word) ? join(folder.path, word) : word));
      const refused = commandLine().parseAsync([...args, '--quiet'], { from: 'user' });
      await expect(refused).rejects.toThrow(UsageError);
      await expect(refused).rejects.toThrow(message);
      expect(existsSync(join('out', 'comparison'))).toBe(false);
    });

    test('an unknown option, without a stack', async () => {
      const { code, stdout, stderr } = await zeroth(['compare', ...small, '--unknown'], folder.path);
      expect(stderr).toContain("unknown option '--unknown'");
      expect(stderr).not.toMatch(/\n\s+at /);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    });

    test('a name that is not known, without a stack and with nothing written', async () => {
      const { code, stdout, stderr } = await zeroth(['compare', ...small, '--problems', 'sphre:d2'], folder.path);
      expect(stderr).toBe('zeroth: --problems: Unknown problem "sphre". Did you mean sphere? `zeroth problems` lists what there is.\n');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(existsSync(join(folder.path, 'out', 'comparison'))).toBe(false);
    });

    test('a folder that holds another study', async () => {
      await zeroth(['compare', ...small, '--name', 'first', '--out', 'taken'], folder.path);
      const { code, stderr } = await zeroth(['compare', ...small, '--name', 'second', '--out', 'taken'], folder.path);
      expect(code).toBe(2);
      expect(stderr).toContain('taken holds the study "first", and this one is "second". Give another folder with --out.');
    });

    test('a store that is none, with exit code 1', async () => {
      mkdirSync(join(folder.path, 'foreign'));
      writeFileSync(join(folder.path, 'foreign', 'runs.db'), 'not a database at all, just some text');
      const { code, stderr } = await zeroth(['compare', ...small, '--out', 'foreign'], folder.path);
      expect(code).toBe(1);
      expect(stderr).toContain('runs.db');
      expect(readFileSync(join(folder.path, 'foreign', 'runs.db'), 'utf8')).toBe('not a database at all, just some text');
    });
  });

  test('ZEROTH_DEBUG=1 adds the stack', async () => {
    process.env.ZEROTH_DEBUG = '1';
    try {
      expect((await zeroth(['compare'], folder.path)).stderr).toMatch(/\n\s+at /);
    } finally {
      delete process.env.ZEROTH_DEBUG;
    }
  });
});

describe('zeroth report', () => {
  test('writes the same report again from the store', async () => {
    await zeroth(['compare', ...small, '--out', 'reported'], folder.path);
    const file = join(folder.path, 'reported', 'report', 'report.json');
    const before = readFileSync(file);
    writeFileSync(file, '');
    const { code, stdout } = await zeroth(['report', 'reported'], folder.path);
    expect(code).toBe(0);
    expect(stdout).toContain(join('reported', 'report', 'index.html'));
    expect(readFileSync(file)).toEqual(before);
    const json = await zeroth(['report', 'reported', '--json'], folder.path);
    expect((JSON.parse(json.stdout) as { results: StudyResults }).results.runs).toHaveLength(2);
  });

  test('of a folder without a study says so', async () => {
    const { code, stderr } = await zeroth(['report', 'nowhere'], folder.path);
    expect(code).toBe(1);
    expect(stderr).toBe(`zeroth: There is no store at ${join('nowhere', 'runs.db')}: give the output folder of a study.\n`);
  });
});
