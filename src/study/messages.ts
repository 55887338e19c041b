/** What a study's process and its workers say to each other (structured clones over Node's IPC channel). */
import type { RunTask } from './executor.js';
import type { RunRow } from './run-row.js';

export interface RunRequest {
  readonly task: RunTask;
  /** The saved bytes to go on from. */
  readonly optimizer?: Uint8Array;
}

export type ToWorker =
  /** Carry these out, in order, after what was asked before. */
  | { readonly type: 'run'; readonly requests: readonly RunRequest[]; readonly saveSeconds: number }
  /** Save the run under way after its present query, then end. */
  | { readonly type: 'stop' }
  /** Nothing more will come: end. */
  | { readonly type: 'end' };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'started'; readonly id: string }
  | { readonly type: 'progress'; readonly id: string; readonly share: number; readonly loss: number | null }
  | { readonly type: 'save'; readonly id: string; readonly optimizer: Uint8Array }
  /** `next`: the run that is started now, where one was waiting; a message of its own would cost both processes a switch. */
  | { readonly type: 'finished'; readonly row: RunRow; readonly next?: string };
