/** `zeroth doctor`: which execution providers work here, how fast, and why the others do not. */
import { diagnose } from '../engine/providers.js';
import { columns, printJson, widthOf, wrap } from './terminal.js';

export async function doctor(options: { readonly json?: boolean }): Promise<void> {
  const diagnosis = await diagnose();
  if (options.json) {
    printJson(diagnosis);
    return;
  }
  const { auto, onnxruntime, trialGigaflop } = diagnosis;
  const rows = diagnosis.providers.map(({ provider, works, milliseconds, device, why }) => {
    const speed =
      milliseconds === undefined ? '' : `${milliseconds.toPrecision(3)} ms, ${(trialGigaflop / (milliseconds / 1000)).toFixed(0)} GFLOP/s`;
    return [provider, works ? 'works' : 'no', speed, [device, why].filter((text) => text !== undefined && text !== '').join('; ')];
  });
  const width = widthOf(process.stdout);
  process.stdout.write(`onnxruntime-node ${onnxruntime}, Node ${process.versions.node}, ${process.platform}-${process.arch}\n\n`);
  process.stdout.write(`${columns(rows, width)}\n\n${wrap(`auto takes ${auto.reason}.`, width).join('\n')}\n`);
}
