/** `zeroth report`: the report of a study again, from its store. */
import { join } from 'node:path';
import { summaryTable } from '../../reports/terminal.js';
import { writeReport } from '../../reports/write.js';
import { readResults } from '../study/read-results.js';
import { RunStore } from '../study/store.js';
import { printJson, wantsColor, widthOf } from './terminal.js';

export async function report(folder: string, options: { readonly json?: boolean; readonly reference?: string }): Promise<void> {
  const store = RunStore.open(join(folder, 'runs.db'));
  try {
    const results = readResults(store);
    const { page, files } = await writeReport(results, join(folder, 'report'), { reference: options.reference });
    if (options.json) {
      printJson({ out: folder, report: page, files: files.map((path) => join('report', path)), results });
      return;
    }
    process.stdout.write(summaryTable(results, { color: wantsColor(process.stdout), width: widthOf(process.stdout) }));
    if (results.missing > 0) process.stdout.write(`\n${results.missing} runs are still to be done:\n  ${results.commands.study}\n`);
    process.stdout.write(`\nReport: ${page}\n`);
  } finally {
    store.close();
  }
}
