/** What happens when standard output or standard error cannot be written: one line where there is something to say, and an exit code. */
import { fileReason } from '../core/file-reason.js';

/** The exit code of a program whose reader has gone: 128 + SIGPIPE. */
const readerGoneExit = 141;

/**
 * A reader that has seen enough (`| head -1`) ends the program without a word. Output that cannot be written for another reason is told
 * on standard error. What standard error itself does not take is lost, for it only tells of the work, which goes on.
 */
export function guardStandardStreams(end: (exitCode: number) => void): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return end(readerGoneExit);
    process.stderr.write(`zeroth: Standard output cannot be written: ${fileReason(error)}. Send it to a place that can be.\n`);
    end(1);
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') end(readerGoneExit);
  });
}
