import assert from "node:assert/strict";
import { failedReplicas, observedReplicas } from "../../../model/values/replicas";

const frankfurt = "eu-central-1";

function found(status: string, message = "", wanted: readonly string[] = [frankfurt]) {
  const replicas = observedReplicas([{ Region: frankfurt, Status: status, StatusMessage: message }]);
  return failedReplicas(wanted, replicas);
}

describe("copies of a secret in other regions", () => {
  it("are in order while they follow, or are about to", () => {
    for (const status of ["InSync", "InProgress", "Pending"]) assert.deepEqual(found(status), []);
    assert.deepEqual(failedReplicas([], observedReplicas(undefined)), []);
  });

  it("have failed with AWS's reason, of which the cause is known where AWS's page names it", () => {
    for (const [message, cause] of [
      ["Replication failed: Secret name orders/prod/database already exists in region eu-central-1", "name"],
      ["Secret with this name already exists in this region", "name"],
      ["KMS key alias/prod/configuration is disabled or not found", "key"],
      ["No permissions available on the KMS key to complete the replication", "key"],
      ["You have not enabled the Region where the replication occurs", "region"],
      ["", "other"],
      ["Internal failure", "other"],
    ] as const) {
      const [failed, ...others] = found("Failed", message);
      assert.deepEqual(others, []);
      assert.equal(failed?.cause, cause, message);
      assert.ok(failed.matter.startsWith("its copy in eu-central-1 is Failed, and keeps what it had"));
      if (message !== "") assert.ok(failed.matter.includes(`(AWS: ${message})`));
    }
  });

  it("have failed in any state that AWS may add, and where there is none at all", () => {
    assert.match(found("Detached")[0]?.matter ?? "", /is Detached/);
    assert.match(found("")[0]?.matter ?? "", /is in no known state/);
    const [missing] = failedReplicas([frankfurt], []);
    assert.deepEqual(missing, {
      region: frankfurt,
      matter: "it has no copy in eu-central-1",
      cause: "none",
    });
  });

  it("are told also where the manifest no longer wants them", () => {
    assert.equal(found("Failed", "", []).length, 1);
    assert.equal(found("InSync", "", []).length, 0);
  });

  it("tell no more of AWS's text than a line", () => {
    const [failed] = found("Failed", `\u001b[31mred\u001b[0m\nnext line ${"x".repeat(100_000)}`);
    assert.ok((failed?.matter.length ?? 0) < 300);
    assert.match(failed?.matter ?? "", /\(AWS: red next line x+…\)$/);
  });
});
