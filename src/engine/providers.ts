/**
 * Which ONNX Runtime execution provider to use. The runtime lists what was compiled in, not what works, so each is tried
 * in a child process; `auto` takes the first that works and is worth it, and says why not the others.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { EngineError, nearest, UsageError } from '../core/errors.js';
import { type Provider, type ProviderChoice, providers } from './provider.js';
import { type Trial, tryProvider } from './trial.js';
import { trialFlops } from './trial-graph.js';

export interface Resolution {
  readonly provider: Provider;
  /** One sentence: why this one, and why not those before it. */
  readonly reason: string;
  /** Every provider that was tried, in order of preference. */
  readonly tried: readonly Trial[];
}

export interface Diagnosis {
  /** Version of onnxruntime-node. */
  readonly onnxruntime: string;
  /** What `auto` takes here. */
  readonly auto: Resolution;
  /** Every provider. */
  readonly providers: readonly Trial[];
  /** What one run of the trial graph computes, in GFLOP: divide by a trial's time. */
  readonly trialGigaflop: number;
}

/** Order of preference of `auto` on this system; the processor is last and always there. */
const preference: readonly Provider[] = [
  ...(process.platform === 'darwin' ? (['coreml'] as const) : (['cuda'] as const)),
  ...(process.platform === 'win32' ? (['dml'] as const) : []),
  'webgpu',
  'cpu',
];

const remedies: Record<Provider, string> = {
  cpu: 'Reinstall onnxruntime-node for this system (`npm ci`).',
  webgpu: 'WebGPU needs a GPU with a driver for Vulkan (Linux), Direct3D 12 (Windows) or Metal (macOS).',
  cuda: 'CUDA needs an NVIDIA GPU, CUDA 12, cuDNN 9 and the libraries that `node node_modules/onnxruntime-node/script/install.js` fetches.',
  dml: 'DirectML needs Windows 10 or later and a DirectX 12 GPU.',
  coreml: 'Core ML needs macOS.',
};

/** Checks a name from outside. Throws UsageError with the nearest known names. */
export function parseProvider(given: string): ProviderChoice {
  const known: readonly string[] = ['auto', ...providers];
  if (known.includes(given)) return given as ProviderChoice;
  const near = typeof given === 'string' ? nearest(given, known) : [];
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  throw new UsageError(
    `Unknown provider "${given}".${hint} There are ${known.join(', ')}; \`zeroth doctor\` says which of them work here.`,
  );
}

/**
 * The provider to use. A named one is used or refused, never replaced.
 * Throws UsageError for an unknown name, EngineError for a provider that does not work here.
 */
export async function resolveProvider(choice: string): Promise<Resolution> {
  const wanted = parseProvider(choice);
  if (wanted === 'auto') return chooseProvider(await tryAll(preference));
  const trial = await tryProvider(wanted);
  if (!trial.works) {
    throw new EngineError(
      `The provider "${wanted}" does not work here: ${trial.why}. ${remedies[wanted]} ` +
        'Or use --provider auto, which takes the best that works; `zeroth doctor` lists them.',
    );
  }
  return { provider: wanted, reason: `${wanted}: asked for, and it works`, tried: [trial] };
}

/**
 * The rule of `auto`, given trials in order of preference: the first that works and is faster than the CPU on the trial
 * graph; so a software GPU, or a processor's own that loses to its cores, is passed over.
 */
export function chooseProvider(tried: readonly Trial[]): Resolution {
  const cpu = tried.find(({ provider }) => provider === 'cpu');
  const passed: string[] = [];
  for (const trial of tried) {
    const fault = trial === cpu || !trial.works ? (trial.works ? undefined : trial.why) : slowness(trial, cpu);
    if (fault === undefined) {
      const speed = `${trial.provider}: ${milliseconds(trial)} on the trial graph`;
      return { provider: trial.provider, reason: [speed, ...passed.map((why) => `not ${why}`)].join('; '), tried };
    }
    passed.push(`${trial.provider}: ${fault}`);
  }
  throw new EngineError(`No execution provider works here: ${passed.join('; ')}. ${remedies.cpu}`);
}

function slowness(trial: Trial, cpu: Trial | undefined): string | undefined {
  if (cpu?.milliseconds === undefined || trial.milliseconds === undefined || trial.milliseconds < cpu.milliseconds) return undefined;
  const device = trial.device === undefined ? '' : `${trial.device}, `;
  return `${device}slower than the CPU (${milliseconds(trial)} against ${milliseconds(cpu)} on the trial graph)`;
}

/** The CPU is timed after the others, so that a software GPU does not slow it down. */
async function tryAll(wanted: readonly Provider[]): Promise<Trial[]> {
  await Promise.all(wanted.filter((provider) => provider !== 'cpu').map(tryProvider));
  return Promise.all(wanted.map(tryProvider));
}

/** For `zeroth doctor`: every provider, whether it works here, how fast, and why not. */
export async function diagnose(): Promise<Diagnosis> {
  const tried = await tryAll(providers);
  const auto = chooseProvider(await tryAll(preference));
  return { onnxruntime: await runtimeVersion(), auto, providers: tried, trialGigaflop: trialFlops / 1e9 };
}

/** Version of the installed onnxruntime-node. */
export async function runtimeVersion(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('onnxruntime-node');
  const folder = main.slice(0, main.lastIndexOf('onnxruntime-node') + 'onnxruntime-node'.length);
  const { version } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8')) as { version: string };
  return version;
}

function milliseconds(trial: Trial): string {
  return trial.milliseconds === undefined ? 'unknown' : `${trial.milliseconds.toPrecision(3)} ms`;
}
