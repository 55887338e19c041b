/** Finds the module that an installed package gives to `import`, seen from a folder. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Conditions of package.json's `exports` that hold for `import` in Node. */
const conditions = ['node', 'import', 'module-sync', 'default'];

/** The path of `name`'s module; undefined where no such package is installed. `name` may have a subpath. */
export function packageEntry(name: string, folder: string): string | undefined {
  const require = createRequire(join(folder, 'package.json'));
  try {
    return require.resolve(name);
  } catch {
    return entryForImport(name, require.resolve.paths(name) ?? []); // packages without CommonJS refuse `require`
  }
}

function entryForImport(name: string, folders: readonly string[]): string | undefined {
  const [, owner, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(name) ?? [];
  for (const folder of folders) {
    const file = join(folder, owner ?? name, 'package.json');
    if (!existsSync(file)) continue;
    const { exports } = JSON.parse(readFileSync(file, 'utf8')) as { exports?: unknown };
    const key = rest === '' ? '.' : `./${rest}`;
    const subpaths = typeof exports === 'object' && exports !== null && Object.keys(exports).some((entry) => entry.startsWith('.'));
    const target = targetOf(subpaths ? (exports as Record<string, unknown>)[key] : key === '.' ? exports : undefined);
    return target === undefined ? undefined : join(folder, owner ?? name, target);
  }
  return undefined;
}

/** The first condition that holds, as Node reads them: in the order in which they are written. */
function targetOf(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry;
  if (typeof entry !== 'object' || entry === null) return undefined;
  for (const [condition, inner] of Object.entries(entry)) {
    const target = conditions.includes(condition) ? targetOf(inner) : undefined;
    if (target !== undefined) return target;
  }
  return undefined;
}
