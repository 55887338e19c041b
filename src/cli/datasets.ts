/** `zeroth datasets`: the data sets, whether they are here, and the command that gets those that are not. */
import { describeDatasets } from '../datasets/catalog.js';
import { columns, printJson, widthOf } from './terminal.js';

export function datasets(options: { readonly json?: boolean }): void {
  const found = describeDatasets();
  if (options.json) {
    printJson(found);
    return;
  }
  const rows = found.map(({ name, title, samples, classes, installed, get }) => [
    name,
    `${samples} samples`,
    classes > 0 ? `${classes} classes` : 'regression',
    installed ? title : `${title}. Not installed: ${get ?? ''}`,
  ]);
  process.stdout.write(`${columns(rows, widthOf(process.stdout))}\n`);
}
