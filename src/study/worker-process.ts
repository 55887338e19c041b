/** One child process that carries out runs one after another, seen from the study's process. */
import { type ChildProcess, fork } from 'node:child_process';
import type { RunTask } from './executor.js';
import { lastWords } from './last-words.js';
import type { FromWorker, RunRequest, ToWorker } from './messages.js';

export interface WorkerEvents {
  message(message: FromWorker): void;
  output(text: string): void;
  /** Once, after the last message. `reason`: the exit code or signal, and the last lines of its error output. */
  exit(reason: string): void;
}

const tailLength = 600;

export class WorkerProcess {
  /** Asked and not finished; the first is under way. */
  readonly queue: RunTask[] = [];
  /** Whether the process has come up. */
  ready = false;
  timedOut = false;
  /** Of its finished runs; unknown counts as long. */
  meanMilliseconds = Number.POSITIVE_INFINITY;
  readonly #child: ChildProcess;
  #runs = 0;
  #total = 0;
  #since = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #tail = '';

  constructor(file: string, events: WorkerEvents) {
    this.#child = fork(file, [], { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
    this.#child.on('message', (message) => {
      if ((message as FromWorker).type === 'ready') this.ready = true;
      events.message(message as FromWorker);
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => events.output(chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#tail = (this.#tail + chunk.toString()).slice(-tailLength);
    });
    // its last messages may come after its exit: it is gone when the channel has closed as well
    const closed = new Promise<string>((resolve) => {
      this.#child.on('close', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
      this.#child.on('error', (error) => resolve(error.message));
    });
    const drained = new Promise<void>((resolve) => {
      this.#child.on('disconnect', resolve);
      this.#child.on('error', () => resolve());
    });
    void Promise.all([closed, drained]).then(([reason]) => {
      clearTimeout(this.#timer);
      const words = lastWords(this.#tail);
      events.exit(words === '' ? reason : `${reason} (${words})`);
    });
  }

  run(requests: readonly RunRequest[], saveSeconds: number): void {
    this.queue.push(...requests.map(({ task }) => task));
    this.#send({ type: 'run', requests, saveSeconds });
  }

  started(timeLimit: number | undefined): void {
    this.#since = performance.now();
    if (timeLimit === undefined) return;
    this.#timer = setTimeout(() => {
      this.timedOut = true;
      this.kill();
    }, timeLimit * 1000);
  }

  finished(): void {
    clearTimeout(this.#timer);
    this.queue.shift();
    this.#total += performance.now() - this.#since;
    this.meanMilliseconds = this.#total / ++this.#runs;
  }

  stop(): void {
    this.#send({ type: 'stop' });
  }

  end(): void {
    this.#send({ type: 'end' });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** A message to a process that is just ending is lost; its exit puts its runs back. */
  #send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }
}
