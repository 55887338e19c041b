/** The folder of a study: made, checked and held by one process before anything runs. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import { UsageError } from '../core/errors.js';

export interface OutputFolder {
  readonly path: string;
  /** Lets other processes have it. */
  release(): void;
}

/**
 * Makes the folder where it is not there, and holds it until `release` or the end of the process, however it ends: the hold is a
 * lock of the operating system on the file `.lock`. Throws UsageError when it cannot be written, or another process holds it.
 */
export async function holdOutputFolder(path: string): Promise<OutputFolder> {
  const probe = join(path, `.write-test-${process.pid}`);
  try {
    await mkdir(path, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UsageError(`The output folder ${path} cannot be written (${code}). Give another one with --out.`);
  }
  const lock = new Database(join(path, '.lock'));
  try {
    lock.pragma('busy_timeout = 0');
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new UsageError(`Another process is at work in ${path}. Wait for it, or give another folder with --out.`);
  }
  return { path, release: () => lock.close() };
}

/** Writes a file whole or not at all. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.part`;
  await writeFile(part, content);
  await rename(part, path);
}
