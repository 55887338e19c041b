/** What errors call the parts of a study: the path in its file, or the option of the command line that stands in a field's place. */
import { UsageError } from '../core/errors.js';

export type Path = readonly PropertyKey[];

export class Places {
  readonly #root: string;
  readonly #options: Readonly<Record<string, string>>;

  /** `root`: what paths begin with. `options`: by the names of fields, what was given instead, for example `--seeds`. */
  constructor(root = 'study', options: Readonly<Record<string, string>> = {}) {
    this.#root = root;
    this.#options = options;
  }

  /** `study.problems[0].budget`, or `--problems`. */
  name(path: Path): string {
    return this.#option(path) ?? path.reduce<string>(joined, this.#root);
  }

  /** Does the work, which is synchronous; a UsageError of it gets its place. */
  locate<T>(path: Path, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#located(error, path);
    }
  }

  /**
   * The same for work that takes time. `subject.` at the beginning of a message becomes the path, so that `pso.swarmSize must be ...`
   * is `study.strategies[0].options.swarmSize must be ...`; an option of the command line has no such path, and leaves it.
   */
  async locateLater<T>(path: Path, work: () => T | Promise<T>, subject?: string): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#located(error, path, subject);
    }
  }

  #located(error: unknown, path: Path, subject?: string): unknown {
    if (!(error instanceof UsageError)) return error;
    const { message } = error;
    const within = subject !== undefined && this.#option(path) === undefined && message.startsWith(`${subject}.`);
    return new UsageError(`${this.name(path)}${within ? message.slice(subject.length) : `: ${message}`}`, { cause: error });
  }

  #option([field]: Path): string | undefined {
    return typeof field === 'string' && Object.hasOwn(this.#options, field) ? this.#options[field] : undefined;
  }
}

function joined(text: string, key: PropertyKey): string {
  if (typeof key === 'number') return `${text}[${key}]`;
  const name = String(key);
  return /^[A-Za-z_]\w*$/.test(name) ? `${text}.${name}` : `${text}["${name}"]`;
}
