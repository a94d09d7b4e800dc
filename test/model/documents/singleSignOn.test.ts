import assert from "node:assert/strict";
import { archiveDenials } from "../../../model/documents/archiveDenials";
import { environmentKeyPolicy } from "../../../model/documents/environmentKeyPolicy";
import { logArchiveKeyPolicy } from "../../../model/documents/logArchivePolicies";
import { operationsKeyPolicy } from "../../../model/documents/operationsKeyPolicy";
import { organisationPolicy } from "../../../model/documents/organisationPolicy";
import { policyDocument, type PolicyDocument, policyText } from "../../../model/documents/policy";
import { furtherPolicyLimits } from "../../../model/aws/quotas";
import { sizeOf } from "../../../model/documents/sizes";
import { breakGlassTrust, peopleTrust } from "../../../model/documents/trustPolicies";
import type { Principals } from "../../../model/organisation/types";
import type { Plan } from "../../../model/plan/types";
import { samplePlan } from "../plan/support/samples";
import { decide } from "./support/evaluator";

const account = "333333333333";
const security = "111111111111";
const path = "aws-reserved/sso.amazonaws.com/";
const end = "????????????????";

/** As settings may name the roles of a permission set. */
const spellings = (set: string) => [
  `${path}*/AWSReservedSSO_${set}_${end}`,
  `${path}AWSReservedSSO_${set}_${end}`,
];

/** ARNs of a permission set's role: Identity Center in eu-west-1, and in us-east-1. */
const rolesOf = (set: string, holder = account) =>
  ["eu-west-1/", ""].map(
    (region) => `arn:aws:iam::${holder}:role/${path}${region}AWSReservedSSO_${set}_0123456789abcdef`,
  );

/** Sets whose names only resemble it, and roles that only look like its. */
const strangersOf = (set: string, holder = account) => [
  ...rolesOf(`${set}_Viewers`, holder),
  ...rolesOf(`${set}Viewers`, holder),
  ...rolesOf(`${set}_`, holder),
  ...rolesOf(`${set}_a`, holder),
  ...rolesOf(`My${set}`, holder),
  ...rolesOf(`AWSReservedSSO_${set}`, holder),
  ...rolesOf(set.toLowerCase(), holder),
  `arn:aws:iam::${holder}:role/AWSReservedSSO_${set}_0123456789abcdef`,
  `arn:aws:iam::${holder}:role/teams/${path}AWSReservedSSO_${set}_0123456789abcdef`,
  ...rolesOf(set, "999999999999"),
];

const by = (arn: string) => ({ arn, account: arn.split(":")[4]!, organisation: "o-exampleorgid" });

/** A trust names no resource: it is the role's. */
const assuming = (trust: PolicyDocument) => {
  const Statement = trust.Statement.map((statement) => ({ ...statement, Resource: "*" }));
  const text = JSON.stringify({ ...trust, Statement });
  return (arn: string) => decide(text, { caller: by(arn), action: "sts:AssumeRole", resource: "a-role" });
};

describe("a trust of single sign-on roles", () => {
  for (const role of spellings("BreakGlass")) {
    it(`is of that permission set alone, wherever Identity Center is: ${role}`, () => {
      const place = { ...samplePlan().organisation, account };
      const documents = [
        peopleTrust(place, { trusted: ["teams/on-call", role] }),
        breakGlassTrust(place, { trusted: ["teams/on-call", role], mfa: "identity-provider" }),
      ];
      for (const document of documents) {
        const assume = assuming(document);
        for (const arn of rolesOf("BreakGlass")) assert.equal(assume(arn), "allow", arn);
        for (const arn of strangersOf("BreakGlass")) assert.equal(assume(arn), "nothing", arn);
        assert.equal(assume(`arn:aws:iam::${account}:role/teams/on-call`), "allow");
      }
    });
  }

  it("is of the region that is named", () => {
    const place = { ...samplePlan().organisation, account };
    const trusted = [`${path}eu-west-1/AWSReservedSSO_BreakGlass_${end}`];
    const [regional, plain] = rolesOf("BreakGlass") as [string, string];
    const assume = assuming(peopleTrust(place, { trusted }));
    assert.deepEqual([assume(regional), assume(plain)], ["allow", "nothing"]);
  });
});

