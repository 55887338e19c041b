/**
 * A plug-in in a process of its own, while a study is planned: its module may throw, hang, or end its process when it is loaded, or
 * when its schema reads options, and the study goes on without it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { StrategyError, UsageError } from '../core/errors.js';
import type { FromPlugin, PluginDescription, ToPlugin } from './plugin-messages.js';
import type { StrategySheet } from './strategy-sheet.js';

type Options = Readonly<Record<string, unknown>>;
type Request = { readonly type: 'load' | 'describe'; readonly name: string } | { readonly type: 'parse'; readonly options: Options };

const childFile = fileURLToPath(new URL('./plugin-child.js', import.meta.url));
const tailLength = 600;

export class PluginProcess {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #limit: number;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #count = 0;
  #tail = '';
  /** Why there is no process any more, as words that follow "its process". */
  #ended: string | undefined;

  /** `limit`: seconds for each answer. */
  constructor(name: string, limit: number) {
    this.#name = name;
    this.#limit = limit;
    this.#child = fork(childFile, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#tail = (this.#tail + chunk.toString()).slice(-tailLength);
    });
    this.#child.on('message', (message) => this.#receive(message as FromPlugin));
    this.#child.on('error', (error) => this.#end(`did not start: ${error.message}`));
    this.#child.on('close', (code, signal) => {
      const tail = this.#tail.trim().replace(/\s*\n\s*/g, ' | ');
      this.#end(`ended with ${signal === null ? `exit code ${code}` : `signal ${signal}`}${tail === '' ? '' : ` (${tail})`}`);
    });
  }

  /** Throws UsageError where there is no such strategy, StrategyError where its module does not give one in time. */
  async load(): Promise<PluginDescription> {
    return (await this.#ask({ type: 'load', name: this.#name })) as PluginDescription;
  }

  /** All that listings tell. Throws as `load` does. */
  async describe(): Promise<StrategySheet> {
    return (await this.#ask({ type: 'describe', name: this.#name })) as StrategySheet;
  }

  /** The options with their defaults. Throws UsageError on options that the strategy does not take. */
  async parse(options: Options): Promise<Options> {
    return (await this.#ask({ type: 'parse', options })) as Options;
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }

  #ask(request: Request): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const number = this.#count++;
      this.#waiting.set(number, { resolve, reject });
      if (this.#ended !== undefined) {
        this.#end(this.#ended);
        return;
      }
      const timer = setTimeout(() => {
        this.#end(`took longer than ${this.#limit} s and was ended`);
        this.close();
      }, this.#limit * 1000);
      const settled = (settle: (given: never) => void) => (given: never) => {
        clearTimeout(timer);
        settle(given);
      };
      this.#waiting.set(number, { resolve: settled(resolve), reject: settled(reject) });
      this.#child.send({ number, ...request } satisfies ToPlugin, () => {}); // a process that is just ending tells by its end
    });
  }

  #receive(message: FromPlugin): void {
    const asked = this.#waiting.get(message.number);
    this.#waiting.delete(message.number);
    if ('value' in message) asked?.resolve(message.value);
    else asked?.reject(message.usage ? new UsageError(message.error) : new StrategyError(message.error));
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    const error = new StrategyError(`The strategy ${this.#name} cannot be loaded: its process ${this.#ended}.`);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
