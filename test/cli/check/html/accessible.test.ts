import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Page } from "puppeteer-core";
import { checkPages } from "./support/checkPages";
import { plantedComparison, planted } from "./support/hostile";
import { run, texts } from "./support/inPage";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What has the focus, and whether one sees it. */
const focused = `(() => {
  const { activeElement: one } = document;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const name = one.id || one.getAttribute("href") || one.tagName;
  return { name, seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 };
})()`;

const displayOf = (page: Page, selector: string) =>
  run<string>(page, `getComputedStyle(document.querySelector("${selector}")).display`);

describe("the page of a check, for everybody who reads it, in Chromium", function () {
  this.timeout(480_000);
  const { opened, checked } = checkPages();

  it("reaches everything by Tab, each with a focus that is seen", async () => {
    await opened(checked(), async ({ page }) => {
      const reached = new Set<string>();
      for (let at = 0; at < 90; at++) {
        await page.keyboard.press("Tab");
        const one = await run<{ name: string; seen: boolean }>(page, focused);
        if (one.name === "BODY") break;
        assert.ok(one.seen, `${one.name} has a focus that is not seen`);
        reached.add(one.name);
      }
      for (const name of ["#findings", "#access", "filter-service", "filter-environment", "filter-role"])
        assert.ok(reached.has(name), `${name} among ${[...reached].join()}`);
      for (const name of ["filter-item", "BUTTON", "SUMMARY"]) assert.ok(reached.has(name), name);
    });
  });

  it("shows on a telephone each heading of a table whole, and scrolls sideways only what has many columns", async () => {
    await opened(checked(), async ({ page }) => {
      await page.setViewport({ width: 360, height: 800 });
      await run(page, 'for (const one of document.querySelectorAll("details")) one.open = true');
      const tables = await run<
        readonly { caption: string; columns: number; hidden: number; beyond: number }[]
      >(
        page,
        `[...document.querySelectorAll(".wide")].map((region) => {
          const caption = region.querySelector("caption");
          const text = document.createRange();
          text.selectNodeContents(caption);
          return {
            caption: caption.textContent,
            columns: region.querySelectorAll("thead th").length,
            hidden: region.scrollWidth - region.clientWidth,
            beyond: text.getBoundingClientRect().right - region.getBoundingClientRect().right,
          };
        })`,
      );
      assert.ok(tables.length >= 4);
      assert.deepEqual(
        tables.filter(({ beyond }) => beyond > 0),
        [],
      );
      assert.deepEqual(
        tables.filter(({ columns, hidden }) => columns <= 4 && hidden > 0),
        [],
      );
    });
  });

  for (const scheme of ["light", "dark"])
    for (const width of [1280, 390])
      it(`has nothing that axe finds: ${scheme}, ${width} pixels wide`, async () => {
        const compared = { comparison: plantedComparison("main"), isRefused: true };
        const result = planted(checked(), (number) => ` text ${number}`);
        await opened(
          result,
          async ({ page }) => {
            await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
            await page.setViewport({ width, height: 800 });
            await run(page, 'for (const one of document.querySelectorAll("details")) one.open = true');
            await run(page, axe);
            const { violations, passes } = await run<AxeResults>(page, "axe.run()");
            assert.deepEqual(
              violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
              [],
            );
            assert.ok(passes.some(({ id }) => id === "color-contrast"));
            const scrolled = await run<number>(page, "document.documentElement.scrollWidth");
            assert.ok(scrolled <= width, `${scrolled} pixels wide`);
          },
          { compared },
        );
      });

  it("fits on paper, without what is for screens", async () => {
    await opened(checked(), async ({ page }) => {
      await page.emulateMediaType("print");
      // A4 without its margins, at 96 pixels an inch.
      await page.setViewport({ width: 703, height: 1000 });
      assert.ok((await run<number>(page, "document.documentElement.scrollWidth")) <= 703);
      for (const hidden of ["nav", "#filters"]) assert.equal(await displayOf(page, hidden), "none");
      assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
    });
  });

  it("says who reads what by service where no script runs", async () => {
    await opened(
      checked(),
      async ({ page }) => {
        const [first = ""] = await texts(page, ".lists details");
        assert.match(first, /^catalog: \d+ items/);
        const lists = (await texts(page, ".lists dd")).join("\n");
        assert.ok(lists.includes("orders-prod-api"));
        assert.equal(await displayOf(page, "#filters"), "none");
      },
      { javaScript: false },
    );
  });
});
