import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadOrganisation } from "../../../model/organisation/load";
import { settingProblem } from "../../../model/organisation/settingsFile";

describe("files of settings", () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "settings-"))));
  afterEach(() => rmSync(root, { recursive: true }));

  it("are regular ones: a link is not opened, wherever it leads", () => {
    symlinkSync("/dev/zero", join(root, "Pulumi.yaml"));
    symlinkSync("/etc/hostname", join(root, "Pulumi.prod.yaml"));
    const { organisation, problems } = loadOrganisation({ root });
    assert.equal(organisation, undefined);
    assert.deepEqual(
      problems.map(({ file, found }) => `${file} ${found}`),
      ["Pulumi.prod.yaml the file is a link", "Pulumi.yaml the file is a link"],
    );
  });

  it("are no links either where a problem is placed in one", () => {
    writeFileSync(join(root, "elsewhere.yaml"), "config:\n  secrets-platform:environment: prod\n");
    symlinkSync(join(root, "elsewhere.yaml"), join(root, "Pulumi.prod.yaml"));
    symlinkSync("/dev/zero", join(root, "Pulumi.staging.yaml"));
    const fault = { found: "x", allowed: "y", remedy: "z" };
    for (const stack of ["prod", "staging", "absent"]) {
      assert.deepEqual(settingProblem(root, stack, ["secrets-platform:environment"], fault), {
        ...{ file: `Pulumi.${stack}.yaml`, line: 1, column: 1, path: "config.secrets-platform:environment" },
        ...fault,
      });
    }
  });
});