describe("deployer and administrators of single sign-on", () => {
  for (const [index, deployer] of spellings("Deployer").entries()) {
    const plan = planWith({ deployer, administrators: ["teams/keeper", spellings("Keys")[index]!] });
    const { organisation } = plan;

    it(`look after keys: ${deployer}`, () => {
      const key = plan.keys.find(({ home }) => home === "security")!;
      for (const document of [
        environmentKeyPolicy(plan, key, organisation.region),
        operationsKeyPolicy(organisation, security),
        logArchiveKeyPolicy(organisation, { account: security }),
      ]) {
        const change = (arn: string) =>
          decide(policyText(document), { caller: by(arn), action: "kms:PutKeyPolicy", resource: "" });
        for (const set of ["Deployer", "Keys"]) {
          for (const arn of rolesOf(set, security)) assert.equal(change(arn), "allow", arn);
          for (const arn of strangersOf(set, security)) assert.equal(change(arn), "nothing", arn);
        }
        assert.equal(change(`arn:aws:iam::${security}:role/teams/keeper`), "allow");
      }
    });

    it(`write first values and functions' settings as the deployer alone: ${deployer}`, () => {
      const key = plan.keys.find(({ home, environment }) => home === "security" && environment === "prod")!;
      const secret = plan.secrets.find(({ environment }) => environment === "prod")!;
      const values = policyText(environmentKeyPolicy(plan, key, organisation.region));
      const settings = policyText(operationsKeyPolicy(organisation, security));
      const writes = (arn: string) =>
        decide(values, {
          caller: by(arn),
          action: "kms:GenerateDataKey",
          resource: "",
          context: {
            "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
            "kms:EncryptionContext:SecretARN": `arn:aws:secretsmanager:eu-west-1:${security}:secret:${secret.name}-a1B2c3`,
          },
        });
      const configures = (arn: string) =>
        decide(settings, {
          caller: by(arn),
          action: "kms:Encrypt",
          resource: "",
          context: { "kms:ViaService": "lambda.eu-west-1.amazonaws.com" },
        });
      for (const arn of rolesOf("Deployer", security)) {
        assert.deepEqual([writes(arn), configures(arn)], ["allow", "allow"], arn);
      }
      for (const arn of [...strangersOf("Deployer", security), ...rolesOf("Keys", security)]) {
        assert.deepEqual([writes(arn), configures(arn)], ["nothing", "nothing"], arn);
      }
    });

    it(`change the archive's bucket as the deployer alone: ${deployer}`, () => {
      const bucket = "arn:aws:s3:::secrets-platform-trails-00000000";
      const text = policyText(policyDocument(archiveDenials(organisation, bucket)));
      const change = (arn: string) =>
        decide(text, { caller: by(arn), action: "s3:PutBucketPolicy", resource: bucket });
      for (const arn of rolesOf("Deployer", security)) assert.equal(change(arn), "nothing", arn);
      for (const arn of strangersOf("Deployer", security)) assert.equal(change(arn), "deny", arn);
    });

    it(`are the organisation's policy's, within its limit: ${deployer}`, () => {
      const document = organisationPolicy(organisation);
      assert.ok(sizeOf(document) <= furtherPolicyLimits.organisation, String(sizeOf(document)));
      const change = (arn: string, resource: string) =>
        decide(policyText(document), { caller: by(arn), action: "iam:PutRolePolicy", resource });
      const consumer = `arn:aws:iam::${account}:role/services/orders/orders-prod-api`;
      for (const arn of rolesOf("Deployer")) {
        assert.equal(change(arn, consumer), "nothing", arn);
        assert.equal(change(arn, arn), "deny", arn);
      }
      for (const arn of strangersOf("Deployer").slice(0, -2)) {
        assert.equal(change(arn, consumer), "deny", arn);
        assert.equal(change(arn, arn), "nothing", arn);
      }
      for (const arn of rolesOf("Keys")) assert.equal(change(consumer, arn), "deny", arn);
    });
  }

  function planWith(changed: Partial<Principals>): Plan {
    const plan = samplePlan();
    const principals = { ...plan.organisation.principals, ...changed };
    return { ...plan, organisation: { ...plan.organisation, principals } };
  }
});
