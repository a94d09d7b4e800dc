import assert from "node:assert/strict";
import type { Plan } from "../../../model/plan/types";
import { type AccessProof, proveAccess } from "../../../model/proof/proof";
import { built } from "../../stacks/support/built";
import { listIn, Tampered, type Written } from "./support/tampered";

const rogue = "arn:aws:iam::111111111111:role/rogue";
const rogueOfProd = "arn:aws:iam::333333333333:role/rogue";
const keyName = "policy of the key alias/prod/configuration in 111111111111, eu-west-1";

/** What a program could write so that somebody who reads nothing today reads tomorrow, by his own doing. */
describe("a policy by which somebody could open values for himself", function () {
  this.timeout(240_000);
  let plan: Plan;
  let stacks: Awaited<ReturnType<typeof built>>["stacks"];
  let tampered: Tampered;

  before(async () => {
    ({ plan, stacks } = await built("aws"));
    tampered = new Tampered(plan, stacks);
    assert.deepEqual(tampered.with("security").openers, []);
  });

  const key = (edit: Parameters<Tampered["document"]>[3]) =>
    tampered.document("security", "key", "prod/configuration-key", edit);
  const secret = (edit: Parameters<Tampered["document"]>[3]) =>
    tampered.document("security", "secretPolicy", "orders/prod/database-policy", edit);

  const trust = (stack: string, name: string, edit: (statements: Written[]) => unknown) =>
    tampered.changed(stack, "role", name, ({ inputs }) => {
      const document = JSON.parse(inputs["assumeRolePolicy"] as string) as { Statement: Written[] };
      edit(document.Statement);
      return { assumeRolePolicy: JSON.stringify(document) };
    });

  for (const action of ["CreateGrant", "ReEncryptFrom", "PutKeyPolicy", "ReplicateKey", "ReEncrypt*", "*"]) {
    it(`is found in a key's: kms:${action} to a role of its own account`, () => {
      for (const statement of [
        allow(`kms:${action}`, { AWS: rogue }),
        allow(`kms:${action}`, { AWS: "arn:aws:iam::111111111111:root" }, arnLike(rogue)),
        allow([`KMS:${action}`, "kms:DescribeKey"], "*", arnLike(rogue)),
      ])
        assertOpens(key(statement), keyName);
    });
  }

  it("is found in a key's: administration by one more role, or by whoever is of the account", () => {
    assertOpens(
      key((find) => listIn(find("Administration"), "ArnLike", "aws:PrincipalArn").push(rogue)),
      keyName,
      "Administration",
    );
    for (const Condition of [
      undefined,
      {},
      { StringEquals: { "aws:PrincipalAccount": "111111111111" } },
      { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/platform-deployer" } },
      { ArnLikeIfExists: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/platform-deployer" } },
    ])
      assertOpens(
        key((find) => void (find("Administration").Condition = Condition as never)),
        keyName,
        "Administration",
      );
  });

  it("is found in a key's: administration by an AWS service, or by the administrators of another account", () => {
    assertOpens(key(allow("kms:PutKeyPolicy", { Service: "ec2.amazonaws.com" })), keyName);
    assertOpens(
      key(allow("kms:PutKeyPolicy", { AWS: "arn:aws:iam::333333333333:role/platform-deployer" })),
      keyName,
    );
  });

  it("is none where administrators are named once more, in either way", () => {
    const deployer = "arn:aws:iam::111111111111:role/platform-deployer";
    for (const statement of [
      allow("kms:PutKeyPolicy", { AWS: deployer }),
      allow("kms:PutKeyPolicy", { AWS: "111111111111" }, { ArnEquals: { "aws:principalarn": [deployer] } }),
    ])
      assert.deepEqual(key(statement).openers, []);
  });

  for (const action of [
    "secretsmanager:PutResourcePolicy",
    "secretsmanager:DeleteResourcePolicy",
    "secretsmanager:UpdateSecret",
    "secretsmanager:ReplicateSecretToRegions",
    "secretsmanager:RotateSecret",
    "secretsmanager:*",
  ]) {
    it(`is found in a secret's, and in that of a role: ${action}`, () => {
      assertOpens(secret(allow(action, { AWS: rogue })), "policy of the secret orders/prod/database");
      const Resource = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:payments/prod/ledger-??????";
      for (const [stack, name, policy] of [
        ["prod", "orders-prod-api-policy", "policy of the role orders-prod-api in 333333333333"],
        [
          "security",
          "rotation-prod-generated-policy",
          "policy of the role rotation-prod-generated in 111111111111",
        ],
        ["security", "break-glass-policy", "policy of the role secrets-break-glass in 111111111111"],
      ] as const)
        assertOpens(
          tampered.document(stack, "rolePolicy", name, {
            Sid: "More",
            Effect: "Allow",
            Action: action,
            Resource,
          }),
          policy,
        );
    });
  }

  it("is found in a role's: grants of a key, and shares of parameters", () => {
    for (const Action of ["kms:CreateGrant", "kms:PutKeyPolicy", "ram:*", "ssm:PutResourcePolicy"])
      assertOpens(
        tampered.document("prod", "rolePolicy", "orders-prod-api-policy", {
          ...{ Sid: "More", Effect: "Allow", Action, Resource: "*" },
        }),
        "policy of the role orders-prod-api in 333333333333",
      );
  });

  for (const Action of [
    "iam:UpdateAssumeRolePolicy",
    "iam:PutRolePolicy",
    "iam:Attach*",
    "iam:PassRole",
    "sts:AssumeRole",
    "lambda:UpdateFunctionCode",
    "codebuild:StartBuild",
    "ssm:SendCommand",
    "sso:CreateAccountAssignment",
  ]) {
    it(`is found in a role's: ${Action} on one that is named, which reads or runs what does`, () => {
      for (const [stack, name, policy] of [
        ["security", "break-glass-policy", "policy of the role secrets-break-glass in 111111111111"],
        [
          "security",
          "rotation-prod-generated-policy",
          "policy of the role rotation-prod-generated in 111111111111",
        ],
      ] as const)
        assertOpens(
          tampered.document(stack, "rolePolicy", name, {
            ...{ Sid: "More", Effect: "Allow", Action },
            Resource: "arn:aws:iam::333333333333:role/workload/orders-prod-api",
          }),
          policy,
        );
    });
  }

  const rotation = [
    "security",
    "rotation-prod-generated-role",
    "rotation-prod-generated in 111111111111",
  ] as const;
  const breakGlass = ["security", "break-glass-role", "secrets-break-glass in 111111111111"] as const;
  const pods = ["prod", "reporting-prod-explorer-role", "reporting-prod-explorer in 333333333333"] as const;
  const tokens = [
    "prod",
    "notifications-prod-digests-role",
    "notifications-prod-digests in 333333333333",
  ] as const;
  const consumer = ["prod", "orders-prod-api-role", "orders-prod-api in 333333333333"] as const;

  for (const [what, Principal] of [
    ["a role of its account", { AWS: "arn:aws:iam::333333333333:role/rogue" }],
    ["its account", { AWS: "arn:aws:iam::333333333333:root" }],
    ["a role elsewhere", { AWS: "arn:aws:iam::444444444444:role/rogue" }],
    ["everybody", "*"],
    ["everybody, in the other way of writing it", { AWS: "*" }],
    ["another service", { Service: "glue.amazonaws.com" }],
    ["a provider of identities", { Federated: "arn:aws:iam::333333333333:oidc-provider/ci.example.com" }],
    ["a user", { AWS: "arn:aws:iam::333333333333:user/somebody" }],
  ] as const) {
    it(`is found in a trust: ${what} beside whom it is for`, () => {
      for (const [stack, name, role] of [rotation, breakGlass, consumer])
        assertOpens(
          trust(stack, name, (all) =>
            all.push({ Sid: "More", Effect: "Allow", Principal, Action: "sts:AssumeRole" }),
          ),
          `trust of the role ${role}`,
        );
    });
  }

  it("is found in a trust: one more name among people, or none that is asked for", () => {
    const [stack, name, role] = breakGlass;
    assertOpens(
      trust(stack, name, ([people]) => listIn(people!, "ArnLike", "aws:PrincipalArn").push(rogue)),
      `trust of the role ${role}`,
      "PeopleAssume",
    );
    assertOpens(
      trust(stack, name, ([people]) => void delete people!.Condition),
      `trust of the role ${role}`,
      "PeopleAssume",
    );
  });

  it("is found in a trust of break-glass: no second factor where the settings ask for one", () => {
    const { organisation } = plan;
    const breakGlass = { ...organisation.principals.breakGlass, mfa: "iam" as const };
    const asking = {
      ...plan,
      organisation: { ...organisation, principals: { ...organisation.principals, breakGlass } },
    };
    const { openers } = proveAccess(asking, stacks);
    assert.deepEqual(
      openers.map(({ policy }) => policy),
      ["111111111111", "222222222222", "333333333333"].map(
        (account) => `trust of the role secrets-break-glass in ${account}`,
      ),
    );
  });

  it("is found in a trust of pods: another service account, another cluster, or a tag that is not asked for", () => {
    const [stack, name, role] = pods;
    for (const [key, other] of [
      ["aws:RequestTag/kubernetes-namespace", "another"],
      ["aws:RequestTag/kubernetes-service-account", "another"],
      ["aws:RequestTag/kubernetes-service-account", undefined],
      ["aws:RequestTag/eks-cluster-arn", "arn:aws:eks:eu-west-1:333333333333:cluster/another"],
    ] as const)
      assertOpens(
        trust(stack, name, ([assume]) => {
          const asked = assume!.Condition!["StringEquals"]!;
          assert.ok(key in asked);
          if (other === undefined) delete asked[key];
          else asked[key] = other;
        }),
        `trust of the role ${role}`,
        "PodsAssume",
      );
  });

  it("is found in a trust of pods by token: another provider, or another service account", () => {
    const [stack, name, role] = tokens;
    for (const edit of [
      ([assume]: Written[]) =>
        (assume!.Principal = { Federated: "arn:aws:iam::333333333333:oidc-provider/other.example.com" }),
      ([assume]: Written[]) => {
        const asked = assume!.Condition!["StringEquals"]!;
        const sub = Object.keys(asked).find((key) => key.endsWith(":sub"));
        asked[sub!] = [
          "system:serviceaccount:notifications:digests",
          "system:serviceaccount:default:default",
        ];
      },
    ])
      assertOpens(trust(stack, name, edit), `trust of the role ${role}`, "PodsAssumeByToken");
  });

  it("is found in a role that nothing in the Plan speaks of, once more than services may act as it", () => {
    const Principal = { AWS: "arn:aws:iam::111111111111:role/rogue" };
    assertOpens(
      trust("security", "expiry-watch-role", (all) =>
        all.push({ Sid: "More", Effect: "Allow", Principal, Action: "sts:AssumeRole" }),
      ),
      "trust of the role expiry-watch in 111111111111",
    );
  });

  it("is none where a Deny names the action, or an Allow another one", () => {
    for (const statement of [
      { ...allow("kms:CreateGrant", "*"), Effect: "Deny" },
      allow("kms:DescribeKey", { AWS: rogueOfProd }),
    ])
      assert.deepEqual(key(statement).openers, []);
  });
});

function allow(Action: string | string[], Principal: unknown, Condition?: Written["Condition"]): Written {
  return {
    ...{ Sid: "More", Effect: "Allow", Principal, Action, Resource: "*" },
    ...(Condition !== undefined && { Condition }),
  };
}

function arnLike(arn: string): NonNullable<Written["Condition"]> {
  return { ArnLike: { "aws:PrincipalArn": arn } };
}

function assertOpens({ openers }: AccessProof, policy: string, statement = "More"): void {
  assert.deepEqual(
    openers.map((one) => [one.policy, one.statement]),
    [[policy, statement]],
  );
  assert.ok(openers[0]!.actions.length > 0);
}
