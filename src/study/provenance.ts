/** What a study ran on. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import { packageVersion } from '../engine/package-version.js';
import { runtimeVersion } from '../engine/providers.js';
import type { Provenance } from './results.js';

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
