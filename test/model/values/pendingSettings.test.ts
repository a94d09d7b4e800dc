import assert from "node:assert/strict";
import { parameterPolicies } from "../../../model/values/parameterPolicies";
import { pendingSettings } from "../../../model/values/pendingSettings";

const lastModified = new Date("2030-01-31T12:00:00.000Z");
const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const wanted = {
  description: "Token",
  keyId: keyArn,
  expires: { never: false, afterDays: 90, warnDays: 14 },
} as const;
const observed = {
  description: "Token",
  keyId: keyArn,
  tier: "Advanced",
  policies: (JSON.parse(parameterPolicies(wanted.expires, lastModified)) as object[]).map((one) =>
    JSON.stringify(one),
  ),
  lastModified,
};

describe("pending settings", () => {
  it("are none where everything is as wanted, however the key is named", () => {
    assert.deepEqual(pendingSettings(wanted, observed), []);
    assert.deepEqual(
      pendingSettings(wanted, { ...observed, keyId: "1234abcd-12ab-34cd-56ef-1234567890ab" }),
      [],
    );
    assert.deepEqual(
      pendingSettings({ ...wanted, description: "" }, { ...observed, description: undefined }),
      [],
    );
    const alias = "alias/prod/configuration";
    const aliasArn = `arn:aws:kms:eu-west-1:111111111111:${alias}`;
    assert.deepEqual(pendingSettings({ ...wanted, keyId: alias }, { ...observed, keyId: aliasArn }), []);
  });

  it("are each setting that differs", () => {
    assert.deepEqual(
      pendingSettings(wanted, { keyId: undefined, tier: "Standard", policies: [], lastModified }),
      ["description", "expires", "keyId", "tier"],
    );
    for (const [change, name] of [
      [{ description: "Other" }, "description"],
      [{ policies: [] }, "expires"],
      [{ keyId: "alias/aws/ssm" }, "keyId"],
      [{ tier: "Standard" }, "tier"],
    ] as const)
      assert.deepEqual(pendingSettings(wanted, { ...observed, ...change }), [name]);
  });
});
