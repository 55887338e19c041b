/** The Python that has the readers' own packages: `ZEROTH_PYTHON` names it, `python3` if not. */
import { execFileSync } from 'node:child_process';

export const python = process.env.ZEROTH_PYTHON ?? 'python3';

/** Why a package cannot be used here; undefined where it can. */
export function missing(module: string): string | undefined {
  try {
    execFileSync(python, ['-c', `import ${module}`], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 });
    return undefined;
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer };
    const last = stderr?.toString().trim().split('\n').at(-1);
    return last || `${python} does not start (${code ?? 'no reason given'})`;
  }
}

/** Runs a program that prints one line of JSON last; it finds `args` in `sys.argv[1:]`. */
export function runPython(program: string, args: readonly string[], folder: string): unknown {
  const printed = execFileSync(python, ['-c', program, ...args], {
    cwd: folder,
    env: { ...process.env, HOME: folder }, // packages keep caches there
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 240_000,
    maxBuffer: 1 << 28,
  });
  return JSON.parse(printed.trim().split('\n').at(-1) ?? 'null');
}
