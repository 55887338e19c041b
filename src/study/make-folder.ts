/**
 * Makes a folder and those above it. Node's own `mkdir` with `recursive` never returns below /proc: a folder cannot be made there,
 * and the system says, as it does of a missing parent, that there is no such file.
 */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Does nothing where the folder is there. Throws the file system's error, its `code` with it, where it cannot be made. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (await isFolder(path)) return;
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === path) throw error;
    if (!(await isFolder(above))) await makeFolder(above);
    await makeLast(path);
  }
}

/** The parent is there: an error is final, unless somebody else made the folder meanwhile. */
async function makeLast(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (!(await isFolder(path))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** What to do where a folder cannot be made or written, by the error's code. */
export function folderAdvice(code: string): string {
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'A file is in the place of a folder: move it away, or name another folder.';
  if (code === 'ENOSPC') return 'Free space and give the same command again.';
  return 'Name a folder that can be written.';
}
