/**
 * Runs over a pool of child processes of this machine. A process that crashes costs its present run one of two attempts
 * (the second goes on from the last saved state) and is replaced; a run that crashes twice is recorded as failed.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../core/errors.js';
import { type Executor, type ExecutorListener, failedRun, type RunTask } from './executor.js';
import type { FromWorker } from './messages.js';
import { type RunRow, rowOf } from './run-row.js';
import { Stretches } from './stretches.js';
import { WorkerProcess } from './worker-process.js';

export interface LocalExecutorOptions {
  /** Child processes. Default: one for each core. */
  readonly workers?: number;
  /** Seconds after which a run's process is killed and the run recorded as failed. Default: none. */
  readonly timeLimit?: number | undefined;
  /** Seconds between two savings of an unfinished run. Default 10. */
  readonly saveSeconds?: number;
  /** The module that the processes run. */
  readonly workerFile?: string;
}

const attemptsAllowed = 2;
const failedStartsAllowed = 3;
/**
 * While its runs take less than so many milliseconds, a worker holds so many, so that it never waits for its next. It gets more
 * when half are done: a message for each would cost both processes a switch.
 */
const queues: readonly (readonly [milliseconds: number, depth: number])[] = [
  [20, 12],
  [100, 4],
  [1000, 2],
];
/** While its runs take less than `shortMilliseconds`, what a worker finished is told at most so late: several in one commit of a store. */
const gatherMilliseconds = 25;
const shortMilliseconds = 100;

export class LocalExecutor implements Executor {
  readonly #workers: number;
  readonly #timeLimit: number | undefined;
  readonly #saveSeconds: number;
  readonly #workerFile: string;
  readonly #pool = new Set<WorkerProcess>();
  readonly #attempts = new Map<string, number>();
  #waiting = new Stretches<RunTask>([], 1);
  /** Finished, and not yet told. */
  #gathered: RunRow[] = [];
  #telling: NodeJS.Timeout | undefined;
  #listener: ExecutorListener | undefined;
  #failedStarts = 0;
  #stopping = false;
  #settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined;

  constructor(options: LocalExecutorOptions = {}) {
    this.#workers = options.workers ?? availableParallelism();
    this.#timeLimit = options.timeLimit;
    this.#saveSeconds = options.saveSeconds ?? 10;
    this.#workerFile = options.workerFile ?? fileURLToPath(new URL('./worker.js', import.meta.url));
  }

  execute(tasks: readonly RunTask[], listener: ExecutorListener): Promise<void> {
    this.#waiting = new Stretches([...new Map(tasks.map((task) => [task.id, task])).values()], this.#workers);
    this.#listener = listener;
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#fillPool();
    });
  }

  stop(): void {
    this.#stopping = true;
    this.#waiting = new Stretches([], 1);
    for (const worker of this.#pool) worker.stop();
    this.#settleIfEmpty();
  }

  kill(): void {
    this.#stopping = true;
    this.#waiting = new Stretches([], 1);
    for (const worker of this.#pool) worker.kill();
  }

  #fillPool(): void {
    while (!this.#stopping && this.#pool.size < this.#workers && this.#pool.size < this.#waiting.size + this.#busy()) this.#startWorker();
    this.#settleIfEmpty();
  }

  #busy(): number {
    let busy = 0;
    for (const worker of this.#pool) if (worker.queue.length > 0) busy++;
    return busy;
  }

  #startWorker(): void {
    const worker = new WorkerProcess(this.#workerFile, {
      message: (message) => this.#guard(() => this.#receive(worker, message)),
      output: (text) => this.#listener?.output?.(text),
      exit: (reason) => this.#guard(() => this.#exited(worker, reason)),
    });
    this.#pool.add(worker);
    this.#feed(worker);
  }

  #feed(worker: WorkerProcess): void {
    const depth = queues.find(([milliseconds]) => worker.meanMilliseconds < milliseconds)?.[1] ?? 1;
    if (worker.queue.length <= depth / 2 && this.#waiting.size > 0) {
      const share = Math.ceil(this.#waiting.size / this.#workers); // the last runs are for all
      const requests = this.#waiting.take(worker, Math.min(depth - worker.queue.length, share)).map((task) => {
        const optimizer = this.#listener?.checkpoint(task.id);
        return { task, ...(optimizer && { optimizer }) };
      });
      worker.run(requests, this.#saveSeconds);
    }
    if (worker.queue.length === 0) worker.end();
  }

  #receive(worker: WorkerProcess, message: FromWorker): void {
    const listener = this.#listener;
    switch (message.type) {
      case 'ready':
        this.#failedStarts = 0;
        break;
      case 'started':
        this.#started(worker, message.id);
        break;
      case 'progress':
        listener?.progress?.(message.id, message.share, message.loss);
        break;
      case 'save':
        listener?.save(message.id, message.optimizer);
        break;
      case 'finished':
        worker.finished();
        if (!this.#stopping) this.#feed(worker); // first, so that the worker does not wait while its run is stored
        this.#ended(message.row, worker.meanMilliseconds < shortMilliseconds ? gatherMilliseconds : 0);
        if (message.next !== undefined) this.#started(worker, message.next);
        break;
    }
  }

  #started(worker: WorkerProcess, id: string): void {
    worker.started(this.#timeLimit);
    this.#listener?.started?.(id);
  }

  #exited(worker: WorkerProcess, reason: string): void {
    this.#pool.delete(worker);
    const [current, ...waiting] = worker.queue;
    if (!this.#stopping) {
      if (!worker.ready && ++this.#failedStarts >= failedStartsAllowed) {
        throw new EngineError(`The worker processes do not start: ${reason}.`);
      }
      const again = current !== undefined && this.#triedAgain(current, worker, reason) ? [current] : [];
      this.#waiting.giveBack(worker, [...again, ...waiting]);
    }
    this.#fillPool();
  }

  /** Whether a run whose process ended gets another attempt; else it is told to have failed. */
  #triedAgain(task: RunTask, worker: WorkerProcess, reason: string): boolean {
    const attempts = (this.#attempts.get(task.id) ?? 0) + (worker.ready ? 1 : 0);
    this.#attempts.set(task.id, attempts);
    if (worker.timedOut) {
      this.#ended(rowOf(failedRun(task, `${runName(task)} took longer than its time limit of ${this.#timeLimit} s and was ended.`)));
    } else if (attempts >= attemptsAllowed) {
      this.#ended(rowOf(failedRun(task, `The process of ${runName(task)} ended ${attempts} times: ${reason}.`)));
    } else {
      return true;
    }
    return false;
  }

  /** `within`: milliseconds in which the listener is told. */
  #ended(row: RunRow, within = 0): void {
    this.#gathered.push(row);
    if (within === 0) this.#tell();
    else this.#telling ??= setTimeout(() => this.#guard(() => this.#tell()), within);
  }

  #tell(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    const rows = this.#gathered;
    this.#gathered = [];
    if (rows.length > 0) this.#listener?.finished(rows);
  }

  #settleIfEmpty(): void {
    if (this.#pool.size > 0 || (!this.#stopping && this.#waiting.size > 0)) return;
    this.#tell();
    this.#settle?.resolve();
  }

  /** An error in the listener (a full disk, say) ends the whole execution. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#settle?.reject(error);
      this.kill();
    }
  }
}

function runName({ settings }: RunTask): string {
  return `${settings.strategy.name} on ${settings.problem}`;
}
