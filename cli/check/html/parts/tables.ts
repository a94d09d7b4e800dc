import { markup, type Markup } from "../markup";

/** A part of the page, with a heading that links lead to. */
export function section(id: string, title: string, ...body: readonly (Markup | undefined)[]): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title" tabindex="-1">
<h2 id="${id}-title">${title}</h2>
${body.filter((one) => one !== undefined)}
</section>`;
}

export interface Column {
  readonly title: string;
  /** To the right, as numbers are. */
  readonly isNumber?: boolean;
}

/** The first cell of a row heads it; numbers get commas. */
export type Row = readonly [Markup | string, ...(Markup | string | number)[]];

/**
 * A table that scrolls by itself where it is wider than the page: by keyboard too, which takes that it can be focused
 * (https://www.w3.org/WAI/WCAG22/Understanding/keyboard.html). Nothing where there is no row.
 */
export function table(caption: string, columns: readonly Column[], rows: readonly Row[]): Markup | undefined {
  if (rows.length === 0) return undefined;
  const classOf = (at: number) => (columns[at]?.isNumber === true ? "number" : "text");
  const head = columns.map(({ title }, at) => markup`<th scope="col" class="${classOf(at)}">${title}</th>`);
  const body = rows.map(([first, ...rest]) => {
    const cells = rest.map((cell, at) => markup`<td class="${classOf(at + 1)}">${shown(cell)}</td>`);
    return markup`<tr><th scope="row">${first}</th>${cells}</tr>`;
  });
  return markup`<div class="wide" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody></table></div>`;
}

function shown(cell: Markup | string | number): Markup | string {
  return typeof cell === "number" ? number(cell) : cell;
}

/** `4,472` */
export function number(amount: number): string {
  return amount.toLocaleString("en");
}

/** Folded away where it is long; the count stands in what is seen of it. */
export function folded(summary: string, body: Markup, isOpen: boolean): Markup {
  return isOpen
    ? markup`<details open><summary>${summary}</summary>${body}</details>`
    : markup`<details><summary>${summary}</summary>${body}</details>`;
}

export function list(items: readonly (Markup | string)[]): Markup {
  return markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`;
}

export function code(text: string): Markup {
  return markup`<code>${text}</code>`;
}
