import assert from "node:assert/strict";
import { lockedSecretPolicy } from "../../../model/documents/lockedSecretPolicy";

describe("the policy of a secret without its own yet", () => {
  it("lets nobody read it", () => {
    assert.deepEqual(lockedSecretPolicy(), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "NobodyReadsYet",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "secretsmanager:GetSecretValue",
          Resource: "*",
        },
      ],
    });
  });
});
