/** The finished steps of an experiment: one file each, written whole, so that what is there is right. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError, UsageError } from '../core/errors.js';
import { shortHash } from '../study/canonical.js';
import { fileName } from '../study/file-name.js';
import { writeWhole } from '../study/output-folder.js';
import { plainJson } from './plain-json.js';
import { Stopwatch } from './stopwatch.js';

interface Kept {
  readonly name: string;
  readonly seconds: number;
  readonly answer: unknown;
}

/** What an output folder's steps depend on beside their names. */
export interface Identity {
  readonly experiment: string;
  readonly form: string;
  readonly settings: unknown;
  /** Version of this package. */
  readonly zeroth: string;
}

export class StepStore {
  readonly #folder: string;
  #seconds = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Seconds that the steps which were asked for took when they were done. */
  get seconds(): number {
    return this.#seconds;
  }

  /**
   * Opens the steps in the folder `out`, which is there. Throws UsageError when it holds another experiment, another form of it, other
   * settings, or what another version computed.
   */
  static async open(out: string, identity: Identity): Promise<StepStore> {
    const path = join(out, 'lab.json');
    const before = (await readJson(path)) as Identity | undefined;
    if (before !== undefined) refuseOther(out, before, identity);
    await written(path, () => writeWhole(path, `${JSON.stringify(identity, null, 2)}\n`));
    const folder = join(out, 'steps');
    await mkdir(folder, { recursive: true });
    return new StepStore(folder);
  }

  /** The kept answer, or that of `work`, which is kept before it is given. */
  async once<T>(name: string, work: () => Promise<T>): Promise<T> {
    const path = join(this.#folder, `${fileName(name)}.json`);
    const kept = (await readJson(path)) as Kept | undefined;
    if (kept !== undefined) {
      this.#seconds += kept.seconds;
      return kept.answer as T;
    }
    const begun = performance.now();
    const answer = plainJson(await work(), name);
    const seconds = (performance.now() - begun) / 1000;
    await written(path, () => writeWhole(path, `${JSON.stringify({ name, seconds, answer } satisfies Kept)}\n`));
    this.#seconds += seconds;
    return answer;
  }

  /** Times work outside steps under a name: that of earlier processes, and of this one where `work` starts the watch. */
  async timed<T>(name: string, work: (watch: Stopwatch) => Promise<T>): Promise<T> {
    const path = join(this.#folder, `${fileName(name)}.seconds.json`);
    const watch = new Stopwatch(path, ((await readJson(path)) as number | undefined) ?? 0);
    try {
      return await work(watch);
    } finally {
      await written(path, async () => {
        this.#seconds += await watch.stop();
      });
    }
  }
}

function refuseOther(out: string, before: Identity, now: Identity): void {
  const elsewhere = `Give another folder with --out, or remove ${out}.`;
  if (before.experiment !== now.experiment) {
    throw new UsageError(`${out} holds the experiment ${before.experiment}, and this is ${now.experiment}. ${elsewhere}`);
  }
  if (before.form !== now.form) {
    throw new UsageError(`${out} holds the ${before.form} form of ${now.experiment}, and this is the ${now.form} one. ${elsewhere}`);
  }
  if (before.zeroth !== now.zeroth) {
    throw new UsageError(`${out} holds steps that Zeroth ${before.zeroth} computed, and this is Zeroth ${now.zeroth}. ${elsewhere}`);
  }
  if (shortHash(before.settings) !== shortHash(now.settings)) {
    throw new UsageError(`${out} holds ${now.experiment} with other settings (they are in lab.json). ${elsewhere}`);
  }
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StoreError(`${path} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StoreError(
      `${path} is not what an experiment wrote (${(error as Error).message}). Remove the file: its step is then done again.`,
      {
        cause: error,
      },
    );
  }
}

async function written(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new StoreError(`${path} cannot be written: ${(error as Error).message}. Free space, or give another folder with --out.`, {
      cause: error,
    });
  }
}
