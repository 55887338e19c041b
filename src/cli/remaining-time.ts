/**
 * How long a study will still take. Each run has a guess of its work, in seconds of a machine like ours; how long a unit takes
 * here is measured as runs go on, for each strategy on each problem. Where little is measured yet, the rate of the problem's other
 * strategies stands in, for those the rate of all, and for that the guess itself.
 */

export interface ExpectedRun {
  readonly id: string;
  readonly problem: string;
  readonly strategy: string;
  /** Guessed seconds. */
  readonly work: number;
}

/** Seconds and the work done in them. */
interface Rate {
  seconds: number;
  work: number;
  /** What the rate above weighs, as work. */
  readonly borrowed: number;
  readonly above: Rate | undefined;
}

interface RunState {
  readonly work: number;
  readonly rate: Rate;
  at: number;
  share: number;
  /** Whether `at` and `share` are of a report. Measuring begins with the first: before it come the data, or an earlier start's work. */
  reported: boolean;
}

/** Of a mean run: what is taken from the rate above. */
const borrowedRuns = 0.25;
/** Seconds of work at the guessed rate, and of full use of the processes, that are taken for granted at first. */
const presumedSeconds = 5;
/** A shown estimate comes two thirds of the way to a new one in this share of it, and in no less than so many seconds. */
const smoothing = { share: 0.1, seconds: 4 } as const;
/** Nothing is said before so many seconds of work. */
const leastSeconds = 2;

export class RemainingTime {
  readonly #all: Rate;
  readonly #waiting = new Map<string, RunState>();
  readonly #under = new Map<string, RunState>();
  readonly #started: number;
  #most = 1;
  #shown: { readonly at: number; readonly end: number } | undefined;

  /** `runs`: those still to do. Times are in seconds, of any one clock. */
  constructor(runs: readonly ExpectedRun[], now: number) {
    this.#started = now;
    this.#all = { seconds: 0, work: 0, borrowed: presumedSeconds, above: undefined };
    for (const ofProblem of groups(runs, ({ problem }) => problem)) {
      const problemRate = rateOf(ofProblem, this.#all);
      for (const ofStrategy of groups(ofProblem, ({ strategy }) => strategy)) {
        const rate = rateOf(ofStrategy, problemRate);
        for (const { id, work } of ofStrategy) this.#waiting.set(id, { work, rate, at: now, share: 0, reported: false });
      }
    }
  }

  started(id: string, now: number): void {
    const run = this.#waiting.get(id) ?? this.#under.get(id);
    if (run === undefined) return;
    this.#waiting.delete(id);
    this.#under.set(id, { work: run.work, rate: run.rate, at: now, share: 0, reported: false });
    this.#most = Math.max(this.#most, this.#under.size);
  }

  progress(id: string, share: number, now: number): void {
    const run = this.#under.get(id);
    if (run === undefined) return;
    if (run.reported) this.#measure(run, share, now);
    run.at = now;
    run.share = Math.max(run.share, share);
    run.reported = true;
  }

  finished(id: string, now: number): void {
    const run = this.#under.get(id);
    this.#under.delete(id);
    this.#waiting.delete(id);
    if (run !== undefined) this.#measure(run, 1, now);
  }

  /** Seconds, smoothed; undefined while too little is known. */
  left(now: number): number | undefined {
    if (this.#all.seconds < leastSeconds) return undefined;
    const left = this.#estimate(now);
    const end = now + left;
    const before = this.#shown;
    const weight = before === undefined ? 1 : 1 - Math.exp((before.at - now) / Math.max(smoothing.seconds, smoothing.share * left));
    this.#shown = { at: now, end: before === undefined ? end : before.end + weight * (end - before.end) };
    return Math.max(0, this.#shown.end - now);
  }

  #measure(run: RunState, share: number, now: number): void {
    for (let rate: Rate | undefined = run.rate; rate !== undefined; rate = rate.above) {
      rate.seconds += now - run.at;
      rate.work += Math.max(0, share - run.share) * run.work;
    }
  }

  /** Work still to do at its measured rates, shared by as many processes as were at work so far; no less than the longest run. */
  #estimate(now: number): number {
    let sum = 0;
    let longest = 0;
    for (const { work, rate } of this.#waiting.values()) sum += work * secondsPerWork(rate);
    for (const { work, rate, share, at } of this.#under.values()) {
      const left = Math.max(0, (1 - share) * work * secondsPerWork(rate) - (now - at));
      sum += left;
      longest = Math.max(longest, left);
    }
    const processes = (this.#all.seconds + presumedSeconds * this.#most) / (now - this.#started + presumedSeconds);
    return Math.max(sum / processes, longest);
  }
}

function secondsPerWork({ seconds, work, borrowed, above }: Rate): number {
  const rateAbove = above === undefined ? 1 : secondsPerWork(above);
  return (seconds + borrowed * rateAbove) / (work + borrowed);
}

function rateOf(runs: readonly ExpectedRun[], above: Rate): Rate {
  const total = runs.reduce((sum, { work }) => sum + work, 0);
  return { seconds: 0, work: 0, borrowed: (borrowedRuns * total) / runs.length, above };
}

function groups(runs: readonly ExpectedRun[], key: (run: ExpectedRun) => string): ExpectedRun[][] {
  const found = new Map<string, ExpectedRun[]>();
  for (const run of runs) {
    const group = found.get(key(run));
    if (group === undefined) found.set(key(run), [run]);
    else group.push(run);
  }
  return [...found.values()];
}
