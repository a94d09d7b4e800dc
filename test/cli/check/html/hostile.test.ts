import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { Page } from "puppeteer-core";
import type { CheckedStacks } from "../../../../cli/check/check";
import type { PageData } from "../../../../cli/check/html/data/types";
import { checkPages, dataOf } from "./support/checkPages";
import { hostileTexts, planted, plantedComparison, plantedEverywhere } from "./support/hostile";
import { run } from "./support/inPage";

/** Which elements a page has, and which attributes they have. */
const elements = (page: Page) =>
  run<readonly string[]>(
    page,
    `[...new Set([...document.querySelectorAll("body, body *")].flatMap(({ tagName, attributes }) =>
      [tagName, ...[...attributes].map(({ name }) => tagName + " " + name)]))]`,
  );

describe("the page of a check with hostile texts, in Chromium", function () {
  this.timeout(480_000);
  const { opened, checked, write, browser } = checkPages();

  /** The page of what `plant` makes is, but for its texts, the one of what it makes of harmless texts. */
  const holds = async (
    plant: (text: (number: number) => string, one: string) => CheckedStacks | PageData,
    javaScript: boolean,
  ): Promise<void> => {
    const harmless = new Set<string>();
    const compare = (text: string) => ({ comparison: plantedComparison(text), isRefused: true });
    await opened(
      plant((number) => ` mild${number}`, "mild"),
      async ({ page }) => (await elements(page)).forEach((one) => harmless.add(one)),
      { javaScript, compared: compare("mild") },
    );
    assert.ok(harmless.size > 30);
    for (const [at, text] of hostileTexts.entries())
      await opened(
        plant((number) => hostileTexts[(at + number) % hostileTexts.length]!, text),
        async ({ page }) => {
          const title = await page.title();
          assert.ok(title.startsWith("Secrets and parameters of o-exampleorgid"), title);
          assert.equal(
            await page.$("[data-planted], iframe, img, base, body script + script + script"),
            null,
          );
          const found = (await elements(page)).filter((one) => !harmless.has(one));
          assert.deepEqual(found, [], text);
        },
        { javaScript, compared: compare(text) },
      );
  };

  for (const javaScript of [true, false]) {
    const scripts = `with scripts ${javaScript ? "on" : "off"}`;
    it(`takes every text of manifests and findings for text, ${scripts}`, async () => {
      await holds((text) => planted(checked(), text), javaScript);
    });

    it(`takes for text whatever else it is given, ${scripts}`, async () => {
      await holds((text, one) => {
        const compared = { comparison: plantedComparison(one), isRefused: true };
        return plantedEverywhere(dataOf(planted(checked(), text), compared), text);
      }, javaScript);
    });
  }

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
