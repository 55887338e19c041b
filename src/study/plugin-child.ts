/** The process in which a plug-in is loaded to plan its runs, or to list it: whatever its module does there, the asking process survives. */
import { UsageError } from '../core/errors.js';
import { parseOptions } from '../core/options.js';
import type { AnyStrategy } from '../core/strategy.js';
import type { FromPlugin, PluginDescription, ToPlugin } from './plugin-messages.js';
import { findStrategy } from './strategy-registry.js';
import { type StrategySheet, sheetOf } from './strategy-sheet.js';

type Options = Readonly<Record<string, unknown>>;

let strategy: AnyStrategy | undefined;

process.on('disconnect', () => process.exit(1));
process.on('message', (request: ToPlugin) => void answer(request));

async function answer(request: ToPlugin): Promise<void> {
  const { number } = request;
  try {
    send({ number, value: await carryOut(request) });
  } catch (error) {
    send({ number, error: error instanceof Error ? error.message : String(error), usage: error instanceof UsageError });
  }
}

async function carryOut(request: ToPlugin): Promise<PluginDescription | StrategySheet | Options> {
  if (request.type === 'describe') return sheetOf(await findStrategy(request.name));
  if (request.type === 'load') {
    strategy = await findStrategy(request.name);
    const { name, title, family } = strategy;
    return { name, title: String(title), family: String(family), defaults: parseOptions<Options>(strategy, {}) };
  }
  return parseOptions<Options>(strategy as AnyStrategy, request.options);
}

function send(message: FromPlugin): void {
  process.send?.(message);
}
