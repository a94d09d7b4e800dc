import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { organisationFiles } from "../../../support/organisation";
import { platform, stackTrace } from "../../support/platform";

describe("platform check --html", function () {
  this.timeout(480_000);
  let folder: string;

  before(() => (folder = mkdtempSync(join(tmpdir(), "check-html-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("writes the page beside the report that it prints, without a value of a manifest in it", async () => {
    const services = join(folder, "services");
    cpSync(join(organisationFiles, "services"), services, { recursive: true });
    const level = [
      "service: canaries",
      "owner: canary-team@example.com",
      "description: Sings <b>loudly</b>",
      "environments: [staging, prod]",
      "parameters:",
      "  level: { description: Verbosity, type: String, value: canary-value }",
      "  levels: { description: More, type: StringList, value: { staging: [canary-list], prod: [canary-other] } }",
      "consumers:",
      "  api: { kind: lambda, reads: [level, levels] }",
    ];
    writeFileSync(join(services, "canaries.yaml"), level.join("\n"));
    const file = join(folder, "report.html");
    const { code, stdout, stderr } = await platform(["check", "--services", services, "--html", file]);
    assert.deepEqual([code, stderr], [0, ""], stdout);
    assert.match(stdout, /policies, nothing refused/);
    const text = readFileSync(file, "utf8");
    assert.ok(text.includes("canaries") && text.includes("canary-team@example.com"));
    for (const value of ["canary-value", "canary-list", "canary-other", "<b>loudly"])
      assert.ok(!text.includes(value), value);
    assert.match(text, /Nothing is refused/);
    assert.doesNotMatch(text, /id="changes"/);
    assert.deepEqual(readdirSync(folder).sort(), ["report.html", "services"]);
  });

  it("says what changed, and where --fail-on refuses it", async () => {
    const base = join(folder, "base");
    await platform(["check", "--export", base]);
    const file = join(folder, "changed.html");
    const args = ["check", "--services", join(folder, "services"), "--html", file, "--against", base];
    const { code } = await platform([...args, "--fail-on", "widened", "--format", "json"]);
    assert.equal(code, 1);
    const text = readFileSync(file, "utf8");
    assert.match(text, /<p class="outcome bad">--fail-on widened refuses this: \d+ widened\.<\/p>/);
    assert.match(text, /<section id="changes"/);
    assert.ok(!text.includes("canary-value"));
  });

  it("writes nothing where manifests are wrong, and leaves what is there", async () => {
    const broken = mkdtempSync(join(folder, "broken-"));
    writeFileSync(join(broken, "orders.yaml"), "service: [");
    const file = join(folder, "kept.html");
    writeFileSync(file, "kept");
    const { code } = await platform(["check", "--services", broken, "--html", file]);
    assert.deepEqual([code, readFileSync(file, "utf8")], [1, "kept"]);
    const none = join(folder, "none.html");
    await platform(["check", "--services", broken, "--html", none]);
    assert.ok(!existsSync(none));
  });

  it("exits with 2 where the file cannot be written", async () => {
    const file = join(folder, "nowhere", "report.html");
    const { code, stdout, stderr } = await platform(["check", "--html", file]);
    assert.deepEqual(
      [code, stdout, stderr],
      [2, "", `error: ${file} cannot be written: its folder does not exist\n`],
    );
    assert.doesNotMatch(stderr, stackTrace);
  });
});
