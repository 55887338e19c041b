/** The page's fonts as CSS: Latin letters always, of the Chinese ones those pieces that its words need. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** `@font-face` rules, the files within them. `content`: the page's text. */
export async function fontFaces(content: string): Promise<string> {
  const faces = await Promise.all(
    [400, 600].map(async (weight) =>
      face('Zeroth Sans', String(weight), require.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff2`)),
    ),
  );
  const letters = [...new Set(content)].map((letter) => letter.codePointAt(0) ?? 0).filter((code) => code >= 0x2e80);
  return [...faces, ...(letters.length === 0 ? [] : await chineseFaces(letters))].join('\n');
}

/** The package's style sheet says which letters each of its files has. */
async function chineseFaces(letters: readonly number[]): Promise<string[]> {
  const folder = dirname(require.resolve('@fontsource-variable/noto-sans-sc/package.json'));
  const sheet = await readFile(join(folder, 'index.css'), 'utf8');
  const faces: string[] = [];
  for (const [, block] of sheet.matchAll(/@font-face\s*\{([^}]*)\}/g)) {
    const file = /url\(([^)]+\.woff2)\)/.exec(block)?.[1];
    const ranges = /unicode-range:\s*([^;]+);/.exec(block)?.[1].trim();
    if (file === undefined || ranges === undefined || !letters.some((code) => within(code, ranges))) continue;
    faces.push(await face('Zeroth Sans SC', '100 900', join(folder, file), ranges));
  }
  return faces;
}

function within(code: number, ranges: string): boolean {
  return ranges.split(',').some((range) => {
    const [from, to = from] = range.trim().replace(/^U\+/i, '').split('-');
    return code >= Number.parseInt(from, 16) && code <= Number.parseInt(to, 16);
  });
}

async function face(family: string, weight: string, path: string, ranges?: string): Promise<string> {
  const data = (await readFile(path)).toString('base64');
  const only = ranges === undefined ? '' : `;unicode-range:${ranges}`;
  return `@font-face{font-family:"${family}";font-weight:${weight};font-display:block;src:url(data:font/woff2;base64,${data}) format("woff2")${only}}`;
}
