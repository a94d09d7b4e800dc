import assert from "node:assert/strict";
import type { BuiltStack } from "../../../cli/inMemory/buildStack";
import type { RegisteredResource } from "../../../cli/inMemory/registeredResource";
import { NotModelled } from "../../../model/access/notModelled";
import type { PolicyDocument } from "../../../model/documents/policy";
import type { Plan } from "../../../model/plan/types";
import { type AccessProof, proveAccess } from "../../../model/proof/proof";
import { type ReadType, types } from "../../../model/proof/registered/stack";
import { built } from "../../stacks/support/built";

/** One resource of the samples' stacks changed, left out or added: each way in which a program could weaken them. */
describe("a stack that registers something else than was planned", function () {
  this.timeout(240_000);
  let plan: Plan;
  let stacks: readonly BuiltStack[];

  before(async () => {
    ({ plan, stacks } = await built("aws"));
  });

  /** With the one resource of that type whose name ends so changed, or left out. */
  function proved(
    stack: string,
    type: ReadType,
    name: string,
    change: (resource: RegisteredResource) => Record<string, unknown> | undefined,
  ): AccessProof {
    let changed = 0;
    const tampered = stacks.map((one) => ({
      ...one,
      resources: one.resources.flatMap((resource) => {
        if (one.stack !== stack || resource.type !== types[type] || !resource.urn.endsWith(name))
          return [resource];
        changed++;
        const properties = change(resource);
        if (properties === undefined) return [];
        return [
          {
            ...resource,
            inputs: { ...resource.inputs, ...properties },
            outputs: { ...resource.outputs, ...properties },
          },
        ];
      }),
    }));
    assert.equal(changed, 1, `${changed} of ${type} ${name}`);
    return proveAccess(plan, tampered);
  }

  const without = () => undefined;
  const document = (edit: (policy: PolicyDocument) => PolicyDocument) => (resource: RegisteredResource) => ({
    policy: JSON.stringify(edit(JSON.parse(resource.inputs["policy"] as string) as PolicyDocument)),
  });
  const and = (statement: object) =>
    document(
      ({ Statement, ...rest }) => ({ ...rest, Statement: [...Statement, statement] }) as PolicyDocument,
    );
  const pairs = ({ unexpected }: AccessProof) =>
    unexpected.map(({ principal, item, decision }) => `${last(principal)} ${decision} ${last(item)}`);
  const last = (arn: string) => arn.split(":").slice(5).join(":").replace(/^.*\//, "");
  const policies = ({ weakened }: AccessProof) => [...new Set(weakened.map(({ policy }) => policy))];

  it("is seen as two pairs closed and a document that says too little, where a secret lacks its policy", () => {
    const proof = proved("security", "secretPolicy", "orders/prod/database-policy", without);
    assert.ok(pairs(proof).includes("orders-prod-api refused database-" + suffix("orders/prod/database")));
    assert.deepEqual(policies(proof), ["the policy that orders/prod/database lacks"]);
  });

  it("is seen where a secret's policy lets another role in, and names the statement", () => {
    const stranger = "arn:aws:iam::333333333333:role/services/payments/payments-prod-charge";
    const proof = proved(
      "security",
      "secretPolicy",
      "orders/prod/database-policy",
      document(
        (policy) =>
          JSON.parse(
            JSON.stringify(policy).replaceAll(
              "arn:aws:iam::333333333333:role/services/orders/orders-prod-api",
              stranger,
            ),
          ) as PolicyDocument,
      ),
    );
    assert.ok(pairs(proof).some((pair) => pair.startsWith("orders-prod-api refused database")));
    assert.deepEqual(policies(proof), ["policy of the secret orders/prod/database"]);
  });

  it("is seen where a role may read more, though the secret's policy still refuses it", () => {
    const proof = proved(
      "prod",
      "rolePolicy",
      "orders-prod-api-policy",
      and({ Sid: "More", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" }),
    );
    // A database service's own secret has no policy that would.
    assert.deepEqual(pairs(proof), ["orders-prod-api allowed secret:rds!cluster-6f1c2d3e-AbCdEf"]);
    assert.deepEqual(policies(proof), ["policy of the role orders-prod-api in 333333333333"]);
    assert.deepEqual(proof.weakened[0]?.statements, ["More"]);
  });

  it("is seen as an open pair where nothing else refuses", () => {
    const proof = proved(
      "prod",
      "rolePolicy",
      "orders-prod-api-policy",
      and({ Sid: "More", Effect: "Allow", Action: "ssm:GetParameter", Resource: "*" }),
    );
    assert.ok(pairs(proof).includes("orders-prod-api allowed charge-limit"), pairs(proof).join("\n"));
    const [found] = proof.unexpected;
    assert.match(found?.why ?? "", /policy of the role orders-prod-api in 333333333333, More/);
    assert.match(found?.remedy ?? "", /^take the role or the item out of .*More/);
  });

  it("is seen where a role lost a grant, and says what would open it", () => {
    const proof = proved("prod", "rolePolicy", "orders-prod-api-policy", without);
    const [found] = proof.unexpected;
    assert.equal(found?.decision, "refused");
    assert.match(found?.remedy ?? "", /^a statement that allows |would, but /);
  });

  it("is seen where a role has no boundary", () => {
    const proof = proved("prod", "role", "orders-prod-api-role", () => ({ permissionsBoundary: "" }));
    assert.deepEqual(policies(proof), ["the policy that orders-prod-api lacks"]);
  });

  it("is seen where a key lets in an account", () => {
    const proof = proved(
      "security",
      "key",
      "prod/configuration-key",
      and({
        Sid: "Open",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::333333333333:root" },
        Action: "kms:Decrypt",
        Resource: "*",
      }),
    );
    assert.match(policies(proof).join(), /^policy of the key alias\/prod\/configuration in 111111111111/);
    assert.deepEqual(proof.weakened[0]?.statements, ["Open"]);
  });

  it("is seen where an endpoint lets anybody through", () => {
    const proof = proved("prod", "endpoint", "network-ssm-endpoint", () => ({ policy: "" }));
    assert.deepEqual(policies(proof), ["policy of the endpoint of ssm in prod"]);
  });

  it("is seen where a secret is rotated by another function", () => {
    const proof = proved("security", "rotation", "orders/prod/webhook-signing-key-rotation", () => ({
      rotationLambdaArn: "arn:aws:lambda:eu-west-1:111111111111:function:another",
    }));
    assert.ok(pairs(proof).some((pair) => pair.startsWith("rotation-prod-generated refused")));
  });

  it("is seen where a share goes further: outside, to another account, with the past", () => {
    const name = "/orders/prod/partner-token-share";
    for (const change of [
      { allowExternalPrincipals: true },
      { permissionArns: ["arn:aws:ram::aws:permission/AWSRAMPermissionSSMParameterReadOnlyWithHistory"] },
    ]) {
      assert.deepEqual(policies(proved("security", "share", name, () => change)), [
        "shares of parameter/orders/prod/partner-token",
      ]);
    }
    const reader = proved(
      "security",
      "shareAccount",
      "/orders/prod/partner-token-reader-333333333333",
      () => ({
        principal: "222222222222",
      }),
    );
    assert.ok(pairs(reader).some((pair) => pair.endsWith("refused partner-token")));
    const unshared = proved("security", "shareItem", "/orders/prod/partner-token-shared", without);
    assert.ok(pairs(unshared).some((pair) => pair.endsWith("refused partner-token")));
  });

  it("is seen where a SecureString is under another key", () => {
    const proof = proved(
      "security",
      "expiringParameter",
      "/orders/prod/partner-token-parameter",
      ({ inputs }) => ({
        keyId: undefined,
        name: inputs["name"],
      }),
    );
    assert.ok(
      pairs(proof).some((pair) => pair.endsWith("refused partner-token")),
      pairs(proof).join("\n"),
    );
  });

  it("is seen where there are more roles and items than were planned", () => {
    const [, , prod] = stacks;
    const like = (type: string, name: string) =>
      prod!.resources.find((resource) => resource.type === type && resource.urn.endsWith(name))!;
    const text = like("aws:ssm/parameter:Parameter", "/orders/prod/log-level-parameter");
    const role = like(types.role, "orders-prod-api-role");
    const policy = like(types.rolePolicy, "orders-prod-api-policy");
    const other = (resource: RegisteredResource, changed: Record<string, unknown>) => ({
      ...resource,
      inputs: { ...resource.inputs, ...changed },
      outputs: { ...resource.outputs, ...changed },
    });
    const more = {
      ...prod!,
      resources: [
        ...prod!.resources,
        other(text, { name: "/more", arn: "arn:aws:ssm:eu-west-1:333333333333:parameter/more" }),
        other(role, { name: "more", arn: "arn:aws:iam::333333333333:role/more", permissionsBoundary: "" }),
        other(policy, { role: "more" }),
      ],
    };
    const proof = proveAccess(plan, [stacks[0]!, stacks[1]!, more]);
    const found = pairs(proof);
    assert.ok(found.includes("AnyAdministrator allowed more"), found.join("\n"));
    assert.ok(found.includes("more allowed log-level"), found.join("\n"));
    assert.deepEqual(policies(proof), ["policy of the role more in 333333333333"]);
  });

  it("is not decided about where something is not read", () => {
    const more = (type: string, outputs: Record<string, unknown> = {}) => {
      const [first, ...others] = stacks;
      const [any] = first!.resources;
      const resources = [...first!.resources, { ...any!, type, inputs: {}, outputs }];
      return () => proveAccess(plan, [{ ...first!, resources }, ...others]);
    };
    const refused = (run: () => unknown, reason: RegExp) =>
      assert.throws(
        run,
        (error) => error instanceof NotModelled && error.reasons.some((one) => reason.test(one)),
      );
    refused(more("aws:kms/grant:Grant"), /^security: aws:kms\/grant:Grant/);
    refused(more("aws:kms/replicaKey:ReplicaKey"), /ReplicaKey/);
    refused(
      more(types.rolePolicy.replace("rolePolicy:RolePolicy", "rolePolicyAttachment:RolePolicyAttachment"), {
        role: "expiry-watch",
        policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
      /the policy arn:aws:iam::aws:policy\/ReadOnlyAccess of role expiry-watch in 111111111111, which is not in its stack/,
    );
    refused(
      () =>
        proved("security", "shareAccount", "/orders/prod/partner-token-reader-333333333333", () => ({
          principal: "arn:aws:organizations::111111111111:organization/o-exampleorgid",
        })),
      /which is no account/,
    );
    refused(
      () =>
        proved("security", "share", "/orders/prod/partner-token-share", () => ({
          permissionArns: ["arn:aws:ram:eu-west-1:111111111111:permission/own"],
        })),
      /the permission own of the share/,
    );
  });

  function suffix(name: string): string {
    const secret = stacks[0]!.resources.find(
      ({ type, inputs }) => type === types.secret && inputs["name"] === name,
    );
    return String(secret?.outputs["arn"]).slice(-6);
  }
});
