import assert from "node:assert/strict";
import type { AccessProof } from "../../../model/proof/proof";
import { built } from "../../stacks/support/built";
import { listIn, policies, Tampered, type Written } from "./support/tampered";

const rogue = "arn:aws:iam::333333333333:role/rogue";
const ledger = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:payments/prod/ledger-??????";
const elsewhere = "arn:aws:iam::444444444444:role/anybody";

/** What a program could write into a policy that nothing in the Plan knows of, while another policy still holds. */
describe("a policy that names what was never planned", function () {
  this.timeout(240_000);
  let tampered: Tampered;

  before(async () => {
    const { plan, stacks } = await built("aws");
    tampered = new Tampered(plan, stacks);
  });

  const secret = (edit: Parameters<Tampered["document"]>[3]) =>
    tampered.document("security", "secretPolicy", "orders/prod/database-policy", edit);
  const key = (edit: Parameters<Tampered["document"]>[3]) =>
    tampered.document("security", "key", "prod/configuration-key", edit);
  const role = (edit: Parameters<Tampered["document"]>[3]) =>
    tampered.document("prod", "rolePolicy", "orders-prod-api-policy", edit);
  const spared = (statement: Written) => listIn(statement, "ArnNotLike", "aws:PrincipalArn");

  for (const [what, change, sid] of [
    ["a role spared by the Deny", (find) => spared(find("NobodyElseReads")).push(rogue), undefined],
    [
      "a role let in",
      (find) => listIn(find("ConsumersRead"), "ArnEquals", "aws:PrincipalArn").push(rogue),
      "ConsumersRead",
    ],
    [
      "a Deny of three accounts instead of everybody",
      (find) =>
        (find("NobodyElseReads").Principal = { AWS: ["111111111111", "333333333333", "999999999999"] }),
      undefined,
    ],
    [
      "a Deny that spares an account",
      (find) => and(find("NobodyElseReads"), "StringNotEquals", "aws:PrincipalAccount", "444444444444"),
      undefined,
    ],
    [
      "a Deny that spares an organisation",
      (find) => and(find("NobodyElseReads"), "StringNotEquals", "aws:PrincipalOrgID", "o-other12345"),
      undefined,
    ],
    [
      "a Deny that spares an endpoint",
      (find) => and(find("NobodyElseReads"), "StringNotEqualsIfExists", "aws:SourceVpce", "vpce-1"),
      undefined,
    ],
    [
      "a Deny that spares every endpoint",
      (find) => and(find("NobodyElseReads"), "Null", "aws:SourceVpce", "true"),
      undefined,
    ],
    [
      "another organisation let in",
      (find) =>
        and(find("ConsumersRead"), "StringEquals", "aws:PrincipalOrgID", ["o-exampleorgid", "o-other12345"]),
      "ConsumersRead",
    ],
  ] as readonly (readonly [string, (find: (sid: string) => Written) => unknown, string | undefined])[]) {
    it(`shows in a secret's policy: ${what}`, () => {
      const proof = secret((find) => void change(find));
      assert.deepEqual(policies(proof), ["policy of the secret orders/prod/database"]);
      assert.deepEqual(proof.weakened[0]?.statements, sid === undefined ? [] : [sid]);
    });
  }

  it("shows in a secret's policy: an account and a service let in", () => {
    for (const Principal of [
      { AWS: "arn:aws:iam::444444444444:root" },
      { AWS: elsewhere },
      { Service: "lambda.amazonaws.com" },
    ]) {
      const proof = secret(letting(Principal, "secretsmanager:GetSecretValue"));
      assertNames(proof, "policy of the secret orders/prod/database", "More");
    }
  });

  for (const [what, change] of [
    [
      "a reader of parameters",
      inList("ConsumersThroughParameterStore", "ArnLike", "aws:PrincipalArn", rogue),
    ],
    [
      "a path of roles",
      inList("ConsumersThroughSecretsManager", "ArnLike", "aws:PrincipalArn", `${rogue}/*`),
    ],
    [
      "a name in the encryption context",
      inList(
        "ConsumersThroughSecretsManager",
        "StringLike",
        "kms:EncryptionContext:SecretARN",
        "arn:aws:secretsmanager:eu-west-1:111111111111:secret:legacy-*",
      ),
    ],
    [
      "a service",
      inList(
        "ConsumersThroughSecretsManager",
        "StringEquals",
        "kms:ViaService",
        "dynamodb.eu-west-1.amazonaws.com",
      ),
    ],
    ["an account", letting({ AWS: "444444444444" }, "kms:Decrypt")],
    ["an AWS service, whatever its conditions", letting({ Service: "ec2.amazonaws.com" }, "kms:Decrypt")],
    ["a role, directly", letting({ AWS: rogue }, "kms:Decrypt")],
  ] as readonly (readonly [string, Parameters<Tampered["document"]>[3]])[]) {
    it(`shows in a key's policy: ${what}`, () => {
      assert.deepEqual(policies(key(change)), [
        "policy of the key alias/prod/configuration in 111111111111, eu-west-1",
      ]);
    });
  }

  for (const [what, action, resource] of [
    ["another service's secret", "secretsmanager:GetSecretValue", ledger],
    [
      "a secret that no manifest has",
      "secretsmanager:GetSecretValue",
      "arn:aws:secretsmanager:eu-west-1:333333333333:secret:rds!cluster-other-*",
    ],
    [
      "a parameter that no manifest has",
      "ssm:GetParameter",
      "arn:aws:ssm:eu-west-1:333333333333:parameter/payments/prod/none",
    ],
    ["another key", "kms:Decrypt", "arn:aws:kms:eu-west-1:333333333333:key/0a1b"],
  ] as const) {
    it(`shows in a role's policy: ${what}`, () => {
      const proof = role({ Sid: "More", Effect: "Allow", Action: action, Resource: resource });
      assertNames(proof, "policy of the role orders-prod-api in 333333333333", "More");
    });
  }

  it("shows in a role's policy: a parameter's name to decrypt", () => {
    const proof = role(
      inList(
        "DecryptSecurityParameters",
        "StringEquals",
        "kms:EncryptionContext:PARAMETER_ARN",
        "arn:aws:ssm:eu-west-1:111111111111:parameter/payments/prod/none",
      ),
    );
    assertNames(proof, "policy of the role orders-prod-api in 333333333333", "DecryptSecurityParameters");
  });

  it("shows in policies of the platform's roles, of an endpoint and of a boundary", () => {
    const legacy = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:legacy-*";
    const reads = { Sid: "More", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: legacy };
    for (const [stack, type, name, statement, policy] of [
      [
        "security",
        "rolePolicy",
        "break-glass-policy",
        reads,
        "policy of the role secrets-break-glass in 111111111111",
      ],
      [
        "security",
        "rolePolicy",
        "rotation-prod-generated-policy",
        { ...reads, Resource: ledger },
        "policy of the role rotation-prod-generated in 111111111111",
      ],
      [
        "prod",
        "endpoint",
        "network-ssm-endpoint",
        letting({ AWS: "444444444444" }, "ssm:GetParameter"),
        "policy of the endpoint of ssm in prod",
      ],
      ["prod", "policy", "boundary-policy", reads, "policy services-boundary-prod"],
    ] as const) {
      assert.deepEqual(policies(tampered.document(stack, type, name, statement)), [policy]);
    }
  });
});

function letting(principal: object, action: string): Written {
  return { Sid: "More", Effect: "Allow", Principal: principal, Action: action, Resource: "*" };
}

function inList(sid: string, operator: string, key: string, value: string) {
  return (find: (sid: string) => Written) => void listIn(find(sid), operator, key).push(value);
}

function and(statement: Written, operator: string, key: string, value: string | string[]): void {
  statement.Condition = {
    ...statement.Condition,
    [operator]: { ...statement.Condition?.[operator], [key]: value },
  };
}

function assertNames(proof: AccessProof, policy: string, sid: string): void {
  assert.deepEqual(policies(proof), [policy]);
  assert.deepEqual(proof.weakened[0]?.statements, [sid]);
}
