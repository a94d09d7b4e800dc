import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { organisationPolicy } from "../../model/documents/organisationPolicy";
import { samplePlan } from "../model/plan/support/samples";
import { platform } from "./support/platform";

describe("platform organisation-policy", function () {
  this.timeout(60_000);

  it("prints the policy alone, as AWS Organizations takes it", async () => {
    const { code, stdout, stderr } = await platform(["organisation-policy"]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.deepEqual(JSON.parse(stdout), organisationPolicy(samplePlan().organisation));
  });

  it("says what is wrong with the organisation instead", async () => {
    const folder = mkdtempSync(join(tmpdir(), "organisation-policy-"));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: secrets-platform\nruntime: nodejs\n");
    const { code, stdout } = await platform(["organisation-policy"], folder);
    rmSync(folder, { recursive: true });
    assert.equal(code, 1);
    const { errors } = JSON.parse(stdout) as { errors: { file: string }[] };
    assert.equal(errors[0]?.file, "Pulumi.yaml");
  });
});
