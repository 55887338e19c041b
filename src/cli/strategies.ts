/** `zeroth strategies`: what there is, or one strategy with its options. */
import { type Combinator, combinators } from '../../strategies/shared/combinators.js';
import { describeOptions, type OptionInfo } from '../core/options.js';
import { PluginProcess } from '../study/plugin-process.js';
import { allStrategies, checkStrategyName, findStrategy, isBuiltIn } from '../study/strategy-registry.js';
import { type StrategySheet, sheetOf } from '../study/strategy-sheet.js';
import { columns, printJson, widthOf, wrap } from './terminal.js';

/** Seconds that a plug-in may take to load. */
const loadLimit = 30;

export async function strategies(name: string | undefined, options: { readonly json?: boolean }): Promise<void> {
  if (name !== undefined) {
    const sheet = isBuiltIn(name) ? sheetOf(await findStrategy(name)) : await sheetOfPlugin(name);
    if (options.json) printJson([entry(sheet)]);
    else printOne(sheet);
    return;
  }
  const sheets = (await allStrategies()).map(sheetOf);
  if (options.json) {
    printJson([...sheets.map(entry), ...(await Promise.all(Object.entries(combinators).map(around)))]);
    return;
  }
  const width = widthOf(process.stdout);
  const rows = sheets.map(({ name, family, card, title }) => [name, family, `needs ${card.needs}`, title]);
  const outer = Object.entries(combinators).map(([outer, { title }]) => [`${outer}(NAME)`, title]);
  process.stdout.write(
    `${columns(rows, width)}\n\nAround any of them, or around a file of your own:\n${columns(outer, width)}\n\n\`zeroth strategies NAME\` lists the options of one.\n`,
  );
}

/** Loaded in a process of its own, which it may hang or end. */
async function sheetOfPlugin(name: string): Promise<StrategySheet> {
  checkStrategyName(name);
  const plugin = new PluginProcess(name, loadLimit);
  try {
    return await plugin.describe();
  } finally {
    plugin.close();
  }
}

function printOne({ title, family, citation, reference: { link }, suits, options }: StrategySheet): void {
  const width = widthOf(process.stdout);
  const source = `${citation}${link ? ` ${link}` : ''}`;
  const rows = options.map(({ name, default: value, meaning, allowed }) => [
    name,
    value === undefined ? '' : `= ${JSON.stringify(value)}`,
    `${meaning} Takes ${allowed}.`,
  ]);
  const head = [source, `For problems with ${suits.join(', ')}.`].flatMap((text) => wrap(text, width)).join('\n');
  process.stdout.write(`${title} (${family})\n${head}\n\n${columns(rows, width)}\n`);
}

function entry({ name, title, family, reference, card, options }: StrategySheet): unknown {
  return { name, title, family, reference, card, options };
}

/** Of a combinator, which has the options of the strategy that it goes around beside its own. */
async function around([outer, { title, around }]: [string, Combinator]): Promise<{ name: string; title: string; options: OptionInfo[] }> {
  const inner = await findStrategy('nelder-mead');
  const innerNames = describeOptions(inner).map(({ name }) => name);
  const options = describeOptions(around(inner)).filter(({ name }) => !innerNames.includes(name));
  return { name: `${outer}(NAME)`, title, options };
}
