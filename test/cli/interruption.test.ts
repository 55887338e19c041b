import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { RunStore } from '../../src/study/store.js';
import { start, temporaryFolder, testStrategy, until, zeroth } from './zeroth.js';

const folder = temporaryFolder();
const evaluations = 60;
const seeds = 6;

/** Six runs of about a third of a second, and six short ones; the slow strategy writes a line for each query. */
function study(delay = 5): string[] {
  const strategies = `${testStrategy('slow')}(delay=${delay},log=asked.log),sgd(learningRate=0.01)`;
  const problems = ['--problems', 'rastrigin:d3', '--strategies', strategies, '--seeds', `${seeds}`];
  return ['compare', ...problems, '--evaluations', `${evaluations}`, '--workers', '2', '--out', 'results', '--quiet'];
}

function place(name: string): string {
  const path = join(folder.path, name);
  mkdirSync(path);
  return path;
}

function asked(at: string): string[] {
  const file = join(at, 'asked.log');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

function inStore(at: string, table: 'runs' | 'checkpoints'): number {
  if (!existsSync(join(at, 'results', 'runs.db'))) return 0;
  try {
    const store = RunStore.open(join(at, 'results', 'runs.db'));
    const count = table === 'runs' ? store.finished().size : store.unfinished().length;
    store.close();
    return count;
  } catch {
    return 0; // the study has not written its tables yet
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const measured = new Set(['seconds', 'secondsEvaluate', 'secondsAsk', 'secondsTell', 'peakBytes', 'started']);

/** The report in its three forms, without what a clock or a memory gauge said. */
function timeless(at: string): { readonly json: unknown; readonly page: string; readonly text: string } {
  const read = (name: string) => readFileSync(join(at, 'results', 'report', name), 'utf8');
  const json: unknown = JSON.parse(read('report.json'), (key, value: unknown) => {
    if (measured.has(key)) return undefined;
    return Array.isArray(value) && key === 'charts' ? value.filter((chart: { timed: boolean }) => !chart.timed) : value;
  });
  const page = read('index.html')
    .replace(/<!-- times -->.*?<!-- \/times -->/gs, '')
    .replace(/<script[^>]*id="timed-charts">.*?<\/script>/s, '');
  const text = read('report.md').replace(/^(Started |\|.* MB \|$).*$/gm, '');
  return { json, page, text };
}

function charts(at: string): [string, Buffer][] {
  const of = join(at, 'results', 'report', 'charts');
  const names = readdirSync(of).filter((name) => !/seconds|cost/.test(name));
  return names.map((name) => [name, readFileSync(join(of, name))]);
}

test('a study that was killed or interrupted goes on, and ends with the same report', async () => {
  const whole = place('whole');
  expect((await zeroth(study(), whole)).code).toBe(0);
  expect(asked(whole)).toHaveLength(seeds * evaluations);
  expect(charts(whole).length).toBeGreaterThan(0);

  // the study's process is killed without notice: its workers end by themselves, finished runs are kept
  const killed = place('killed');
  const victim = start(study(), killed);
  await until(() => inStore(killed, 'runs') >= 2);
  victim.child.kill('SIGKILL');
  expect((await victim.ended).signal).toBe('SIGKILL');
  const workers = [...new Set(asked(killed))].map(Number);
  await until(() => !workers.some(alive));
  const kept = inStore(killed, 'runs');
  expect(kept).toBeGreaterThanOrEqual(2);
  expect(kept).toBeLessThan(2 * seeds);
  expect((await zeroth(study(), killed)).code).toBe(0);
  expect(timeless(killed)).toEqual(timeless(whole));
  expect(charts(killed)).toEqual(charts(whole));

  // Ctrl-C: the runs under way are saved, and go on from there: no query is made twice
  const interrupted = place('interrupted');
  const asking = start(study(), interrupted);
  await until(() => asked(interrupted).length > 20);
  process.kill(-(asking.child.pid as number), 'SIGINT');
  const { code, stderr } = await asking.ended;
  expect(code).toBe(130);
  expect(stderr).toContain('The same command goes on from here');
  expect(stderr).toContain('npx zeroth compare --problems rastrigin:d3');
  expect(inStore(interrupted, 'checkpoints')).toBeGreaterThan(0);
  expect(existsSync(join(interrupted, 'results', 'report'))).toBe(false);
  expect((await zeroth(study(), interrupted)).code).toBe(0);
  expect(asked(interrupted)).toHaveLength(seeds * evaluations);
  expect(inStore(interrupted, 'checkpoints')).toBe(0);
  expect(timeless(interrupted)).toEqual(timeless(whole));
});

describe('Ctrl-C before anything runs says so in one line, and ends at once with 130', () => {
  const wait =
    "import { writeFileSync } from 'node:fs'; writeFileSync('reading', ''); setInterval(() => {}, 1000); await new Promise(() => {});";
  const budget = ['--evaluations', '5', '--quiet'];
  test.each([
    ['while a study file is read', ['compare', './waits.mjs', '--quiet']],
    ['while problems are read', ['compare', '--problems', 'module(file=./waits.mjs)', '--strategies', 'pso', ...budget]],
    ['while a strategy is loaded', ['train', 'sphere:d2', '--strategy', './waits.mjs', ...budget]],
    ['while the problem of one run is read', ['train', 'module(file=./waits.mjs)', '--strategy', 'pso', ...budget]],
  ])('%s', async (name, args) => {
    const at = place(name.replaceAll(' ', '-'));
    writeFileSync(join(at, 'waits.mjs'), wait);
    const { child, ended } = start(args, at);
    await until(() => existsSync(join(at, 'reading')));
    process.kill(-(child.pid as number), 'SIGINT');
    const line = 'Interrupted before anything ran: nothing was lost.\n';
    expect(await ended).toEqual({ code: 130, signal: null, stdout: '', stderr: line });
    expect(readdirSync(at).sort()).toEqual(['reading', 'waits.mjs']);
  });
});

test('a worker that is killed costs nothing but time', async () => {
  const whole = place('all-workers');
  await zeroth(study(), whole);
  const at = place('one-worker-less');
  const running = start(study(), at);
  await until(() => asked(at).length > 20);
  process.kill(Number(asked(at)[0]), 'SIGKILL');
  expect((await running.ended).code).toBe(0);
  expect(timeless(at)).toEqual(timeless(whole));
});

test('a worker that computes for ever ends with the process of its study', async () => {
  const at = place('orphan');
  const strategies = `${testStrategy('failing')}(how=hang,log=asked.log)`;
  const args = ['--strategies', strategies, '--seeds', '1', '--evaluations', '5', '--workers', '1', '--out', 'results', '--quiet'];
  const study = start(['compare', '--problems', 'sphere:d2', ...args], at);
  await until(() => asked(at).length > 0);
  study.child.kill('SIGKILL');
  await study.ended;
  await until(() => !alive(Number(asked(at)[0])));
});

test('a second study in the same folder is refused in words', async () => {
  const at = place('twice');
  const first = start(study(200), at); // half a minute, so that it is at work for longer than a second one waits for it
  await until(() => asked(at).length > 5);
  const second = await zeroth(study(200), at);
  expect(second.code).toBe(2);
  expect(second.stderr).toContain('Another process is at work in results');
  process.kill(-(first.child.pid as number), 'SIGINT');
  expect((await first.ended).code).toBe(130);
});
