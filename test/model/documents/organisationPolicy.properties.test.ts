import assert from "node:assert/strict";
import { organisationPolicy } from "../../../model/documents/organisationPolicy";
import { type PolicyDocument, policyText } from "../../../model/documents/policy";
import { furtherPolicyLimits } from "../../../model/aws/quotas";
import { sizeOf } from "../../../model/documents/sizes";
import type { Organisation, Principals } from "../../../model/organisation/types";
import { samplePlan } from "../plan/support/samples";
import { decide } from "./support/evaluator";
import { callerOf, callers, type OrganisationCall, organisationCalls } from "./support/organisationCalls";
import { withoutAPart } from "./support/withoutAPart";

describe("the policy for the organisation", () => {
  const { organisation } = samplePlan();
  const document = organisationPolicy(organisation);

  it("refuses each call that it must refuse, and lets pass each that it must let pass", () => {
    assert.ok(organisationCalls.filter(({ refused }) => refused).length > 800);
    assert.ok(organisationCalls.filter(({ refused }) => !refused).length > 800);
    assert.deepEqual(wrong(document), []);
  });

  it("holds nothing that could be taken out unseen", () => {
    const mutants = withoutAPart(document);
    assert.ok(mutants.length > 60);
    for (const [what, mutant] of mutants) assert.ok(organisationCalls.some(isWronglyDecidedBy(mutant)), what);
  });

  it("knows single sign-on roles by what their names have in common, in every region", () => {
    const path = "aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_";
    const policy = policyText(
      organisationPolicy(
        withPrincipals({ deployer: `${path}Deployer_*`, administrators: [`${path}Keys_*`] }),
      ),
    );
    const own = (set: string) =>
      `arn:aws:iam::333333333333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${set}_0123456789abcdef`;
    const call = (by: string, resource: string) =>
      decide(policy, {
        caller: { arn: by, account: "333333333333", organisation: "o-exampleorgid" },
        action: "iam:UpdateAssumeRolePolicy",
        resource,
      });
    const consumer = "arn:aws:iam::333333333333:role/services/orders/orders-prod-api";
    assert.equal(call(own("Deployer"), consumer), "nothing");
    assert.equal(call(own("Keys"), consumer), "deny");
    assert.equal(call(callers.deployer, consumer), "deny");
    for (const guarded of [own("Deployer"), own("Keys")]) {
      assert.equal(call(own("Deployer"), guarded), "deny");
      assert.equal(call(callers.stackSet, guarded), "nothing");
    }
  });

  it("exempts those that make the deployer by the names that are set, and nobody else", () => {
    const policy = policyText(
      organisationPolicy(withPrincipals({ foundation: ["AWSControlTowerExecution", "teams/foundation"] })),
    );
    const change = (by: string) =>
      decide(policy, {
        caller: { arn: by, account: "333333333333", organisation: "o-exampleorgid" },
        action: "iam:PutRolePolicy",
        resource: callers.deployer,
      });
    const role = (name: string) => `arn:aws:iam::333333333333:role/${name}`;
    assert.equal(change(role("AWSControlTowerExecution")), "nothing");
    assert.equal(change(role("teams/foundation")), "nothing");
    for (const other of [callers.stackSet, role("foundation"), callers.deployer]) {
      assert.equal(change(other), "deny", other);
    }
  });

  it("is within AWS's limit, with room for some forty administrators of long names", () => {
    assert.ok(sizeOf(document) <= furtherPolicyLimits.organisation);
    const administrators = Array.from({ length: 40 }, (_, index) => `an-administrator-${index}`);
    assert.ok(
      sizeOf(organisationPolicy(withPrincipals({ administrators }))) <= furtherPolicyLimits.organisation,
    );
  });

  function withPrincipals(changed: Partial<Principals>): Organisation {
    return { ...organisation, principals: { ...organisation.principals, ...changed } };
  }
});

/** Calls that the document decides otherwise than it must. */
function wrong(document: PolicyDocument): string[] {
  return organisationCalls
    .filter(isWronglyDecidedBy(document))
    .map(({ by, action, resource }) => `${by} ${action} ${resource}`);
}

function isWronglyDecidedBy(document: PolicyDocument): (call: OrganisationCall) => boolean {
  const text = policyText(document);
  return (call) => (decide(text, { ...call, caller: callerOf(call) }) === "deny") !== call.refused;
}
