import assert from "node:assert/strict";
import { Output, output } from "@pulumi/pulumi";
import { checkPolicy, policyJson, policyLimits } from "../../components/policyArgument";
import type { PolicyDocument } from "../../model/documents/policy";
import { policyNamed } from "./support/organisation";
import { settle } from "./support/settle";

describe("policyJson", () => {
  it("keeps a document that is known a plain text", () => {
    assert.equal(policyJson(policyNamed("Known")), JSON.stringify(policyNamed("Known")));
  });

  it("waits for one that is not", async () => {
    const text = policyJson(output(policyNamed("Later")));
    assert(Output.isInstance(text));
    assert.deepEqual(await settle(text), [JSON.stringify(policyNamed("Later"))]);
  });
});

describe("checkPolicy", () => {
  const shortest = JSON.stringify(policyNamed("")).length;
  const ofLength = (length: number) => policyNamed("A".repeat(length - shortest));

  it("takes exactly what AWS takes", () => {
    const { characters } = policyLimits.secret;
    assert.deepEqual(checkPolicy("policy", ofLength(characters), policyLimits.secret), []);
    const [problem] = checkPolicy("policy", ofLength(characters + 7), policyLimits.secret);
    assert.match(
      problem?.reason ?? "",
      /^20487 characters were found, 7 too many; a secret's policy takes at most 20480;/,
    );
  });

  it("rejects a document that says nothing", () => {
    const [problem] = checkPolicy("policy", { Version: "2012-10-17", Statement: [] }, policyLimits.role);
    assert.match(problem?.reason ?? "", /^a policy without statements was found;/);
  });

  it("passes over what is absent or not known yet", () => {
    assert.deepEqual(checkPolicy("policy", undefined, policyLimits.role), []);
    const later = output(ofLength(50_000)) as Output<PolicyDocument>;
    assert.deepEqual(checkPolicy("policy", later, policyLimits.role), []);
  });
});
