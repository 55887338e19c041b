/** The version of this package, as its package.json has it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export async function packageVersion(): Promise<string> {
  const file = createRequire(import.meta.url).resolve('zeroth/package.json');
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}
