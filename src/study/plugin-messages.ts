/** What a study's process and the process that holds a plug-in, while the study is planned, say to each other. */

export type ToPlugin = { readonly number: number } /** Load the strategy of this path, package or composition, and tell what it is. */ & (
  | { readonly type: 'load'; readonly name: string }
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
  | { readonly value: PluginDescription | Readonly<Record<string, unknown>> }
  | { readonly error: string; readonly usage: boolean }
);
