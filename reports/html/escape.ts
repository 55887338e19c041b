/** Text into HTML, so that no name, message or number can be anything else than text. */

/** For element content and for attributes in double quotes. */
export function text(value: string | number): string {
  return String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}

/** A block of JSON for the page's script: no `<` inside, so no tag can end it. */
export function jsonBlock(id: string, value: unknown): string {
  const json = JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
  return `<script type="application/json" id="${text(id)}">${json}</script>`;
}

export interface Cell {
  /** HTML. */
  readonly content: string;
  readonly numeric?: boolean;
  /** Heads the row. */
  readonly head?: boolean;
}

export interface TableRow {
  readonly cells: readonly Cell[];
  /** HTML attributes. */
  readonly attributes?: string;
}

/** A table with a caption for screen readers and heads that name their column, in a box that scrolls sideways on its own. */
export function table(
  caption: string,
  heads: readonly { readonly name: string; readonly numeric?: boolean }[],
  rows: readonly TableRow[],
): string {
  const classOf = (numeric?: boolean) => (numeric === true ? ' class="number"' : '');
  const head = heads.map(({ name, numeric }) => `<th scope="col"${classOf(numeric)}>${text(name)}</th>`).join('');
  const body = rows.map(({ cells, attributes }) => {
    const inner = cells.map(({ content, numeric, head: heading }) =>
      heading === true ? `<th scope="row"${classOf(numeric)}>${content}</th>` : `<td${classOf(numeric)}>${content}</td>`,
    );
    return `<tr${attributes === undefined ? '' : ` ${attributes}`}>${inner.join('')}</tr>`;
  });
  return (
    `<div class="scroll" tabindex="0" role="region" aria-label="${text(caption)}"><table><caption class="unseen">${text(caption)}</caption>` +
    `<thead><tr>${head}</tr></thead>\n<tbody>${body.join('\n')}</tbody></table></div>`
  );
}
