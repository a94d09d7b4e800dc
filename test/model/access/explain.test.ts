import assert from "node:assert/strict";
import { Access } from "../../../model/access/access";
import { explainReading } from "../../../model/access/explain";
import { all, arnsOf, documentsOf, everybody, prod, type World } from "./support/world";

const { principal, root, secret, key } = arnsOf({ account: prod });
const read = {
  Sid: "ReadSecrets",
  Effect: "Allow",
  Action: "secretsmanager:GetSecretValue",
  Resource: secret,
};
const decrypts = { Sid: "DecryptSecrets", Effect: "Allow", Action: "kms:Decrypt", Resource: key };
const consumers = {
  ...read,
  Sid: "ConsumersRead",
  Resource: "*",
  Principal: { AWS: root },
  Condition: { ArnEquals: { "aws:PrincipalArn": principal } },
};
const through = {
  ...decrypts,
  Sid: "ThroughSecretsManager",
  Resource: "*",
  Principal: { AWS: root },
  Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
};
const open: World = { account: prod, identity: [read, decrypts], secretPolicy: [consumers], key: [through] };

function explained(world: World) {
  const access = new Access(documentsOf(world));
  return explainReading(
    access.read(access.principal(principal), access.item(secret), "secretsmanager:GetSecretValue"),
  );
}

describe("a decision is explained", () => {
  it("call by call and gate by gate, by the statements that made it", () => {
    assert.deepEqual(explained({ ...open, boundary: [all] }), {
      allowed: true,
      chain: [
        `${principal} calls secretsmanager:GetSecretValue on ${secret}`,
        "  the resource's policy allows it: the secret's policy, ConsumersRead",
        "  the permissions boundary allows it: the boundary, All",
        "  the role's own policies allow it: the role's policy, ReadSecrets",
        `${principal} calls kms:Decrypt on ${key} through secretsmanager.eu-west-1.amazonaws.com`,
        "  the resource's policy allows it: the key's policy, ThroughSecretsManager",
        "  the permissions boundary allows it: the boundary, All",
        "  the role's own policies allow it: the role's policy, DecryptSecrets",
      ],
    });
  });

  it("within an account, where the resource's policy has no say", () => {
    const access = new Access(documentsOf({ identity: [all], key: [everybody] }));
    const home = arnsOf({});
    const reading = access.read(
      access.principal(home.principal),
      access.item(home.secret),
      "secretsmanager:GetSecretValue",
    );
    assert.deepEqual(explainReading(reading).chain.slice(1, 3), [
      "  the resource's policy need not allow it, within the account 111111111111",
      "  the role's own policies allow it: the role's policy, All",
    ]);
  });

  it("if refused, by the first gate that refuses and what would open it", () => {
    const other = { ...consumers, Condition: { ArnEquals: { "aws:PrincipalArn": `${principal}-2` } } };
    const { allowed, refusedBy, chain } = explained({ ...open, secretPolicy: [other] });
    assert.equal(allowed, false);
    assert.deepEqual(refusedBy, {
      gate: "resource",
      why: "the resource's policy allows nothing of the kind: the secret's policy",
      opens: `the secret's policy, ConsumersRead would, but ArnEquals aws:PrincipalArn asks for ${principal}-2, and the call has ${principal}`,
    });
    assert.equal(chain.length, 3);
  });

  it("by a Deny before all else, with whom it spares", () => {
    const deny = {
      ...consumers,
      Sid: "NobodyElseReads",
      Effect: "Deny",
      Principal: "*",
      Condition: { ArnNotLike: { "aws:PrincipalArn": `${principal}-2` } },
    };
    assert.deepEqual(explained({ account: prod, secretPolicy: [deny] }).refusedBy, {
      gate: "resource",
      why: "the resource's policy denies it: the secret's policy, NobodyElseReads",
      opens: "NobodyElseReads spares a call whose aws:PrincipalArn it names (ArnNotLike)",
    });
  });

  it("at the key where the value is open", () => {
    const { refusedBy } = explained({ ...open, key: [] });
    assert.deepEqual(refusedBy, {
      gate: "resource",
      why: "the resource's policy allows nothing of the kind: the key's policy",
      opens: `a statement that allows kms:Decrypt on ${key}`,
    });
  });

  it("where nothing is attached", () => {
    const { refusedBy } = explained({ account: prod, identity: [all] });
    assert.equal(
      refusedBy?.why,
      "the resource's policy: there is none, and an account other than 111111111111, here 333333333333, has to be let in",
    );
  });

  it("by the nearest statement of several, with all that keeps it from applying", () => {
    const far = {
      ...read,
      Sid: "Far",
      Resource: secret.replace("prod", "staging"),
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    const near = { ...read, Sid: "Near", Resource: secret.replace("orders", "billing") };
    const { refusedBy } = explained({ ...open, identity: [far, near, decrypts] });
    assert.equal(
      refusedBy?.opens,
      `the role's policy, Near would, but it is about ${secret.replace("orders", "billing")}`,
    );
  });

  it("not by a change of the policy of AWS's own key, which nobody can change", () => {
    const { refusedBy } = explained({ ...open, account: prod, key: null, secretPolicy: [everybody] });
    assert.equal(
      refusedBy?.opens,
      "another key for the value: nobody can change the policy of alias/aws/secretsmanager",
    );
  });

  it("by a share, where a parameter of another account has none", () => {
    const world = { account: prod, identity: [all] };
    const { parameter } = arnsOf(world);
    const access = new Access(documentsOf(world));
    const reading = access.read(
      access.principal(arnsOf(world).principal),
      access.item(parameter),
      "ssm:GetParameter",
    );
    assert.equal(
      explainReading(reading).refusedBy?.opens,
      `a share of ${parameter} with the account ${prod}, which is for GetParameter and GetParameters`,
    );
  });
});
