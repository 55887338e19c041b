/** The progress of one run on stderr: one bar on a terminal, a line every few seconds elsewhere. */
import { duration, shortNumber } from './terminal.js';

const lineMilliseconds = 5000;

export class RunProgress {
  readonly #title: string;
  readonly #started = performance.now();
  readonly #live = process.stderr.isTTY === true && process.env.TERM !== 'dumb';
  #last = performance.now();

  constructor(title: string) {
    this.#title = title;
  }

  update(share: number, loss: number | null): void {
    const now = performance.now();
    if (!this.#live && now - this.#last < lineMilliseconds) return;
    this.#last = now;
    const full = Math.round(24 * share);
    const bar = this.#live ? `${'█'.repeat(full)}${'░'.repeat(24 - full)} ` : '';
    const text = `${this.#title}  ${bar}${Math.floor(100 * share)} %, best ${shortNumber(loss)}, ${duration((now - this.#started) / 1000)}`;
    process.stderr.write(this.#live ? `\r\x1b[K${text}` : `${text}\n`);
  }

  close(): void {
    if (this.#live) process.stderr.write('\r\x1b[K');
  }
}
