import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkAccess } from "../../../../../cli/check/access";
import type { CheckedStacks } from "../../../../../cli/check/check";
import { pageData } from "../../../../../cli/check/html/data/pageData";
import type { PageData } from "../../../../../cli/check/html/data/types";
import { page as pageOf } from "../../../../../cli/check/html/page";
import type { Compared } from "../../../../../cli/check/textReport";
import { built } from "../../../../stacks/support/built";
import { type OpenedPage, TestBrowser } from "../../../../support/chromium/openPage";
import { provided } from "../../../../support/leftOut";

export interface CheckPages {
  /** The check of the tests' own organisation. */
  readonly checked: () => CheckedStacks;
  /** Has a check's page opened; then nothing may have been said by the browser, nor loaded beside it. */
  readonly opened: (
    result: CheckedStacks | PageData,
    use: (opened: OpenedPage) => Promise<void>,
    options?: { readonly compared?: Compared; readonly javaScript?: boolean },
  ) => Promise<void>;
  /** The file of a check's page. */
  readonly write: (result: CheckedStacks | PageData, compared?: Compared) => string;
  readonly browser: () => TestBrowser;
}

export function dataOf(result: CheckedStacks, compared?: Compared): PageData {
  return pageData(result, new Date("2026-11-28T23:00:00Z"), compared);
}

/** A Chromium and a check, for the suite that this is called in. */
export function checkPages(): CheckPages {
  let browser: TestBrowser | undefined;
  let folder: string;
  let checked: CheckedStacks;

  before(async function () {
    folder = mkdtempSync(join(tmpdir(), "check-page-"));
    browser = await provided(this, () => TestBrowser.start());
    const { plan, stacks } = await built("aws");
    const access = checkAccess(plan, stacks);
    checked = { plan, stacks, findings: [], exemptions: [], notes: [], rules: 71, access };
  });
  after(async () => {
    await browser?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const write: CheckPages["write"] = (result, compared) => {
    const file = join(folder, "page.html");
    writeFileSync(file, pageOf("made" in result ? result : dataOf(result, compared)));
    return file;
  };
  return {
    checked: () => checked,
    write,
    browser: () => browser!,
    opened: async (result, use, { compared, javaScript = true } = {}) => {
      const one = await browser!.open(write(result, compared), { javaScript });
      try {
        await use(one);
        assert.deepEqual(one.said, []);
        assert.deepEqual(one.askedBeside(), []);
      } finally {
        await one.page.close();
      }
    },
  };
}
