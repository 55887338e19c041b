/**
 * Runs checks on a strategy in a child process. A check that hangs past the time limit, or that takes the process with it, has
 * failed; the checks after it run in a new process.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { StrategyError, UsageError } from '../core/errors.js';
import { lastWords } from '../study/last-words.js';
import type { CheckResult } from '../testing/conformance.js';
import type { FromChecker, ToChecker } from './check-messages.js';

export interface CheckRequest {
  /** A registered name, a path or a package. */
  readonly strategy: string;
  /** Names of checks, in the kit's order; each must exist. */
  readonly checks: readonly string[];
  /** Seconds for each check, and for loading the strategy. */
  readonly timeLimit: number;
  readonly signal?: AbortSignal;
  readonly onFound?: (name: string, title: string) => void;
  readonly onResult?: (result: TimedResult) => void;
}

type Described = Pick<CheckResult, 'name' | 'claim' | 'howToSee'>;

export interface TimedResult extends CheckResult {
  readonly seconds: number;
}

const childFile = fileURLToPath(new URL('./check-child.js', import.meta.url));
const tailLength = 600;

/**
 * The results, in the order of the checks; fewer where the signal was aborted. Throws UsageError where there is no such strategy,
 * StrategyError where its module cannot be loaded.
 */
export async function checkInProcess(request: CheckRequest): Promise<TimedResult[]> {
  const results: TimedResult[] = [];
  const add = (result: TimedResult) => {
    results.push(result);
    request.onResult?.(result);
  };
  let told = false;
  while (results.length < request.checks.length && !request.signal?.aborted) {
    let current: Described | undefined;
    const remaining = request.checks.slice(results.length);
    let since = performance.now();
    const reason = await runChild(request, remaining, (message) => {
      since = performance.now();
      if (message.type === 'refused') throw new (message.exitCode === 2 ? UsageError : StrategyError)(message.message);
      if (message.type === 'result') add({ ...message.result, seconds: message.seconds });
      if (message.type === 'started') current = message.check;
      if (message.type === 'found' && !told) {
        told = true;
        request.onFound?.(message.name, message.title);
      }
    });
    if (request.signal?.aborted || results.length === request.checks.length) break;
    if (current === undefined) throw new StrategyError(`The strategy ${request.strategy} cannot be loaded: its process ${reason}.`);
    add({ ...current, status: 'failed', detail: `Its process ${reason}.`, seconds: (performance.now() - since) / 1000 });
  }
  return results;
}

/** One process until its end. Returns what ended it, as words that follow "its process". Throws what `receive` throws. */
function runChild(
  { strategy, timeLimit, signal }: CheckRequest,
  names: readonly string[],
  receive: (message: FromChecker) => void,
): Promise<string> {
  // what the strategy prints goes to stderr, so that stdout holds results alone
  const child = fork(childFile, [], { stdio: ['ignore', 2, 'pipe', 'ipc'], execArgv: [] });
  const tail = tailOf(child);
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let ended: string | undefined;
    const kill = (reason: string) => {
      ended ??= reason;
      child.kill('SIGKILL');
    };
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => kill(`took longer than the time limit of ${timeLimit} s and was ended`), timeLimit * 1000);
    };
    const abort = () => kill('was interrupted');
    signal?.addEventListener('abort', abort, { once: true });
    child.on('message', (message) => {
      watch();
      try {
        receive(message as FromChecker);
      } catch (error) {
        kill('was ended');
        reject(error);
      }
    });
    child.on('error', reject);
    child.on('close', (code, killed) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve(ended ?? `ended with ${killed === null ? `exit code ${code}` : `signal ${killed}`}${tail()}`);
    });
    watch();
    child.send({ strategy, checks: names } satisfies ToChecker, () => {});
  });
}

/** The last of what a process wrote to stderr, in parentheses; empty where it wrote nothing. */
function tailOf(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-tailLength);
  });
  return () => {
    const words = lastWords(text);
    return words === '' ? '' : ` (${words})`;
  };
}
