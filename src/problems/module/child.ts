/**
 * The program of the process in which a user's objective runs: what it does to itself it does to no other. It answers one
 * question at a time, tells finished losses as it goes, and ends when its parent is gone, even from within an endless loop.
 */
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Definition, readDefinition, show } from './definition.js';
import type { FromModule, ToModule } from './messages.js';

let definition: Definition | undefined;
let seconds = 10;
let concurrency = 1;

process.on('SIGINT', () => {}); // on Windows the terminal's interrupt comes here too; the parent decides
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToModule) => {
  if (message.type === 'load') void load(message);
  else if (definition !== undefined) void answer(definition, message.values);
});
// A thread of its own, since an endless loop hears nothing.
new Worker(
  `const parent = ${process.ppid}; setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 1000);`,
  { eval: true },
).unref();

function send(message: FromModule): void {
  if (process.connected) process.send?.(message);
}

async function load(request: Extract<ToModule, { type: 'load' }>): Promise<void> {
  ({ seconds, concurrency } = request);
  try {
    const module = (await import(pathToFileURL(request.file).href)) as { default?: unknown };
    const read = readDefinition(module.default);
    if (typeof read === 'string') send({ type: 'refused', reason: read });
    else {
      definition = read;
      send({ type: 'loaded', description: read.description });
    }
  } catch (error) {
    send({ type: 'refused', reason: `cannot be loaded: ${told(error)}` });
  }
}

/** Losses that are not told yet. */
class Finished {
  readonly #places: number[] = [];
  readonly #losses: number[] = [];
  #reason: string | undefined;
  #told = performance.now();

  add(place: number, loss: number, reason?: string): void {
    this.#places.push(place);
    this.#losses.push(loss);
    this.#reason ??= reason;
    if (performance.now() - this.#told > seconds * 100) this.tell();
  }

  tell(): void {
    const reason = this.#reason;
    const losses = Float64Array.from(this.#losses.splice(0));
    send({ type: 'losses', places: Int32Array.from(this.#places.splice(0)), losses, ...(reason !== undefined && { reason }) });
    this.#reason = undefined;
    this.#told = performance.now();
  }
}

async function answer({ description, loss, losses }: Definition, values: Float64Array): Promise<void> {
  const { dimension } = description;
  const size = values.length / dimension;
  const finished = new Finished();
  let late = false;
  const failed = (reason: unknown): string => {
    if (reason === tooLate) late = true;
    return told(reason);
  };
  if (losses !== undefined) {
    try {
      const answered = await inTime(losses({ size, dimension, values }));
      const wrong = wrongLosses(answered, size);
      if (wrong !== undefined) return send({ type: 'refused', reason: `: losses(population) ${wrong}` });
      for (let p = 0; p < size; p++) finished.add(p, (answered as ArrayLike<number>)[p]);
    } catch (error) {
      const reason = failed(error);
      for (let p = 0; p < size; p++) finished.add(p, Number.NaN, reason);
    }
  } else if (loss !== undefined) {
    let next = 0;
    let wrong: string | undefined;
    const work = async () => {
      while (next < size && wrong === undefined) {
        const p = next++;
        try {
          const pending = loss(values.slice(p * dimension, (p + 1) * dimension));
          const found = isPromise(pending) ? await inTime(pending) : pending;
          if (typeof found === 'number') finished.add(p, found);
          else wrong = show(found);
        } catch (error) {
          finished.add(p, Number.NaN, failed(error));
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, size) }, work));
    if (wrong !== undefined) return send({ type: 'refused', reason: `: loss(x) must return a number; it returned ${wrong}` });
  }
  finished.tell();
  send({ type: 'answered', late });
}

/** Says what is wrong with an answer for `size` candidates. */
function wrongLosses(answer: unknown, size: number): string | undefined {
  const list = answer as ArrayLike<unknown> | null | undefined;
  if (typeof list !== 'object' || list === null || typeof list.length !== 'number')
    return `must return a list of numbers; it returned ${show(answer)}`;
  if (list.length !== size) return `must return one loss for each of the ${size} candidates; it returned ${list.length}`;
  for (let p = 0; p < size; p++)
    if (typeof list[p] !== 'number') return `must return numbers; the loss of candidate ${p + 1} is ${show(list[p])}`;
  return undefined;
}

const tooLate = Symbol('too late');

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

async function inTime(pending: unknown): Promise<unknown> {
  if (!isPromise(pending)) return pending;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate), seconds * 1000);
  });
  try {
    return await Promise.race([pending, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function told(error: unknown): string {
  if (error === tooLate) return `it took longer than ${seconds} s`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
