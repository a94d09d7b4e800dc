import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { JsonReport } from "../../../cli/check/jsonReport";
import { copyOrganisation } from "../../support/organisation";
import type { Ran } from "../support/platform";

/** What the command does when a rule finds something: it is the last thing between a weak resource and an account. */
describe("platform check that finds something", function () {
  this.timeout(240_000);
  let root: string;

  before(() => {
    root = mkdtempSync(join(tmpdir(), "refused-"));
    copyOrganisation(root);
    mkdirSync(join(root, "policies"));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  afterEach(() => rmSync(join(root, "policies", "exemptions.yaml"), { force: true }));

  function check(probes: string, ...args: readonly string[]): Promise<Ran> {
    const file = join(__dirname, "support", "refusing.ts");
    const options = { cwd: root, env: { ...process.env, CI: "true", PROBES: probes }, maxBuffer: 2 ** 24 };
    const command = ["--import", pathToFileURL(require.resolve("tsx")).href, file];
    return new Promise((resolve) => {
      execFile(process.execPath, [...command, "check", ...args], options, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
  }

  const exempt = (rule: string, resource: string, until: string) =>
    writeFileSync(
      join(root, "policies", "exemptions.yaml"),
      [
        "exemptions:",
        `  - rule: ${rule}`,
        `    resource: "${resource}"`,
        "    reason: Only for the test",
        "    owner: orders-team@example.com",
        `    until: ${until}`,
        "",
      ].join("\n"),
    );

  const violationsOf = ({ stdout }: Ran) =>
    (JSON.parse(stdout) as JsonReport).violations.map(({ stack, policy, level }) => [stack, policy, level]);

  it("exits with 1, names what is refused, and says to fix it first", async () => {
    const { code, stdout, stderr } = await check("probe-mandatory");
    assert.deepEqual([code, stderr], [1, ""]);
    assert.match(stdout, /^2 findings of \d+ policies refuse this$/m);
    for (const stack of ["staging", "prod"])
      assert.match(stdout, new RegExp(`^ {2}refused ${stack}: .*\\n {10}probe-mandatory: .*name`, "m"));
    assert.match(stdout, /\nNext: correct what is refused, then run this again\.\n$/);
    assert.doesNotMatch(stdout, /nothing refused|pulumi up/);
  });

  it("exits with 0 where only advice is found", async () => {
    const ran = await check("probe-advisory", "--format", "json");
    assert.deepEqual([ran.code, ran.stderr], [0, ""]);
    assert.deepEqual(violationsOf(ran), [
      ["staging", "probe-advisory", "advisory"],
      ["prod", "probe-advisory", "advisory"],
    ]);
  });

  it("with --stack exits by what that stack has alone", async () => {
    const { code, stdout } = await check("probe-mandatory", "--stack", "security");
    assert.equal(code, 0);
    assert.match(stdout, /^\d+ policies, nothing refused$/m);
  });

  it("exits with 1 where documents open something else than was granted, and says what", async () => {
    const { code, stdout } = await check("access");
    assert.equal(code, 1);
    assert.match(stdout, /^\d+ policies, nothing refused$/m);
    assert.match(
      stdout,
      /^ {2}access {2}\S+:role\/services\/orders\/orders-prod-api cannot read, though it was granted, \S+\n {10}.*\n {10}to set it right: a statement that allows /m,
    );
    assert.match(stdout, /\nNext: correct what is refused, then run this again\.\n$/);
    const json = await check("access", "--format", "json");
    assert.equal(json.code, 1);
    const { access } = JSON.parse(json.stdout) as JsonReport;
    assert.ok(access !== undefined && "unexpected" in access && access.unexpected.length > 50);
    assert.deepEqual(
      [access.unexpected[0]?.expected, access.unexpected[0]?.decision],
      ["allowed", "refused"],
    );
  });

  it("takes an exempt finding for advice, and counts the exemption as used", async () => {
    exempt("probe-mandatory", "*", "2999-12-31");
    const { code, stdout } = await check("probe-mandatory");
    assert.equal(code, 0);
    assert.match(stdout, /^\d+ policies, nothing refused, 2 advisory findings$/m);
    assert.match(
      stdout,
      /probe-mandatory: Exempt until 2999-12-31 \(orders-team@example\.com: Only for the test\)/,
    );
    assert.doesNotMatch(stdout, /matches no finding/);
  });

  it("refuses what an exemption does not cover: another resource, and after its last day", async () => {
    exempt("probe-mandatory", `urn:pulumi:staging::*services-boundary-policy`, "2999-12-31");
    const partly = await check("probe-mandatory", "--format", "json");
    assert.equal(partly.code, 1);
    assert.deepEqual(violationsOf(partly), [
      ["staging", "probe-mandatory", "advisory"],
      ["prod", "probe-mandatory", "mandatory"],
    ]);
    exempt("probe-mandatory", "*", "2020-01-01");
    const late = await check("probe-mandatory", "--format", "json");
    assert.equal(late.code, 1);
    assert.deepEqual(violationsOf(late), [
      ["staging", "probe-mandatory", "mandatory"],
      ["prod", "probe-mandatory", "mandatory"],
      ["all", "exemptions", "advisory"],
    ]);
  });
});
