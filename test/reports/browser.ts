/** A page in a real browser, driven by a function that runs within it. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

// biome-ignore lint/suspicious/noExplicitAny: the browser's own objects, which are not in a Node library's types
export type Browser = any;

export const browserNames: readonly string[] = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Its path; undefined where none is installed. */
export const browser: string | undefined = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => browserNames.map((name) => join(folder, name)))
  .find((path) => existsSync(path));

/** Before anything else of the page: what goes wrong is kept in `window.errors`. */
const listen = `<script>
window.errors = [];
for (const kind of ['error', 'warn']) console[kind] = (...words) => errors.push(words.join(' '));
addEventListener('error', ({ message }) => errors.push(message));
addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
document.addEventListener('securitypolicyviolation', ({ blockedURI }) => errors.push('asked for ' + blockedURI));
</script>`;

/** What `drive` saw, plain JSON. It runs within the page as its own source text: so it may refer to nothing outside itself. */
export async function drivePage<Seen>(
  page: string,
  drive: (window: Browser) => Promise<Seen>,
  options: readonly string[] = [],
): Promise<Seen> {
  if (browser === undefined) throw new Error(`None of ${browserNames.join(', ')} is in the PATH.`);
  const folder = mkdtempSync(join(tmpdir(), 'zeroth-page-'));
  try {
    const file = join(folder, 'index.html');
    const end = `<script>(${drive.toString()})(window).then((seen) => {
const place = document.createElement('pre');
place.id = 'seen';
place.textContent = encodeURIComponent(JSON.stringify(seen));
document.body.append(place);
});</script></body></html>`;
    const copy = page.replace('<title>', () => `${listen}<title>`).replace(/<\/body>\s*<\/html>\s*$/, () => end);
    writeFileSync(file, copy);
    const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
    const args = ['--headless', '--no-sandbox', '--disable-gpu', ...quiet, ...options, `--user-data-dir=${join(folder, 'profile')}`];
    const { stdout } = await promisify(execFile)(
      browser,
      [...args, '--window-size=1280,2000', '--virtual-time-budget=20000', '--dump-dom', pathToFileURL(file).href],
      { maxBuffer: 64 * 2 ** 20, timeout: 110_000 },
    );
    const [, found] = /<pre id="seen">(.*?)<\/pre>/s.exec(stdout) ?? [];
    if (found === undefined) throw new Error('The page was not driven to its end.');
    return JSON.parse(decodeURIComponent(found)) as Seen;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
