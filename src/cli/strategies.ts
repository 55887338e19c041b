/** `zeroth strategies`: what there is, or one strategy with its options. */
import { combinators } from '../../strategies/shared/combinators.js';
import { citation, suits } from '../core/card-words.js';
import { describeOptions } from '../core/options.js';
import type { AnyStrategy } from '../core/strategy.js';
import { allStrategies, findStrategy } from '../study/strategy-registry.js';
import { columns, printJson, widthOf, wrap } from './terminal.js';

export async function strategies(name: string | undefined, options: { readonly json?: boolean }): Promise<void> {
  const found = name === undefined ? await allStrategies() : [await findStrategy(name)];
  if (options.json) {
    printJson(found.map(describe));
    return;
  }
  const width = widthOf(process.stdout);
  if (name === undefined) {
    const rows = found.map(({ name, family, card, title }) => [name, family, `needs ${card.needs}`, title]);
    const around = Object.entries(combinators).map(([outer, { title }]) => [`${outer}(NAME)`, title]);
    process.stdout.write(
      `${columns(rows, width)}\n\nAround any of them, or around a file of your own:\n${columns(around, width)}\n\n\`zeroth strategies NAME\` lists the options of one.\n`,
    );
    return;
  }
  const [strategy] = found;
  const { link } = strategy.reference;
  const source = `${citation(strategy)}${link ? ` ${link}` : ''}`;
  const rows = describeOptions(strategy).map((option) => [
    option.name,
    option.default === undefined ? '' : `= ${JSON.stringify(option.default)}`,
    `${option.meaning} Takes ${option.allowed}.`,
  ]);
  process.stdout.write(
    `${strategy.title} (${strategy.family})\n${[source, `For problems with ${suits(strategy).join(', ')}.`].flatMap((text) => wrap(text, width)).join('\n')}\n\n${columns(rows, width)}\n`,
  );
}

function describe(strategy: AnyStrategy): unknown {
  const { name, title, family, reference, card } = strategy;
  const { needs, bounds, noise, largestDimension, largestBudget = null, invariances } = card;
  return {
    name,
    title,
    family,
    reference,
    card: {
      needs,
      bounds,
      noise,
      largestDimension: Number.isFinite(largestDimension) ? largestDimension : null,
      largestBudget,
      invariances,
    },
    options: describeOptions(strategy),
  };
}
