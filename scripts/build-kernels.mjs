/**
 * Compiles src/kernels/assembly to WebAssembly and writes src/kernels/kernels-wasm.ts, which is committed: an install needs no
 * compiler. `--print` writes the text to stdout instead (a test compares it with the committed file).
 */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
let wasm;
const { error, stderr } = await asc.main(
  [
    'src/kernels/assembly/index.ts',
    ...['--baseDir', root],
    ...['--outFile', 'kernels.wasm'],
    ...['--runtime', 'stub'],
    ...['--enable', 'simd'],
    ...['--importMemory', '--initialMemory', '1'],
    ...['--optimizeLevel', '3', '--shrinkLevel', '0'],
    '--noAssert',
    '--converge',
  ],
  {
    writeFile(name, contents) {
      if (name === 'kernels.wasm') wasm = contents;
    },
  },
);
if (error) {
  process.stderr.write(`${stderr.toString()}${error.message}\n`);
  process.exit(1);
}

const text = `/** Made of src/kernels/assembly by \`npm run kernels\`: do not edit. ${wasm.length} bytes of WebAssembly, in base64. */
export const kernelsWasm =
  '${Buffer.from(wasm).toString('base64')}';
`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(root, 'src/kernels/kernels-wasm.ts'), text);
