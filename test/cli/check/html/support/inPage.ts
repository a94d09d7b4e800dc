import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "puppeteer-core";

/**
 * What an expression comes to inside the page. As a text: this program is no browser's, and has neither its types nor, once
 * it is compiled, functions that run there.
 */
export async function run<T>(page: Page, expression: string): Promise<T> {
  return (await page.evaluate(expression)) as T;
}

export function texts(page: Page, selector: string): Promise<readonly string[]> {
  return run(
    page,
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.textContent.trim())`,
  );
}

/** Types into a filter in place of what stands there, and waits until it is drawn: a little after the last key. */
export async function type(page: Page, name: string, text: string): Promise<void> {
  await run(page, `document.getElementById("filter-${name}").value = ""`);
  await page.type(`#filter-${name}`, text);
  await wait(400);
}

/** Waits until the matrix has those tables and no others. */
export async function settled(page: Page, captions: readonly string[]): Promise<void> {
  const shown = '[...document.querySelectorAll("#matrix caption")].map((one) => one.textContent).join()';
  await page.waitForFunction(`${shown} === ${JSON.stringify(captions.join())}`, { timeout: 30_000 });
}

/** Heads of the columns that have a circle in the row of an item. */
export function readersOf(page: Page, caption: string, item: string): Promise<readonly string[]> {
  return run(
    page,
    `(() => {
      const table = [...document.querySelectorAll("#matrix table")].find(
        (one) => one.caption.textContent === ${JSON.stringify(caption)},
      );
      const heads = [...table.tHead.rows[0].cells].map((one) => one.textContent);
      const row = [...table.tBodies[0].rows].find(
        ({ cells }) => cells[0].firstChild.textContent === ${JSON.stringify(item)},
      );
      return [...row.cells].flatMap((cell, at) => (cell.querySelector(".dot") ? [heads[at]] : []));
    })()`,
  );
}
