import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadOrganisation } from "../../../model/organisation/load";

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
});
