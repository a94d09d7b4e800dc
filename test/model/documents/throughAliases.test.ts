import assert from "node:assert/strict";
import { accountPlace } from "../../../model/documents/accountHoldings";
import { policyDocument, policyText } from "../../../model/documents/policy";
import { throughAliases } from "../../../model/documents/throughAliases";
import { samplePlan } from "../plan/support/samples";
import { decide, type Request } from "./support/evaluator";

describe("use of keys by their aliases", () => {
  const plan = samplePlan();
  const account = "111111111111";
  const place = accountPlace(plan.organisation, account);
  const keys = plan.keys.filter((key) => key.account === account && key.replicaRegions.length > 0);
  const [key] = keys;
  assert.ok(key, "no sample has copies");
  const [copies = ""] = key.replicaRegions;
  const caller = { arn: `arn:aws:iam::${account}:role/any`, account, organisation: plan.organisation.id };
  const statement = throughAliases(
    { Sid: "Encrypt", service: "secretsmanager", Action: "kms:GenerateDataKey" },
    place,
    keys,
  );
  const policy = policyText(policyDocument([statement]));
  const call = (region: string, over: Readonly<Record<string, string>> = {}): Request => ({
    caller,
    action: "kms:GenerateDataKey",
    resource: `arn:aws:kms:${region}:${account}:key/any`,
    context: {
      "kms:ResourceAliases": [key.alias],
      "kms:ViaService": `secretsmanager.${region}.amazonaws.com`,
      "kms:EncryptionContext:SecretARN": `arn:aws:secretsmanager:${region}:${account}:secret:any/${key.environment}/one-AbCdEf`,
      ...over,
    },
  });

  it("is let in where the secret stands, and where its copies do", () => {
    assert.equal(decide(policy, call(place.region)), "allow");
    assert.equal(decide(policy, call(copies)), "allow");
  });

  it("is refused through a service in a region without copies, and for another account's keys", () => {
    assert.equal(decide(policy, call("us-east-2")), "nothing");
    const other = { ...call(copies), resource: `arn:aws:kms:${copies}:999999999999:key/any` };
    assert.equal(decide(policy, other), "nothing");
  });
});
