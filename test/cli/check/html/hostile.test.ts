import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { Page } from "puppeteer-core";
import { checkPages } from "./support/checkPages";
import { hostileTexts, planted, plantedComparison } from "./support/hostile";
import { run } from "./support/inPage";

describe("the page of a check with hostile texts, in Chromium", function () {
  this.timeout(480_000);
  const { opened, checked, write, browser } = checkPages();

  for (const javaScript of [true, false])
    it(`takes every text of others for text, with scripts ${javaScript ? "on" : "off"}`, async () => {
      const title = "Secrets and parameters of o-exampleorgid";
      const elements = (page: Page) =>
        run<readonly string[]>(
          page,
          `[...new Set([...document.querySelectorAll("body, body *")].flatMap(({ tagName, attributes }) =>
            [tagName, ...[...attributes].map(({ name }) => tagName + " " + name)]))]`,
        );
      const harmless: string[] = [];
      const comparison = (text: string) => ({ comparison: plantedComparison(text), isRefused: true });
      const mild = (number: number) => ` mild${number}`;
      await opened(
        planted(checked(), mild),
        async ({ page }) => void harmless.push(...(await elements(page))),
        { javaScript, compared: comparison("mild") },
      );
      for (const [at, text] of hostileTexts.entries())
        await opened(
          planted(checked(), (number) => hostileTexts[(at + number) % hostileTexts.length]!),
          async ({ page }) => {
            assert.ok((await page.title()).startsWith(title), await page.title());
            assert.equal(
              await page.$("[data-planted], iframe, img, base, body script + script + script"),
              null,
            );
            assert.deepEqual(
              (await elements(page)).filter((one) => !harmless.includes(one)),
              [],
              text,
            );
          },
          { javaScript, compared: comparison(text) },
        );
    });

  it("runs no script but its own, even one that was put in", async () => {
    const file = write(checked());
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("</main>", "<script>document.title='ran'</script></main>"));
    const { page, said } = await browser().open(file);
    assert.notEqual(await page.title(), "ran");
    assert.match(said.join(), /Content Security Policy/);
    await page.close();
  });
});
