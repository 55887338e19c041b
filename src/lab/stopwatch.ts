/** The seconds that a piece of work takes over several processes: kept in a file, also while it goes on, so that a killed one loses few. */
import { writeWhole } from '../study/output-folder.js';

const everyMs = 30_000;

export class Stopwatch {
  readonly #path: string;
  readonly #before: number;
  #begun: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** `before`: the seconds that earlier processes kept in the file `path`. */
  constructor(path: string, before: number) {
    this.#path = path;
    this.#before = before;
  }

  get seconds(): number {
    return this.#before + (this.#begun === undefined ? 0 : (performance.now() - this.#begun) / 1000);
  }

  /** Runs from here on; `intervalMs` between two writings. */
  start(intervalMs = everyMs): void {
    this.#begun ??= performance.now();
    // a disk that is full now may not be at the end, and the last writing tells it
    this.#timer ??= setInterval(() => {
      this.#write().catch(() => {});
    }, intervalMs).unref();
  }

  /** Writes the time for the last time and returns it. Rejects as the file system does. */
  async stop(): Promise<number> {
    clearInterval(this.#timer);
    const { seconds } = this;
    await this.#write(seconds);
    return seconds;
  }

  /** One after another, so that the last one stays. */
  #write(seconds = this.seconds): Promise<void> {
    const write = () => writeWhole(this.#path, `${seconds}\n`);
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
  }
}
