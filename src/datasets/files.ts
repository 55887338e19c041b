/** Reads the files of data sets, and finds them: in a folder that the user names, or in an installed npm package. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DataError } from '../core/errors.js';
import { fileReason } from '../core/file-reason.js';

/** All bytes of a file. Throws DataError with the system's reason. */
export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new DataError(`Cannot read ${file}: ${fileReason(error)}.`);
  }
}

/** The value in a JSON file. Throws DataError when it cannot be read or parsed. */
export function readJson(file: string): unknown {
  const text = new TextDecoder().decode(readBytes(file));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DataError(`${file} is not valid JSON: ${(error as Error).message}. Get the file again.`);
  }
}

/** The first of these names that exists in the folder, as a path. */
export function firstExisting(folder: string, names: readonly string[]): string | undefined {
  return names.map((name) => path.join(folder, name)).find((file) => existsSync(file));
}

export interface InstalledPackage {
  readonly folder: string;
  /** `name@version`. */
  readonly label: string;
}

/** An installed package, as the working directory sees it, else as this package sees it. */
export function findPackage(name: string): InstalledPackage | undefined {
  for (const from of [path.join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      const manifest = createRequire(from).resolve(`${name}/package.json`);
      const { version } = readJson(manifest) as { version?: string };
      return { folder: path.dirname(manifest), label: version === undefined ? name : `${name}@${version}` };
    } catch {
      // not installed there
    }
  }
  return undefined;
}
