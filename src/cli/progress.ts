/** The progress of a study on stderr: a bar for each problem on a terminal, a line now and then elsewhere. */
import type { Plan } from '../study/plan.js';
import type { EndedRun, StudyEvents } from '../study/run-study.js';
import { expectedRuns } from './expected-work.js';
import { RemainingTime } from './remaining-time.js';
import { duration, shortNumber, wantsColor, widthOf } from './terminal.js';

interface ProblemProgress {
  readonly id: string;
  readonly total: number;
  done: number;
  /** Shares of the runs under way. */
  readonly under: Map<string, number>;
  best: number | null;
}

const redrawMilliseconds = 100;
const liveMilliseconds = 1000;
const lineMilliseconds = 5000;
/** When a step before the first run is named: at first, and again. */
const stepMilliseconds = [1000, 10_000] as const;

export class StudyProgress implements StudyEvents {
  readonly #stream: NodeJS.WriteStream;
  readonly #live: boolean;
  readonly #problems: ProblemProgress[] = [];
  readonly #of = new Map<string, ProblemProgress>();
  readonly #labels = new Map<string, string>();
  readonly #started = performance.now();
  #total = 0;
  #before = 0;
  #ended = 0;
  #drawn = 0;
  #lines = 0;
  #left: RemainingTime | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
    this.#live = stream.isTTY === true && process.env.TERM !== 'dumb';
  }

  /** Whether runs may be under way. */
  get begun(): boolean {
    return this.#left !== undefined;
  }

  preparing(step: string): void {
    this.#repeat(stepMilliseconds, () => this.#say(`still ${step}, ${duration((performance.now() - this.#started) / 1000)}`));
  }

  planned(plan: Plan, finished: ReadonlySet<string>): void {
    const ids = new Set(plan.runs.map(({ id }) => id));
    for (const { id: problem } of plan.problems) {
      const runs = [...new Map(plan.runs.filter(({ settings }) => settings.problem === problem).map((run) => [run.id, run])).values()];
      const done = runs.filter(({ id }) => finished.has(id)).length;
      const entry: ProblemProgress = { id: problem, total: runs.length, done, under: new Map(), best: null };
      this.#problems.push(entry);
      for (const { id, label, settings } of runs) {
        this.#of.set(id, entry);
        this.#labels.set(id, `${label} on ${problem}, seed ${settings.seed}`);
      }
      this.#before += done;
    }
    this.#total = ids.size;
    const reused = this.#before > 0 ? `, ${this.#before} of them finished before` : '';
    const product = [
      counted(plan.problems.length, 'problem', 'problems'),
      counted(plan.strategies.length, 'strategy', 'strategies'),
      counted(plan.seeds.length, 'seed', 'seeds'),
    ].join(' x ');
    this.#say(`${plan.name}: ${product} = ${counted(this.#total, 'run', 'runs')}${reused}`);
    this.#draw(true);
    this.#left = new RemainingTime(expectedRuns(plan, finished), seconds());
    const every = this.#live ? liveMilliseconds : lineMilliseconds;
    this.#repeat([every, every], () => this.#draw(false));
  }

  started(id: string): void {
    this.#of.get(id)?.under.set(id, 0);
    this.#left?.started(id, seconds());
  }

  progress(id: string, share: number, loss: number | null): void {
    const problem = this.#of.get(id);
    problem?.under.set(id, share);
    this.#left?.progress(id, share, seconds());
    this.#note(problem, loss);
    this.#draw(false);
  }

  finished(run: EndedRun): void {
    const problem = this.#of.get(run.id);
    problem?.under.delete(run.id);
    if (problem) problem.done++;
    this.#ended++;
    this.#left?.finished(run.id, seconds());
    this.#note(problem, run.final.loss);
    if (run.status === 'failed') this.#say(`failed: ${this.#labels.get(run.id) ?? run.id}: ${run.error ?? ''}`);
    this.#draw(false);
  }

  output(text: string): void {
    this.#say(text.trimEnd());
  }

  note(text: string): void {
    this.#say(text);
  }

  /** Leaves the last state on the screen. */
  close(): void {
    this.stop();
    this.#draw(true);
    this.#lines = 0;
  }

  /** Says nothing more of itself. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Calls `tell` after the first time, then after every second one; replaces what was repeated before. */
  #repeat([first, next]: readonly [number, number], tell: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      tell();
      this.#repeat([next, next], tell);
    }, first);
    this.#timer.unref();
  }

  #note(problem: ProblemProgress | undefined, loss: number | null): void {
    if (problem && loss !== null && (problem.best === null || loss < problem.best)) problem.best = loss;
  }

  /** A line that stays, above the bars. */
  #say(text: string): void {
    this.#clear();
    this.#stream.write(`${text}\n`);
    if (this.#live && this.#lines === 0 && this.#problems.length > 0) this.#draw(true);
  }

  #clear(): void {
    if (this.#lines > 0) this.#stream.write(`\x1b[${this.#lines}A\x1b[J`);
    this.#lines = 0;
  }

  #draw(now: boolean): void {
    const time = performance.now();
    if (!now && time - this.#drawn < (this.#live ? redrawMilliseconds : lineMilliseconds)) return;
    this.#drawn = time;
    if (!this.#live) {
      if (this.#ended > 0 || !now) this.#stream.write(`${this.#summary()}${this.#underWay()}\n`);
      return;
    }
    const width = widthOf(this.#stream);
    const name = Math.min(36, Math.max(...this.#problems.map(({ id }) => id.length)));
    const text = [...this.#visible().map((problem) => this.#bar(problem, name)), this.#summary()].map((line) => cut(line, width - 1));
    // each line is written over the old one and the rest of it cleared, in one piece, so that nothing is ever seen empty
    const up = this.#lines > 0 ? `\x1b[${this.#lines}A` : '';
    this.#stream.write(`${up}${text.map((line) => `${line}\x1b[K\n`).join('')}\x1b[J`);
    this.#lines = text.length;
  }

  /** All problems where the screen has room for them; else those with runs under way. */
  #visible(): readonly ProblemProgress[] {
    const room = Math.max(1, (this.#stream.rows ?? 24) - 3);
    return this.#problems.length <= room ? this.#problems : this.#problems.filter(({ under }) => under.size > 0).slice(0, room);
  }

  /** Where there are no bars: which problems are being worked on. */
  #underWay(): string {
    const ids = this.#problems.filter(({ under }) => under.size > 0).map(({ id }) => id);
    return ids.length === 0 ? '' : `; under way: ${ids.slice(0, 2).join(', ')}${ids.length > 2 ? ` and ${ids.length - 2} more` : ''}`;
  }

  #bar(problem: ProblemProgress, name: number): string {
    const under = [...problem.under.values()].reduce((sum, share) => sum + share, 0);
    const cells = 24;
    const full = Math.round((cells * (problem.done + under)) / Math.max(1, problem.total));
    const bar = '█'.repeat(full) + '░'.repeat(Math.max(0, cells - full));
    const painted = wantsColor(this.#stream) ? `\x1b[36m${bar}\x1b[0m` : bar;
    const best = problem.best === null ? '' : `  best ${shortNumber(problem.best)}`;
    return `${cut(problem.id, name).padEnd(name)}  ${painted}  ${String(problem.done).padStart(String(problem.total).length)}/${problem.total}${best}`;
  }

  #summary(): string {
    const elapsed = duration((performance.now() - this.#started) / 1000);
    const ended = this.#before + this.#ended;
    const left = ended < this.#total ? this.#left?.left(seconds()) : undefined;
    return `${ended} of ${this.#total} runs, ${elapsed}${left === undefined ? '' : `, about ${roundDuration(left)} left`}`;
  }
}

function seconds(): number {
  return performance.now() / 1000;
}

function counted(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** No finer than an estimate is: to 5 seconds below a minute, then to 10, then to a minute. */
function roundDuration(left: number): string {
  const step = left < 60 ? 5 : left < 600 ? 10 : 60;
  return duration(Math.max(step, step * Math.round(left / step)));
}

/** At most `width` characters; colour sequences count nothing. */
function cut(text: string, width: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a colour sequence
  const visible = text.replace(/\x1b\[\d*m/g, '').length;
  return visible <= width ? text : visible === text.length ? `${text.slice(0, width - 1)}…` : text;
}
