/** What a process that needs to know of a plug-in, to plan a study or to list it, and the process that holds it say to each other. */
import type { StrategySheet } from './strategy-sheet.js';

export type ToPlugin = { readonly number: number } /** Load the strategy of this path, package or composition, and tell what it is. */ & (
  | { readonly type: 'load'; readonly name: string }
  /** The same, and tell all that listings do. */
  | { readonly type: 'describe'; readonly name: string }
  /** Fill in defaults and check ranges. */
  | { readonly type: 'parse'; readonly options: Readonly<Record<string, unknown>> }
);

export interface PluginDescription {
  readonly name: string;
  readonly title: string;
  readonly family: string;
  /** Every option's default. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** `number`: of the request. `usage`: the user asked for something wrong; otherwise the strategy is at fault. */
export type FromPlugin = { readonly number: number } & (
  | { readonly value: PluginDescription | StrategySheet | Readonly<Record<string, unknown>> }
  | { readonly error: string; readonly usage: boolean }
);
