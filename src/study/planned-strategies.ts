/**
 * The strategies of a study as its plan needs them: name, title, defaults, options checked. Those that Zeroth brings along are
 * loaded here; plug-ins each in a process of their own, and one that cannot be loaded there is refused: its runs fail, the others run.
 */
import { StrategyError } from '../core/errors.js';
import { parseOptions } from '../core/options.js';
import type { AnyStrategy } from '../core/strategy.js';
import type { PluginDescription } from './plugin-messages.js';
import { PluginProcess } from './plugin-process.js';
import { findStrategy, isBuiltIn } from './strategy-registry.js';

type Options = Readonly<Record<string, unknown>>;

export interface PlannedStrategy extends PluginDescription {
  /** Why it has no runs: what its module did when it was loaded. */
  readonly refused?: string | undefined;
  /** Itself, where Zeroth brings it along: its card tells what it can run on. */
  readonly builtIn?: AnyStrategy;
  /** The options with their defaults; as they are where it is refused. Throws UsageError on options that it does not take. */
  parse(options: Options): Promise<Options>;
}

/** Seconds that a plug-in may take to load, and to read options. */
export const loadLimit = 30;

export class PlannedStrategies {
  readonly #limit: number;
  readonly #found = new Map<string, Promise<PlannedStrategy>>();
  readonly #processes: PluginProcess[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Each name is loaded once. Throws UsageError where there is no such strategy. */
  find(name: string): Promise<PlannedStrategy> {
    let found = this.#found.get(name);
    if (found === undefined) {
      found = isBuiltIn(name) ? builtIn(name) : this.#plugin(name);
      this.#found.set(name, found);
    }
    return found;
  }

  /** Ends the plug-ins' processes. */
  close(): void {
    for (const process of this.#processes) process.close();
  }

  async #plugin(name: string): Promise<PlannedStrategy> {
    const process = new PluginProcess(name, this.#limit);
    this.#processes.push(process);
    let refused: string | undefined;
    /** What `work` gives; where the plug-in is at fault, `otherwise`, and it is refused. */
    const guarded = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
      try {
        return refused === undefined ? await work() : otherwise;
      } catch (error) {
        if (!(error instanceof StrategyError)) throw error;
        refused = error.message;
        return otherwise;
      }
    };
    const unknown = { name, title: name, family: 'unknown', defaults: {} };
    return {
      ...(await guarded(() => process.load(), unknown)),
      get refused() {
        return refused;
      },
      parse: (options) => guarded(() => process.parse(options), options),
    };
  }
}

async function builtIn(given: string): Promise<PlannedStrategy> {
  const strategy = await findStrategy(given);
  const { name, title, family } = strategy;
  const parse = (options: Options) => parseOptions<Options>(strategy, options);
  return { name, title, family, builtIn: strategy, defaults: parse({}), parse: async (options) => parse(options) };
}
