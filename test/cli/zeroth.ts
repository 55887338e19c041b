/** Starts the command line as its own process, as a person would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from '@jest/globals';

/** The program. */
export const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** The path of a strategy that the tests bring along. */
export function testStrategy(name: string): string {
  return fileURLToPath(new URL(`../study/strategies/${name}.js`, import.meta.url));
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** In its own process group, so that a signal can reach it and its children as Ctrl-C in a terminal does. */
export function start(args: readonly string[], cwd: string, input = ''): Started {
  const child = spawn(process.execPath, [main, ...args], { cwd, detached: true, env: { ...process.env, NO_COLOR: '1' } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdin.on('error', () => {}); // a process that does not read may be gone before its input
  child.stdin.end(input);
  const ended = new Promise<Ended>((resolve) => child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr })));
  return { child, ended };
}

export function zeroth(args: readonly string[], cwd: string, input = ''): Promise<Ended> {
  return start(args, cwd, input).ended;
}

/** A fresh folder for a test file, removed at its end. */
export function temporaryFolder(): { readonly path: string } {
  const folder = { path: '' };
  beforeAll(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'zeroth-cli-'));
  });
  afterAll(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}

/** Waits until `ready` says so; fails after ten seconds. */
export async function until(ready: () => boolean): Promise<void> {
  for (const limit = Date.now() + 10_000; !ready(); ) {
    if (Date.now() > limit) throw new Error('waited ten seconds in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
