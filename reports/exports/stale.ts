/** Removes exports of an earlier report: readers take every index file that they find, and would show runs that are gone. */
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportFile } from './export-file.js';

/** Files of these names are exports; others in the folders are the user's and stay. */
const ours = /^(IOHprofiler_f\d+(_DIM\d+)?\.(json|dat)|bbobexp_f\d+(_DIM\d+)?\.(info|dat|tdat))$/;

/** Leaves the files of `kept` and the user's; folders that become empty go too. */
export async function removeStale(folder: string, kept: readonly ExportFile[]): Promise<void> {
  const names = new Set(kept.map(({ name }) => name));
  for (const top of ['ioh', 'coco']) await clean(folder, top, names);
}

/** Whether anything is left in `name`. */
async function clean(folder: string, name: string, kept: ReadonlySet<string>): Promise<boolean> {
  const path = join(folder, name);
  let entries: { readonly name: string; isDirectory(): boolean }[];
  try {
    entries = await readdir(path, { withFileTypes: true });
  } catch {
    return false; // not there
  }
  let left = false;
  let removed = false;
  for (const entry of entries) {
    const inside = `${name}/${entry.name}`;
    if (entry.isDirectory()) {
      if (await clean(folder, inside, kept)) left = true;
      else removed = true;
    } else if (!kept.has(inside) && ours.test(entry.name)) {
      await rm(join(folder, inside));
      removed = true;
    } else left = true;
  }
  if (!left && removed) await rmdir(path);
  return left || !removed;
}
