/** Reads a study from a file: YAML, JSON, or a JavaScript or TypeScript module with the study as default export. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../core/errors.js';
import { fileReason } from '../core/file-reason.js';
import { compileCommand } from './plugin-advice.js';

/** The unchecked content of a study file. Throws UsageError when it cannot be read or is not in its format. */
export async function readStudyFile(path: string): Promise<unknown> {
  const extension = extname(path).toLowerCase();
  if (['.yaml', '.yml', '.json'].includes(extension)) {
    const text = await readText(path);
    return extension === '.json' ? unwrapped(parseJson(text, path)) : parseYaml(text, path);
  }
  if (['.js', '.mjs', '.cjs', '.ts', '.mts'].includes(extension)) return importStudy(path);
  throw new UsageError(`${path} is not a study file: its name must end in .yaml, .yml, .json, .js, .mjs, .cjs, .ts or .mts.`);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`The study file ${path} cannot be read: ${fileReason(error)}.`);
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${(error as Error).message}.`);
  }
}

/** The `study.json` of an output folder holds the study beside what it ran on. */
function unwrapped(content: unknown): unknown {
  const written = content as { readonly study?: unknown; readonly provenance?: unknown } | null;
  return typeof written === 'object' && written?.provenance !== undefined && written.study !== undefined ? written.study : content;
}

async function parseYaml(text: string, path: string): Promise<unknown> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    const [first] = document.errors[0].message.split('\n');
    throw new UsageError(`${path} is not YAML: ${first.replace(/:$/, '')}.`);
  }
  return document.toJS() as unknown;
}

/** Of a TypeScript module, the JavaScript compiled beside it, where there is one. */
function compiled(path: string): string {
  const script = path.replace(/\.(m?)ts$/, '.$1js');
  return existsSync(script) ? script : path;
}

async function importStudy(path: string): Promise<unknown> {
  let content: { default?: unknown };
  try {
    content = (await import(pathToFileURL(compiled(resolve(path))).href)) as { default?: unknown };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
      throw new UsageError(
        `${path} is TypeScript, which Node ${process.versions.node} does not run by itself. Compile it first, or use Node 22.18 or newer: ${compileCommand(resolve(path))}`,
      );
    }
    throw new UsageError(`The study file ${path} cannot be loaded: ${message}`);
  }
  if (content.default === undefined) throw new UsageError(`${path} has no default export: write \`export default { problems, ... }\`.`);
  return content.default;
}
