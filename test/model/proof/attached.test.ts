import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../cli/inMemory/registeredResource";
import { types } from "../../../model/proof/registered/stack";
import { built } from "../../stacks/support/built";
import { assertUndecided, like, policies, Tampered } from "./support/tampered";

const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Ways by which a program could give access beside the documents that its stacks are known for. */
describe("a stack that gives access by another way", function () {
  this.timeout(240_000);
  let tampered: Tampered;
  let role: RegisteredResource;
  let rolePolicy: RegisteredResource;
  let secretPolicy: RegisteredResource;

  before(async () => {
    const { plan, stacks } = await built("aws");
    tampered = new Tampered(plan, stacks);
    role = tampered.find("prod", "role", "orders-prod-api-role");
    rolePolicy = tampered.find("prod", "rolePolicy", "orders-prod-api-policy");
    secretPolicy = tampered.find("security", "secretPolicy", "orders/prod/database-policy");
  });

  const other = (type: string, inputs: Record<string, unknown> = {}) => ({
    ...role,
    urn: `${role.urn}-other`,
    type,
    inputs,
    outputs: {},
  });

  it("is seen where a role has a second policy", () => {
    assert.deepEqual(policies(tampered.with("prod", like(rolePolicy, { policy: everything }))), [
      `policies of the role ${String(role.outputs["arn"])}`,
    ]);
  });

  it("is not decided about where a policy is attached to a role that the stack does not have", () => {
    assertUndecided(
      () => tampered.with("security", like(rolePolicy, { policy: everything })),
      /^security: aws:iam\/rolePolicy:RolePolicy orders-prod-api-policy of orders-prod-api, which is not in its stack$/,
    );
    assertUndecided(
      () => tampered.with("prod", like(rolePolicy, { role: role.outputs["arn"] })),
      /of arn:.*, which is not in its stack/,
    );
    assertUndecided(
      () =>
        tampered.with(
          "prod",
          other(types.attachment, { policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
        ),
      /of an unknown role, which is not in its stack/,
    );
  });

  it("is not decided about where only the deployment will know what a role has", () => {
    for (const [properties, reason] of [
      [{ inlinePolicies: unknown }, /^prod: inlinePolicies of orders-prod-api-role, which is no list$/],
      [{ managedPolicyArns: unknown }, /^prod: managedPolicyArns of orders-prod-api-role, which is no list$/],
      [
        { inlinePolicies: [{ policy: { unknown } }] },
        /orders-prod-api in 333333333333, the document, which is no JSON/,
      ],
      [
        { managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
        /ReadOnlyAccess of role orders-prod-api/,
      ],
    ] as const) {
      assertUndecided(
        () => tampered.changed("prod", "role", "orders-prod-api-role", () => properties),
        reason,
      );
    }
  });

  it("is not decided about where a secret has two policies, or one from another stack or by another name", () => {
    const open = { policy: everything };
    assertUndecided(() => tampered.with("security", secretPolicy), /a second policy of the secret arn:/);
    assertUndecided(
      () => tampered.changed("security", "secret", "orders/prod/database-secret", () => open),
      /a second policy of the secret arn:/,
    );
    assertUndecided(
      () => tampered.with("security", like(secretPolicy, { ...open, secretArn: "orders/prod/database" })),
      /of orders\/prod\/database, which is not in its stack/,
    );
    assertUndecided(
      () => tampered.with("prod", like(secretPolicy, open)),
      /^prod: .*which is not in its stack/,
    );
  });

  it("is not decided about where a parameter is in a share that the stack does not have", () => {
    const item = tampered.find("security", "shareItem", "/orders/prod/partner-token-shared");
    assertUndecided(
      () =>
        tampered.with(
          "security",
          like(item, { resourceShareArn: "arn:aws:ram:eu-west-1:1:resource-share/a" }),
        ),
      /which is not in its stack/,
    );
  });

  it("is not decided about where it has a resource that has a say and is not read", () => {
    for (const type of [
      "aws-native:iam:RolePolicy",
      "aws:cloudcontrol/resource:Resource",
      "aws:cloudformation/stack:Stack",
      "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
      "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
      "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
      "aws:iam/user:User",
      "aws:kms/grant:Grant",
      "aws:kms/replicaExternalKey:ReplicaExternalKey",
      "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
      "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
      "aws:ssoadmin/permissionSet:PermissionSet",
      "command:local:Command",
      "pulumi-nodejs:dynamic:Resource",
    ]) {
      assertUndecided(
        () => tampered.with("prod", other(type, { name: "any" })),
        new RegExp(`^prod: ${type} any$`),
      );
    }
  });

  it("is not decided about where an application is another's than the rotation functions that AWS publishes", () => {
    const type = "aws:serverlessrepository/cloudFormationStack:CloudFormationStack";
    const rotation = "applications/SecretsManagerRDSPostgreSQLRotationMultiUser";
    for (const applicationId of [
      "arn:aws:serverlessrepo:us-east-1:999999999999:applications/SecretsManagerRDSPostgreSQLRotationMultiUser",
      "arn:aws:serverlessrepo:us-east-1:297356227824:applications/other",
      `arn:aws-cn:serverlessrepo:us-east-1:297356227824:${rotation}`,
    ])
      assertUndecided(
        () => tampered.with("prod", other(type, { applicationId })),
        /^prod: aws:serverlessrepository\/cloudFormationStack:CloudFormationStack /,
      );
    const applicationId = `arn:aws:serverlessrepo:us-east-1:297356227824:${rotation}`;
    assert.deepEqual(policies(tampered.with("prod", other(type, { applicationId }))), []);
  });

  it("is decided about with what has no say", () => {
    for (const one of [
      other("aws:sns/topic:Topic"),
      other("aws:iam/accountAlias:AccountAlias"),
      { ...other("acme:index:Component"), custom: false },
    ]) {
      assert.deepEqual(policies(tampered.with("prod", one)), []);
    }
  });

  it("is seen where a secret, or a replica of one, is under another key, whoever reads it", () => {
    for (const properties of [{ kmsKeyId: undefined }, { replicas: [{ region: "us-east-1" }] }]) {
      const proof = tampered.changed(
        "security",
        "secret",
        "orders/prod/database-admin-secret",
        () => properties,
      );
      assert.match(
        policies(proof).join("\n"),
        /^policy of the key alias\/prod\/configuration, which arn:aws:secretsmanager:.*:secret:orders\/prod\/database-admin-\w{6} is not under$/,
      );
    }
  });

  it("is seen where a parameter is shared with another account, or one of a workload account at all", () => {
    const reader = tampered.find(
      "security",
      "shareAccount",
      "/orders/prod/partner-token-reader-333333333333",
    );
    for (const principal of ["222222222222", "555555555555"]) {
      assert.deepEqual(policies(tampered.with("security", like(reader, { principal }))), [
        "shares of parameter/orders/prod/partner-token",
      ]);
    }
    const share = tampered.find("security", "share", "/orders/prod/partner-token-share");
    const item = tampered.find("security", "shareItem", "/orders/prod/partner-token-shared");
    const { arn } = tampered.find("prod", "parameter", "/orders/prod/log-level-parameter").outputs;
    const resourceShareArn = "arn:aws:ram:eu-west-1:333333333333:resource-share/other";
    const proof = tampered.with(
      "prod",
      like(share, { arn: resourceShareArn, allowExternalPrincipals: true }),
      like(reader, { resourceShareArn, principal: "444444444444" }),
      like(item, { resourceShareArn, resourceArn: arn }),
    );
    assert.deepEqual(policies(proof), ["shares of parameter/orders/prod/log-level"]);
  });
});
