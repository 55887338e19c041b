/**
 * A user's objective, seen from the process that asks it. Its own process is started when it is first needed, ended when it
 * hangs, and started again after it ended, so that whatever happens is one more failed evaluation.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EngineError, UsageError } from '../../core/errors.js';
import type { Description, FromModule, ToModule } from './messages.js';

export interface RunnerOptions {
  /** Absolute. */
  readonly file: string;
  /** How the user wrote it, for messages. */
  readonly written: string;
  /** Seconds for one call of the user's function. */
  readonly timeout: number;
  /** Calls of an asynchronous `loss` that may be under way at once. */
  readonly concurrency: number;
  /** So many candidates in a row that end the process end the run: the module does not work here. Default 100. */
  readonly endsInARow?: number;
}

const tailLength = 2000;
/** A process needs time to start and to load its module, on a loaded machine too. */
const startSeconds = 30;

/** What became of a question: undefined when it was answered. */
type Ended = string | undefined;

export class ModuleRunner {
  readonly #options: RunnerOptions;
  #child: ChildProcess | undefined;
  #tail = '';
  #description: Description | undefined;
  #receive: (message: FromModule) => void = () => {};
  #exited: (reason: string) => void = () => {};
  #endsInARow = 0;
  readonly #failures = new Map<string, number>();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Why evaluations failed so far, with counts; undefined where none did. */
  get failures(): string | undefined {
    if (this.#failures.size === 0) return undefined;
    const reasons = [...this.#failures].map(([reason, count]) => `${count} x ${reason}`);
    return `Evaluations failed: ${reasons.slice(0, 3).join('; ')}${reasons.length > 3 ? `; and ${reasons.length - 3} other reasons` : ''}.`;
  }

  /** Starts the process where there is none. Throws UsageError when the module cannot be used. */
  async load(): Promise<Description> {
    if (this.#child !== undefined && this.#description !== undefined) return this.#description;
    const { file, timeout, concurrency } = this.#options;
    this.#start();
    let description: Description | undefined;
    const ended = await this.#ask({ type: 'load', file, seconds: timeout, concurrency }, Math.max(startSeconds, timeout), (message) => {
      if (message.type !== 'loaded') return false;
      description = message.description;
      return true;
    });
    if (description === undefined) throw new UsageError(`${this.#options.written} cannot be loaded: ${ended}.`);
    this.#description = description;
    return description;
  }

  /** Losses of the candidates in `values`, one after another, into `out`; NaN for those that failed. */
  async losses(values: Float64Array, out: Float64Array): Promise<void> {
    const { dimension, takes } = await this.load();
    const size = values.length / dimension;
    let open = Array.from({ length: size }, (_, p) => p);
    // After the process ended: one candidate at a time, until the one that ends it is found.
    let alone = false;
    while (open.length > 0) {
      const asked = alone ? open.slice(0, 1) : open;
      const settled = new Set<number>();
      const ended = await this.#evaluate(asked.length === size ? values : rowsOf(values, asked, dimension), (place, loss) => {
        out[asked[place]] = loss;
        settled.add(asked[place]);
      });
      if (ended === undefined) {
        this.#endsInARow = 0;
        open = alone ? open.slice(1) : [];
        continue;
      }
      open = open.filter((p) => !settled.has(p));
      if (takes === 'candidate' && !alone && asked.length > 1) {
        alone = true;
        continue;
      }
      const lost = takes === 'population' ? open : asked.filter((p) => !settled.has(p));
      for (const p of lost) out[p] = Number.NaN;
      this.#note(ended, lost.length);
      open = open.filter((p) => !lost.includes(p));
      alone = false;
      const { written, endsInARow = 100 } = this.#options;
      if (++this.#endsInARow >= endsInARow) {
        throw new EngineError(`${written} ended its process ${endsInARow} times in a row; the last time: ${ended}.`);
      }
    }
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  async #evaluate(values: Float64Array, settle: (place: number, loss: number) => void): Promise<Ended> {
    await this.load();
    let late = false;
    // the process tells finished losses about ten times within `timeout`, and times what is asynchronous itself
    const ended = await this.#ask({ type: 'evaluate', values }, 1.25 * this.#options.timeout + 0.5, (message) => {
      if (message.type === 'losses') {
        let failed = 0;
        message.places.forEach((place, i) => {
          settle(place, message.losses[i]);
          if (Number.isNaN(message.losses[i])) failed++;
        });
        if (failed > 0) this.#note(message.reason ?? 'the loss is NaN', failed);
        return false;
      }
      late = message.type === 'answered' && message.late;
      return message.type === 'answered';
    });
    if (late) this.close();
    return ended;
  }

  /** Sends a question and waits for `take` to say that it is answered; each message gives it another `seconds`. */
  #ask(question: ToModule, seconds: number, take: (message: FromModule) => boolean): Promise<Ended> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      let tooLate = false;
      const watch = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          tooLate = true;
          this.#child?.kill('SIGKILL');
        }, seconds * 1000);
      };
      this.#exited = (reason) => {
        clearTimeout(timer);
        resolve(tooLate ? `it took longer than ${question.type === 'load' ? seconds : this.#options.timeout} s` : reason);
      };
      this.#receive = (message) => {
        watch();
        if (message.type !== 'refused' && !take(message)) return;
        clearTimeout(timer);
        if (message.type === 'refused') {
          this.close();
          reject(new UsageError(`${this.#options.written}${message.reason.startsWith(':') ? '' : ' '}${message.reason}.`));
        } else resolve(undefined);
      };
      watch();
      this.#child?.send(question, () => {});
    });
  }

  #start(): void {
    const file = fileURLToPath(new URL('./child.js', import.meta.url));
    // what the module prints goes to stderr: stdout is for results
    // a group of its own: the terminal's interrupt would end a process that is just starting, and its run would count as failed
    const detached = process.platform !== 'win32';
    const child = fork(file, [], { serialization: 'advanced', stdio: ['ignore', 2, 'pipe', 'ipc'], execArgv: [], detached });
    this.#child = child;
    this.#tail = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#tail = (this.#tail + chunk.toString()).slice(-tailLength);
    });
    child.on('message', (message) => {
      if (child === this.#child) this.#receive(message as FromModule);
    });
    const gone = (reason: string) => {
      if (child !== this.#child) return;
      this.#child = undefined;
      this.#exited(reason);
    };
    child.on('error', (error) => gone(error.message));
    child.on('close', (code, signal) =>
      gone(`its process ended with ${signal ? `signal ${signal}` : `exit code ${code}`}${lastError(this.#tail)}`),
    );
  }

  #note(reason: string, count: number): void {
    if (count > 0) this.#failures.set(reason, (this.#failures.get(reason) ?? 0) + count);
  }
}

/** What a process said before it ended: the line with the error, or the last. */
function lastError(tail: string): string {
  const lines = tail.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Node.js v'));
  const line = lines.findLast((text) => /^\w*Error\b/.test(text)) ?? lines.at(-1);
  return line === undefined ? '' : ` (${line.trim().slice(0, 200)})`;
}

function rowsOf(values: Float64Array, places: readonly number[], dimension: number): Float64Array {
  const rows = new Float64Array(places.length * dimension);
  for (const [i, p] of places.entries()) rows.set(values.subarray(p * dimension, (p + 1) * dimension), i * dimension);
  return rows;
}
