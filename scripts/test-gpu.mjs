/**
 * `npm run test:gpu`: the WebGPU tests alone, in one process, where an adapter is required. Linux machines without a GPU use
 * SwiftShader, a software Vulkan driver that Debian's `chromium` package carries together with the Vulkan loader.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';
const env = { ...process.env, ZEROTH_TEST_WEBGPU: 'required' };
if (process.platform === 'linux') {
  // a driver that the environment names is used; without one, SwiftShader stands in for a GPU that is not there
  if (!env.VK_DRIVER_FILES && !existsSync('/dev/dri') && existsSync(swiftShader)) env.VK_DRIVER_FILES = swiftShader;
  const folder = env.VK_DRIVER_FILES ? path.dirname(env.VK_DRIVER_FILES.split(':')[0]) : '';
  if (existsSync(path.join(folder, 'libvulkan.so.1'))) env.LD_LIBRARY_PATH = [env.LD_LIBRARY_PATH, folder].filter(Boolean).join(':');
}
const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
const options = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', jest, '--runInBand', 'dist/test/webgpu'];
const { status } = spawnSync(process.execPath, [...options, ...process.argv.slice(2)], { stdio: 'inherit', env });
process.exit(status ?? 1);
