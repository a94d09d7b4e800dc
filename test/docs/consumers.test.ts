import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { roleServices } from "../../model/aws/roleServices";
import { servicePrincipals } from "../../model/aws/servicePrincipals";
import { consumerKinds } from "../../model/catalogue/schema/consumer";
import { accountPlace } from "../../model/documents/accountHoldings";
import { consumerTrust } from "../../model/documents/trustPolicies";
import { planOf, repository, withCopy } from "../model/plan/support/samples";

const page = readFileSync(join(repository, "docs/consumers.md"), "utf8");
const sections = page
  .split(/^## /m)
  .slice(1)
  .map((text) => [text.slice(0, text.indexOf("\n")), text] as const);

const head = [
  "service: shop",
  "owner: shop-team@example.com",
  "description: Sells things",
  "environments: [staging, prod]",
  "secrets:",
  "  database:",
  "    description: Login of the shop",
  "    rotation: { method: postgres-alternating-users, every: 30 days, admin: admin }",
  "    database: { host: shop.example.com, port: 5432, name: shop, username: shop }",
  "  admin:",
  "    description: Login of the administrator",
  "    rotation: { method: postgres-single-user, every: 90 days }",
  "    database: { host: shop.example.com, port: 5432, name: shop, username: root_user }",
  "  key: { description: Signs links, rotation: { method: generated, every: 30 days } }",
  "parameters:",
  "  level: { description: Verbosity, type: String, value: info }",
  "",
].join("\n");

function block(text: string, language: string): string {
  const [, found] = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "m").exec(text) ?? [];
  assert.ok(found !== undefined, `no ${language}`);
  return found;
}

describe("the page of consumers", () => {
  it("tells of every kind once", () => {
    assert.deepEqual(
      sections.map(([kind]) => kind),
      [...consumerKinds],
    );
  });

  for (const [kind, text] of sections) {
    it(`${kind}: a manifest that is right, and the trust that its first consumer has`, () => {
      const plan = withCopy((root) => {
        writeFileSync(join(root, "services", "shop.yaml"), head + block(text, "yaml"));
        return planOf(root);
      });
      const own = plan.consumers.filter(
        ({ service, environment }) => service === "shop" && environment === "prod",
      );
      assert.ok(own.length > 0 && own.every(({ settings }) => settings.kind === kind));
      const { role, account } = own[0]!;
      assert.deepEqual(
        [JSON.parse(block(text, "json"))],
        JSON.parse(JSON.stringify(consumerTrust(role, accountPlace(plan.organisation, account)).Statement)),
      );
    });
  }

  it("role: every service, with what it runs, whom it trusts and AWS's page", () => {
    for (const [name, { runs, principal }] of Object.entries(roleServices)) {
      const [row = ""] = new RegExp(`^\\| \`${name}\` .*$`, "m").exec(page) ?? [];
      const { role } = servicePrincipals[principal];
      assert.ok(row.includes(`| ${runs} `), name);
      assert.ok(row.includes(`(${role.page})`), name);
      assert.equal(row.includes("of this account"), role.sends.length > 0, name);
    }
  });
});
