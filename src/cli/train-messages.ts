/** What `zeroth train` and the process of a plug-in say to each other. */
import type { TrainOptions } from './train-run.js';

export type ToTraining =
  | { readonly type: 'train'; readonly id: string | undefined; readonly options: TrainOptions }
  /** End after the present query. */
  | { readonly type: 'stop' };

export type FromTraining =
  /** The strategy's module has been loaded. */
  | { readonly type: 'loaded' }
  /** All is printed. */
  | { readonly type: 'done'; readonly exitCode: number };
