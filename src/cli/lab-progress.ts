/** The progress of an experiment on stderr: one bar on a terminal; elsewhere a line for each thing that is begun, and now and then. */
import type { Language } from '../lab/text.js';
import { duration } from './terminal.js';

const lineMilliseconds = 5000;

export class LabProgress {
  readonly #name: string;
  readonly #language: Language;
  readonly #started = performance.now();
  readonly #live = process.stderr.isTTY === true && process.env.TERM !== 'dumb';
  #share = 0;
  #doing = '';
  #written = '';
  #runs = '';
  #last = 0;

  constructor(name: string, language: Language) {
    this.#name = name;
    this.#language = language;
  }

  update(share: number, doing: string): void {
    this.#share = Math.min(1, Math.max(0, share));
    if (doing !== this.#doing) this.#runs = '';
    this.#doing = doing;
    this.#draw();
  }

  study(done: number, total: number): void {
    this.#runs = this.#language === 'zh' ? `（已完成 ${done} / ${total} 次运行）` : ` (${done} of ${total} runs)`;
    this.#draw();
  }

  /** A line that stays. */
  say(text: string): void {
    this.close();
    process.stderr.write(`${text}\n`);
  }

  close(): void {
    if (this.#live) process.stderr.write('\r\x1b[K');
  }

  #draw(): void {
    const now = performance.now();
    if (!this.#live && this.#doing === this.#written && now - this.#last < lineMilliseconds) return;
    this.#last = now;
    this.#written = this.#doing;
    const full = Math.round(24 * this.#share);
    const bar = this.#live ? `${'█'.repeat(full)}${'░'.repeat(24 - full)} ` : '';
    const time = duration((now - this.#started) / 1000);
    const comma = this.#language === 'zh' ? '，' : ', ';
    const text = [`${this.#name}  ${bar}${Math.floor(100 * this.#share)} %`, `${this.#doing}${this.#runs}`, time].join(comma);
    process.stderr.write(this.#live ? `\r\x1b[K${text}` : `${text}\n`);
  }
}
