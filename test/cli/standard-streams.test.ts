import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { main, start, temporaryFolder, testStrategy } from './zeroth.js';

const folder = temporaryFolder();
const own = ['train', 'sphere:d2', '--strategy', testStrategy('patchy'), '--evaluations', '50'];
const roomless = existsSync('/dev/full'); // Linux's device on which there is no room
if (!roomless) process.stderr.write('Full disks at standard output are not tested: this system has no /dev/full.\n');
const full = roomless ? test : test.skip;

/** With nowhere to write on standard output (1) or standard error (2). */
function without(room: 1 | 2, args: readonly string[]): { readonly status: number | null; readonly told: string } {
  const device = openSync('/dev/full', 'w');
  try {
    const stdio = room === 1 ? (['ignore', device, 'pipe'] as const) : (['ignore', 'pipe', device] as const);
    const { status, output } = spawnSync(process.execPath, [main, ...args], { cwd: folder.path, stdio: [...stdio], encoding: 'utf8' });
    return { status, told: output[3 - room] ?? '' };
  } finally {
    closeSync(device);
  }
}

full.each([[['strategies']], [['problems', '--json']], [['--help']], [own]])(
  '%j says in one line that its output cannot be written',
  (args) => {
    const line = 'zeroth: Standard output cannot be written: the disk is full (ENOSPC). Send it to a place that can be.\n';
    expect(without(1, args)).toEqual({ status: 1, told: line });
  },
);

full('a study whose progress cannot be written goes on to its end', () => {
  const study = ['--problems', 'sphere:d2', '--strategies', 'sgd', '--seeds', '2', '--evaluations', '50', '--out', 'unheard'];
  expect(without(2, ['compare', ...study])).toEqual({ status: 0, told: expect.stringContaining('Report: ') });
});

test.each([[['strategies']], [['strategies', '--json']], [own]])(
  '%j ends without a word and with 141 where its reader has gone',
  async (args) => {
    const { child, ended } = start(args, folder.path);
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 141, stderr: '' });
  },
);
