/** `zeroth problems`: the families of problem ids. */
import { problemFamilies } from '../problems/registry.js';
import { columns, printJson, widthOf } from './terminal.js';

export async function problems(options: { readonly json?: boolean }): Promise<void> {
  const families = await problemFamilies();
  if (options.json) {
    printJson(families.map(({ name, title, examples }) => ({ name, title, examples })));
    return;
  }
  const rows = families.map(({ name, title, examples }) => [name, `${title}. For example ${examples.join('  ')}`]);
  process.stdout.write(`${columns(rows, widthOf(process.stdout))}\n`);
}
