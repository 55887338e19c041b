/** `zeroth train`: one run, here and now, or beside, where the strategy is the user's own. */

import { parseStrategyArgument } from '../study/strategy-argument.js';
import { checkStrategyName, isBuiltIn } from '../study/strategy-registry.js';
import { endBeforeAnythingRan, onInterrupt, tellInterrupted } from './interruption.js';
import { type TrainOptions, trainHere } from './train-run.js';

export async function train(id: string | undefined, options: TrainOptions): Promise<void> {
  const { name } = parseStrategyArgument(options.strategy);
  if (!isBuiltIn(name)) {
    checkStrategyName(name);
    const { trainApart } = await import('./train-apart.js');
    await trainApart({ type: 'train', id, options });
    return;
  }
  let running = false;
  const interrupt = onInterrupt(() => (running ? tellInterrupted('ending after the present query') : endBeforeAnythingRan()));
  const begun = () => {
    running = true;
  };
  try {
    await trainHere(id, options, { signal: interrupt.signal, begun });
  } finally {
    interrupt.release();
  }
}
