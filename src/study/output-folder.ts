/** The folder of a study: made, checked and held by one process before anything runs. */
import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { UsageError } from '../core/errors.js';
import { fileReason } from '../core/file-reason.js';
import { makeFolder } from './make-folder.js';

export interface OutputFolder {
  readonly path: string;
  /** Lets other processes have it. */
  release(): void;
}

/** By what is kept in a folder: the file that tells of it, its name in words, and the command that goes on with it. */
const kinds = {
  study: { file: 'runs.db', what: 'a study', command: 'zeroth compare' },
  experiment: { file: 'lab.json', what: 'an experiment of the laboratory', command: 'zeroth lab' },
} as const;

/** How long another process may keep the folder: one that was killed under load takes a moment to be gone. */
const patienceMilliseconds = 2000;

/**
 * Makes the folder where it is not there, and holds it until `release` or the end of the process, however it ends: the hold is a
 * lock of the operating system on the file `.lock`. Throws UsageError when it cannot be written, another process keeps it, or it holds
 * the other kind of results.
 */
export async function holdOutputFolder(path: string, kind: keyof typeof kinds): Promise<OutputFolder> {
  const other = kinds[kind === 'study' ? 'experiment' : 'study'];
  if (existsSync(join(path, other.file))) {
    throw new UsageError(
      `${path} holds ${other.what} (${other.file}), with which \`${other.command}\` goes on. Give another folder with --out for ${kinds[kind].what}.`,
    );
  }
  const probe = join(path, `.write-test-${process.pid}`);
  try {
    await makeFolder(path);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new UsageError(`The output folder ${path} cannot be written: ${fileReason(error)}. Give another one with --out.`);
  }
  for (const limit = performance.now() + patienceMilliseconds; ; ) {
    const release = takeLock(join(path, '.lock'));
    if (release !== undefined) return { path, release };
    if (performance.now() > limit) {
      throw new UsageError(`Another process is at work in ${path}. Wait for it, or give another folder with --out.`);
    }
    await sleep(100);
  }
}

/** Undefined where another process has it. */
function takeLock(file: string): (() => void) | undefined {
  const lock = new Database(file);
  try {
    lock.pragma('busy_timeout = 0');
    lock.exec('BEGIN EXCLUSIVE');
    return () => {
      lock.exec('ROLLBACK'); // closing alone keeps the lock until the object is collected
      lock.close();
    };
  } catch {
    lock.close();
    return undefined;
  }
}

/** Writes a file whole or not at all. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.part`;
  await writeFile(part, content);
  await rename(part, path);
}
