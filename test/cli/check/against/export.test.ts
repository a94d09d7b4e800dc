import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportBase } from "../../../../cli/check/against/exportBase";
import type { CheckedStacks } from "../../../../cli/check/check";
import type { RegisteredResource } from "../../../../cli/inMemory/registeredResource";
import { UsageError } from "../../../../cli/usageError";
import { samplePlan } from "../../../model/plan/support/samples";

const parent = "urn:pulumi:prod::secrets-platform::secrets-platform:x:Part::part";

function resource(type: string, name: string, inputs: object, more: Partial<RegisteredResource> = {}) {
  return {
    ...{
      urn: `urn:pulumi:prod::secrets-platform::${type}::${name}`,
      type,
      name,
      parent,
      custom: true,
      id: name,
    },
    ...{ inputs, outputs: {}, protect: false, dependencies: [], propertyDependencies: {} },
    ...more,
  } as RegisteredResource;
}

const component = resource("secrets-platform:x:Part", "part", {}, { urn: parent, custom: false, parent: "" });
const statement = (more: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "One", ...more }] });

describe("what `check --against` takes from an export", function () {
  this.timeout(120_000);
  const plan = samplePlan();
  let folder: string;

  before(() => (folder = mkdtempSync(join(tmpdir(), "against-export-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function write(resources: readonly object[], name = "prod.json", deployment: object = {}): string {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify({ version: 3, deployment: { ...deployment, resources } }));
    return file;
  }

  function compared(
    before: readonly RegisteredResource[],
    after: readonly RegisteredResource[],
    deployment = {},
  ) {
    const now: CheckedStacks = {
      ...{ plan, findings: [], exemptions: [], notes: [], rules: 0, access: { undecided: [] } },
      stacks: [{ stack: "prod", account: "333333333333", resources: [component, ...after], outputs: {} }],
    };
    return exportBase(write([component, ...before], "prod.json", deployment)).compare(now);
  }

  const said = async (before: readonly RegisteredResource[], after: readonly RegisteredResource[]) =>
    (await compared(before, after)).changes
      .filter(({ effect }) => effect !== "neutral")
      .map(({ effect, about, text }) => `${effect} ${about}: ${text}`);

  const key = (policy: object) => resource("aws:kms/key:Key", "key", { policy: statement(policy) });
  const role = (trust: object, more: object = {}) =>
    resource("aws:iam/role:Role", "role", { assumeRolePolicy: statement(trust), ...more });
  const allow = {
    Effect: "Allow",
    Principal: { AWS: ["arn:aws:iam::1:role/a"] },
    Action: ["kms:Decrypt"],
    Resource: "*",
    Condition: {
      StringEquals: { "kms:ViaService": "ssm" },
      StringNotEquals: { "aws:PrincipalTag/x": ["a", "b"] },
    },
  };
  const deny = {
    Effect: "Deny",
    Principal: "*",
    Action: ["kms:Decrypt"],
    Resource: ["*"],
    Condition: { ArnNotLike: { "aws:PrincipalArn": ["a"] } },
  };
  const alarm = (more: object) =>
    resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
      ...{ threshold: 1, comparisonOperator: "GreaterThanOrEqualToThreshold", actionsEnabled: true },
      ...{ alarmActions: ["topic"], evaluationPeriods: 1, metricName: "Reads", ...more },
    });
  const policyOf = (Action: unknown, Resource: unknown) =>
    resource("aws:iam/rolePolicy:RolePolicy", "policy", {
      role: "api",
      policy: statement({ Effect: "Allow", Action, Resource }),
    });
  const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:1:secret:${name}-??????`;

  /** Each widens one way; the other way it narrows, or is to be looked at as well. */
  const widening: readonly (readonly [
    string,
    readonly RegisteredResource[],
    readonly RegisteredResource[],
    string,
  ])[] = [
    [
      "a principal more",
      [key(allow)],
      [key({ ...allow, Principal: { AWS: ["arn:aws:iam::1:role/a", "arn:aws:iam::2:root"] } })],
      "Allow One: Principal gains AWS arn:aws:iam::2:root",
    ],
    ["everybody", [key(allow)], [key({ ...allow, Principal: "*" })], "Allow One: Principal gains *"],
    [
      "an action more",
      [key(allow)],
      [key({ ...allow, Action: ["kms:Decrypt", "kms:CreateGrant"] })],
      "Allow One: Action gains kms:CreateGrant",
    ],
    [
      "a condition less",
      [key(allow)],
      [key({ ...allow, Condition: { StringNotEquals: allow.Condition.StringNotEquals } })],
      "Allow One: Condition StringEquals kms:ViaService ssm → (nothing)",
    ],
    [
      "a value more that a condition takes",
      [key(allow)],
      [
        key({
          ...allow,
          Condition: { ...allow.Condition, StringEquals: { "kms:ViaService": ["ssm", "s3"] } },
        }),
      ],
      "gains s3",
    ],
    [
      "a value less that a condition excludes",
      [key(allow)],
      [
        key({
          ...allow,
          Condition: { ...allow.Condition, StringNotEquals: { "aws:PrincipalTag/x": ["a"] } },
        }),
      ],
      "loses b",
    ],
    [
      "a Deny less",
      [key(deny)],
      [key({ ...deny, Sid: "Other", Action: ["kms:Encrypt"] })],
      "policy of kms/key key: Deny One",
    ],
    [
      "an Allow of what was denied",
      [key(deny)],
      [key({ ...deny, Effect: "Allow" })],
      "policy of kms/key key: Allow One",
    ],
    [
      "an action that is denied no more",
      [key({ ...deny, Action: ["kms:Decrypt", "kms:Encrypt"] })],
      [key(deny)],
      "Deny One: Action loses kms:Encrypt",
    ],
    [
      "somebody more who is not denied",
      [key(deny)],
      [key({ ...deny, Condition: { ArnNotLike: { "aws:PrincipalArn": ["a", "b"] } } })],
      "Deny One: Condition ArnNotLike aws:PrincipalArn gains b",
    ],
    [
      "a NotAction in place of an Action",
      [key(allow)],
      [key({ Sid: "One", ...allow, Action: undefined, NotAction: ["kms:Encrypt"] })],
      "Allow One: NotAction (nothing) → kms:Encrypt",
    ],
    [
      "a statement more",
      [key(allow)],
      [
        resource("aws:kms/key:Key", "key", {
          policy: JSON.stringify({
            Statement: [
              { Sid: "One", ...allow },
              { Sid: "Two", ...allow, Action: ["kms:Encrypt"] },
            ],
          }),
        }),
      ],
      "policy of kms/key key: Allow Two",
    ],
    [
      "a trust more",
      [role({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } })],
      [
        role({
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] },
        }),
      ],
      "trust of iam/role role: Allow One: Principal gains Service ec2.amazonaws.com",
    ],
    [
      "a new role that people may assume",
      [],
      [role({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "arn:aws:iam::9:root" } })],
      "trust of iam/role role: Allow One",
    ],
    [
      "a boundary less",
      [role(allow, { permissionsBoundary: "arn:boundary" })],
      [role(allow)],
      "iam/role role: permissions boundary arn:boundary → (nothing)",
    ],
    [
      "a managed policy more",
      [role(allow)],
      [role(allow, { managedPolicyArns: ["arn:admin"] })],
      "managed policies gains arn:admin",
    ],
    [
      "one secret more to read",
      [policyOf("secretsmanager:GetSecretValue", secretArn("a/prod/x"))],
      [policyOf("secretsmanager:GetSecretValue", [secretArn("a/prod/x"), secretArn("b/prod/y")])],
      "role api may read secret b/prod/y",
    ],
    [
      "all parameters to read",
      [policyOf("ssm:GetParameter", "arn:aws:ssm:eu-west-1:1:parameter/a/prod/x")],
      [policyOf(["ssm:Get*"], "*")],
      "role api may read *",
    ],
    [
      "a policy attached to what was there",
      [],
      [resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attached", {})],
      "iam/rolePolicyAttachment attached",
    ],
    [
      "a policy taken from what stays",
      [resource("aws:secretsmanager/secretPolicy:SecretPolicy", "policy", {})],
      [],
      "secretsmanager/secretPolicy policy",
    ],
    ["an alarm less", [alarm({})], [], "cloudwatch/metricAlarm alarm"],
    ["a threshold raised", [alarm({})], [alarm({ threshold: 5 })], "threshold 1 → 5"],
    ["an alarm that tells nobody", [alarm({})], [alarm({ alarmActions: [] })], "who is told loses topic"],
    ["an alarm that is off", [alarm({})], [alarm({ actionsEnabled: false })], "tells somebody true → false"],
    [
      "a rotation that comes more seldom",
      [
        resource("aws:secretsmanager/secretRotation:SecretRotation", "r", {
          rotationRules: { scheduleExpression: "rate(30 days)" },
        }),
      ],
      [
        resource("aws:secretsmanager/secretRotation:SecretRotation", "r", {
          rotationRules: { scheduleExpression: "rate(60 days)" },
        }),
      ],
      "most hours between rotations 720 → 1440",
    ],
    [
      "a value that never expires",
      [
        resource("secrets-platform:index:ExpiringParameter", "p", {
          expires: { never: false, afterDays: 30 },
        }),
      ],
      [
        resource("secrets-platform:index:ExpiringParameter", "p", {
          expires: { never: true, remindDays: 90 },
        }),
      ],
      "never expires false → true",
    ],
    [
      "a region more with the value",
      [resource("aws:secretsmanager/secret:Secret", "s", { replicas: [] })],
      [resource("aws:secretsmanager/secret:Secret", "s", { replicas: [{ region: "eu-central-1" }] })],
      "replica regions gains eu-central-1",
    ],
  ];
  for (const [name, before, after, expected] of widening) {
    it(`takes for widened: ${name}`, async () => {
      const there = await said(before, after);
      assert.ok(
        there.some((line) => line.startsWith("widened ") && line.endsWith(expected)),
        there.join("\n"),
      );
      assert.deepEqual(await said(before, before), []);
      assert.ok((await compared(after, before)).changes.length > 0);
    });
  }

  it("takes for narrowed what was taken back", async () => {
    assert.deepEqual(await said([key({ ...allow, Action: ["kms:Decrypt", "kms:Encrypt"] })], [key(allow)]), [
      "narrowed prod: policy of kms/key key: Allow One: Action loses kms:Encrypt",
    ]);
  });

  it("shows no setting, and of a deployed stack compares none that hold identifiers", async () => {
    const made = (value: string) =>
      resource("aws:sns/topic:Topic", "topic", { secret: value, kmsKeyId: value });
    const { changes, notCompared } = await compared([made("canary-one")], [made("canary-two")]);
    assert.deepEqual(
      changes.map(({ text }) => text),
      ["sns/topic topic: settings changed"],
    );
    assert.ok(!JSON.stringify(changes).includes("canary"));
    assert.equal(notCompared.length, 1);
    const deployed = await compared([made("one")], [made("two")], { manifest: { version: "v3.250.0" } });
    assert.deepEqual([deployed.changes, deployed.notCompared.length], [[], 2]);
  });

  it("looks past what is waiting for its deletion, and values of no plain kind", async () => {
    const gone = { ...resource("aws:sns/topic:Topic", "old", {}), delete: true };
    assert.deepEqual((await compared([gone], [])).changes, []);
    const secret = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      ciphertext: "x",
    };
    const unknown = resource("aws:kms/key:Key", "key", { policy: secret });
    assert.deepEqual((await compared([unknown], [unknown])).changes, []);
  });

  it("knows what was protected, and what is still to be set", async () => {
    const stack = resource(
      "pulumi:pulumi:Stack",
      "prod",
      {},
      { outputs: { protectedNames: ["alias/prod/gone"] } },
    );
    const { toRetire, toSet } = await compared([stack], [stack]);
    assert.deepEqual(toRetire, [{ stack: "prod", name: "alias/prod/gone" }]);
    assert.deepEqual(
      toSet.map(({ item }) => item),
      plan.parameters
        .filter(({ environment, home, key: own }) => environment === "prod" && home === "workload" && own)
        .map(({ service, item }) => `${service}/prod/${item}`)
        .sort(),
    );
  });

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ["no JSON", "{", /is not JSON;/],
    ["another document", '{"deployment":[]}', /has no `deployment\.resources`;/],
    ["nothing in it", '{"deployment":{"resources":[]}}', /holds no resources of one stack;/],
    ["null in it", '{"deployment":{"resources":[null]}}', /holds no resources of one stack;/],
    [
      "two stacks",
      '{"deployment":{"resources":[{"urn":"urn:pulumi:a::p::t::n"},{"urn":"urn:pulumi:b::p::t::n"}]}}',
      /holds no resources of one stack;/,
    ],
  ];
  for (const [name, text, message] of wrong) {
    it(`refuses a file with ${name}, in words`, () => {
      const file = join(folder, "wrong.json");
      writeFileSync(file, text);
      assert.throws(
        () => exportBase(file),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }

  it("refuses a folder with one stack twice, and tells what cannot be read", () => {
    mkdirSync(join(folder, "twice"));
    write([component], "twice/a.json");
    write([component], "twice/b.json");
    assert.throws(
      () => exportBase(join(folder, "twice")),
      /b\.json holds the stack prod, as another file of the folder does;/,
    );
    assert.throws(() => exportBase(join(folder, "nowhere")), /nowhere cannot be read: ENOENT;/);
  });
});
