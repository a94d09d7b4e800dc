import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withReport } from "../../../tools/docs/readmeReport";
import { repository } from "../../model/plan/support/samples";
import { organisationRoot } from "../../support/organisation";

describe("the report in README.md", function () {
  this.timeout(240_000);

  it("is what a check of the samples prints; run `npm run docs` otherwise", async () => {
    const readme = readFileSync(join(repository, "README.md"), "utf8");
    assert.equal(await withReport(readme, organisationRoot), readme);
  });

  it("has to have a place", async () => {
    await assert.rejects(withReport("# Another page\n", organisationRoot), /no place for the report/);
  });
});
