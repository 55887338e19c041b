/** Tries a provider in a child process: whether it works here, how fast it is, and if not, why. */
import { execFileSync, fork } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Provider } from './provider.js';
import type { TrialMessage } from './trial-child.js';

export interface Trial {
  readonly provider: Provider;
  readonly works: boolean;
  /** In one line: what the runtime said, or what was found. */
  readonly why: string;
  /** Best time of a run of the trial graph, where it works. */
  readonly milliseconds?: number;
  /** The device, as far as it is known. */
  readonly device?: string;
}

/** A provider that does not answer within this time is taken not to work. */
const limitMilliseconds = 60_000;

const trials = new Map<Provider, Promise<Trial>>();

/** Each provider is tried once in a process; later calls get the first answer. */
export function tryProvider(provider: Provider): Promise<Trial> {
  let trial = trials.get(provider);
  if (trial === undefined) {
    trial = runTrial(provider);
    trials.set(provider, trial);
  }
  return trial;
}

function runTrial(provider: Provider): Promise<Trial> {
  const elsewhere = otherSystem(provider);
  if (elsewhere !== undefined) return Promise.resolve({ provider, works: false, why: elsewhere });
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('./trial-child.js', import.meta.url)), [provider], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    let message: TrialMessage | undefined;
    let tooLate = false;
    const timer = setTimeout(() => {
      tooLate = true;
      child.kill('SIGKILL');
    }, limitMilliseconds);
    child.stderr?.on('data', (data: Buffer) => {
      said = (said + data.toString()).slice(-4000);
    });
    child.on('message', (sent) => {
      message = sent as TrialMessage;
    });
    child.on('error', (error) => {
      message ??= { error: error.message };
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve(verdict(provider, message, tooLate, said, signal ?? `exit code ${code}`));
    });
  });
}

function verdict(provider: Provider, message: TrialMessage | undefined, tooLate: boolean, said: string, end: string): Trial {
  if (message !== undefined && 'milliseconds' in message) {
    const device = deviceName(provider);
    const { milliseconds } = message;
    return { provider, works: true, why: 'works', milliseconds, ...(device === undefined ? {} : { device }) };
  }
  if (tooLate) return { provider, works: false, why: `no answer within ${limitMilliseconds / 1000} seconds` };
  if (message !== undefined) return { provider, works: false, why: oneLine(message.error) };
  const last = said.trim().split('\n').at(-1) ?? '';
  return { provider, works: false, why: oneLine(`the runtime ended the process (${end})${last === '' ? '' : `: ${last}`}`) };
}

/** The runtime's message without its source locations and colours, on one line. */
export function oneLine(message: string): string {
  const plain = message
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours
    .replace(/\u001b\[[0-9;]*m/g, '')
    .replace(/^Error: /, '')
    .replace(/^\/onnxruntime_src\/\S+ .*? was false\. /s, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
  return plain.length > 300 ? `${plain.slice(0, 297)}...` : plain;
}

function otherSystem(provider: Provider): string | undefined {
  if (provider === 'dml' && process.platform !== 'win32') return 'DirectML is there on Windows only';
  if (provider === 'coreml' && process.platform !== 'darwin') return 'Core ML is there on macOS only';
  if (provider === 'cuda' && process.platform === 'darwin') return 'CUDA is there on Linux and Windows only';
  return undefined;
}

function deviceName(provider: Provider): string | undefined {
  if (provider === 'cpu') return `${os.cpus()[0]?.model ?? 'processor'}, ${os.availableParallelism()} threads`;
  if (provider === 'cuda') return nvidiaName();
  return provider === 'webgpu' ? softwareDriver() : undefined;
}

function nvidiaName(): string | undefined {
  try {
    const listed = execFileSync('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader'], { encoding: 'utf8', timeout: 5000 });
    return listed.trim().split('\n')[0] || undefined;
  } catch {
    return undefined; // the name is a courtesy: without the tool there is none
  }
}

/** The software Vulkan driver that the environment names, if it does: the runtime does not tell a device's name. */
function softwareDriver(): string | undefined {
  const files = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES ?? '';
  if (/swiftshader/i.test(files)) return 'SwiftShader, a software driver';
  if (/lvp|lavapipe|llvmpipe/i.test(files)) return 'lavapipe, a software driver';
  return undefined;
}
