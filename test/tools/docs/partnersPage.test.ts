import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { externalPartner, externalSecretTypes } from "../../../model/aws/externalSecrets";
import { partnersPage } from "../../../tools/docs/partnersPage";

const root = path.resolve(__dirname, "../../..");

describe("the page of partners", () => {
  const page = partnersPage();

  it("is what docs/partners.md says; run `npm run docs` otherwise", () => {
    assert.equal(readFileSync(path.join(root, "docs/partners.md"), "utf8"), page);
  });

  it("names of each type AWS's page, every field and every key of its metadata", () => {
    for (const type of externalSecretTypes) {
      const { page: source, fields, metadata } = externalPartner(type);
      const from = page.indexOf(`\`${type}\`\n`);
      const own = page.slice(
        from,
        page.indexOf("\n## ", from) === -1 ? undefined : page.indexOf("\n## ", from),
      );
      assert.ok(from > 0 && own.includes(source), type);
      for (const name of [...Object.keys(fields), ...Object.keys(metadata)])
        assert.ok(own.includes(`| \`${name}\``), `${type}.${name}`);
    }
  });
});
