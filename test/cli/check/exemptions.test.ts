import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { organisationFiles, settingsFiles } from "../../support/organisation";
import { check, type CheckedStacks } from "../../../cli/check/check";

const repository = join(__dirname, "..", "..", "..");

/** The sample organisation with the manifests of the engine tests, and these exemptions. */
function copyOf(exemptions: string): string {
  const root = mkdtempSync(join(tmpdir(), "exemptions-"));
  for (const name of settingsFiles) cpSync(join(organisationFiles, name), join(root, name));
  cpSync(join(repository, "test", "engine", "manifests"), join(root, "services"), { recursive: true });
  mkdirSync(join(root, "policies"));
  writeFileSync(join(root, "policies", "exemptions.yaml"), exemptions);
  return root;
}

function exemption(rule: string, until: string): string {
  return [
    `  - rule: ${rule}`,
    `    resource: "*"`,
    "    reason: Only for the test",
    "    owner: orders-team@example.com",
    `    until: ${until}`,
  ].join("\n");
}

async function checked(exemptions: string) {
  const root = copyOf(exemptions);
  try {
    return await check({ root, servicesDirectory: undefined, progress: () => {} });
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe("exemptions in platform check", function () {
  this.timeout(240_000);

  it("are reported when they match nothing, and when they are past their date", async () => {
    const result = (await checked(
      `exemptions:\n${exemption("key-rotation", "2999-12-31")}\n${exemption("secret-cmk", "2020-01-01")}\n`,
    )) as CheckedStacks;
    const said = result.findings.filter(({ policy }) => policy === "exemptions");
    assert.deepEqual(
      said.map(({ stack, level }) => [stack, level]),
      [
        ["all", "advisory"],
        ["all", "advisory"],
      ],
    );
    assert.match(said[0]?.message ?? "", /^exemptions\.yaml:2: .*key-rotation matches no finding/);
    assert.match(said[1]?.message ?? "", /^exemptions\.yaml:7: .*secret-cmk ended on 2020-01-01/);
  });

  it("stop the check with their place when their file is wrong", async () => {
    const result = await checked("exemptions:\n  - rule: no-such-rule\n");
    assert.ok("errors" in result);
    assert.ok(result.errors.length > 1, "everything at once");
    assert.ok(result.errors.every(({ file, line }) => file === "policies/exemptions.yaml" && line === 2));
  });
});
