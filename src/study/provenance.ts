/** What a study ran on. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { runtimeVersion } from '../engine/providers.js';
import type { Provenance } from './results.js';

/** The version of this package. */
export async function packageVersion(): Promise<string> {
  const file = createRequire(import.meta.url).resolve('zeroth/package.json');
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}

/** `reason`: why the provider was chosen; empty when it was named. */
export async function describeMachine(provider: string, reason: string): Promise<Provenance> {
  return {
    zeroth: await packageVersion(),
    node: process.versions.node,
    onnxruntime: await runtimeVersion(),
    platform: `${process.platform}-${process.arch}`,
    processor: cpus()[0]?.model.trim() || process.arch,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    provider,
    providerReason: reason,
    started: new Date().toISOString(),
  };
}
