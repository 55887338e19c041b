/** What a study's process and its workers say to each other (structured clones over Node's IPC channel). */
import type { RunTask } from './executor.js';
import type { StoredRun } from './store.js';

export type ToWorker =
  /** Carry this out after what was asked before; `optimizer`: the saved bytes to go on from. */
  | { readonly type: 'run'; readonly task: RunTask; readonly optimizer?: Uint8Array; readonly saveSeconds: number }
  /** Save the run under way after its present query, then end. */
  | { readonly type: 'stop' }
  /** Nothing more will come: end. */
  | { readonly type: 'end' };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'started'; readonly id: string }
  | { readonly type: 'progress'; readonly id: string; readonly share: number; readonly loss: number | null }
  | { readonly type: 'save'; readonly id: string; readonly optimizer: Uint8Array }
  | { readonly type: 'finished'; readonly run: StoredRun };
