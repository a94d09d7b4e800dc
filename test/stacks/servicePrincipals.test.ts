import assert from "node:assert/strict";
import type { BuiltStack } from "../../cli/inMemory/buildStack";
import { buildStacks } from "../../cli/inMemory/buildStacks";
import { type ServicePlace, servicePrincipals } from "../../model/aws/servicePrincipals";
import { serviceName, serviceUse } from "../../model/aws/serviceUse";
import type { Plan } from "../../model/plan/types";
import { samplePlan } from "../model/plan/support/samples";
import { built, ofType, type Variant } from "./support/built";
import { type EmittedStatement, presenceOf, type PlacedStatement, servicesIn } from "./support/conditionKeys";
import { emittedDocuments, kindOf } from "./support/emittedDocuments";

const places: Readonly<Record<string, ServicePlace | undefined>> = {
  "aws:iam/role:Role": "role",
  "aws:kms/key:Key": "key",
  "aws:sns/topicPolicy:TopicPolicy": "topic",
  "aws:sqs/queuePolicy:QueuePolicy": "queue",
  "aws:s3/bucketPolicy:BucketPolicy": "bucket",
};

/** With everything the settings can ask for: chat channels, a second factor of IAM's own. */
async function full(): Promise<readonly BuiltStack[]> {
  const plan = samplePlan();
  const { organisation } = plan;
  const chat = { slack: [{ workspace: "T0123ABCDEF", channel: "C0123ABCDEF" }] };
  const asked: Plan = {
    ...plan,
    organisation: {
      ...organisation,
      stacks: organisation.stacks.map((stack) => ({ ...stack, notices: { ...stack.notices, ...chat } })),
      principals: {
        ...organisation.principals,
        breakGlass: { ...organisation.principals.breakGlass, mfa: "iam" },
      },
    },
  };
  return buildStacks(asked, () => {});
}

const variants: readonly (Variant | "full")[] = ["aws", "aws-cn", "aws-us-gov", "sharded", "full"];

for (const variant of variants) {
  describe(`services and conditions in the stacks of the samples, ${variant}`, function () {
    this.timeout(480_000);
    let stacks: readonly BuiltStack[];
    let statements: readonly (PlacedStatement & { readonly of: string })[];

    before(async () => {
      stacks = variant === "full" ? await full() : (await built(variant)).stacks;
      statements = emittedDocuments(stacks).flatMap((emitted) =>
        (emitted.document as { Statement: readonly EmittedStatement[] }).Statement.map((statement) => ({
          of: `${emitted.urn} ${statement.Sid}`,
          statement,
          kind: kindOf(emitted)!,
          place: places[emitted.type],
        })),
      );
    });

    it("name no service that the table does not know at that place", () => {
      const named = statements.flatMap(({ of, statement, place }) =>
        servicesIn(statement).map((principal) => {
          const name = serviceName(principal);
          assert.ok(name, `${of}: ${principal} is no service's principal`);
          assert.ok(
            place !== undefined && serviceUse(name, place),
            `${of}: ${name} is not in the table there`,
          );
          return `${name} ${place}`;
        }),
      );
      const expected = [
        "cloudtrail bucket",
        "cloudtrail key",
        "cloudtrail role",
        "cloudwatch key",
        "cloudwatch topic",
      ];
      expected.push("codebuild role", "ec2 role", "ecs-tasks role", "encryption.athena key", "events queue");
      expected.push("events role", "glue role", "pods.eks role");
      expected.push(
        "lambda role",
        "logging.s3 bucket",
        "logs key",
        "vpc-flow-logs role",
        ...(variant === "full" ? ["chatbot role"] : []),
      );
      assert.deepEqual([...new Set(named)].sort(), expected.sort());
    });

    it("let a service act for this account or its resources alone, wherever it says for whom", () => {
      assert.ok(statements.length > 10, `${statements.length}`);
      for (const { of, statement, place } of statements) {
        for (const principal of statement.Effect === "Allow" ? servicesIn(statement) : []) {
          const use = serviceUse(serviceName(principal)!, place!)!;
          const keys = keysOf(statement);
          assert.equal(
            use.sends.length > 0,
            use.sends.some((key) => keys.includes(key)),
            `${of}: ${principal} is asked for ${keys.join() || "nothing"}`,
          );
          // Pod Identity says in tags what others say in sources.
          const others = keys.filter((key) => !key.startsWith("aws:RequestTag/"));
          if (use.sends.length === 0 && place === "role") assert.deepEqual(others, [], of);
        }
      }
    });

    it("ask for no condition key that the request does not have", () => {
      let asked = 0;
      for (const placed of statements) {
        for (const key of keysOf(placed.statement)) {
          asked++;
          const presence = presenceOf(key);
          assert.ok(presence, `${placed.of}: say when ${key} is there`);
          assert.ok(presence.when(placed, key), `${placed.of}: ${key} is not there, see ${presence.page}`);
        }
      }
      assert.ok(asked > 100, `${asked} keys`);
    });

    it("let services invoke functions by what they send", () => {
      const found = stacks.flatMap((stack) => ofType(stack, "aws:lambda/permission:Permission"));
      assert.ok(found.length > 0);
      for (const { inputs, urn } of found) {
        const use = serviceUse(serviceName(String(inputs["principal"])) ?? "", "function");
        assert.ok(use, urn);
        const asked = [
          ...("sourceAccount" in inputs ? ["aws:SourceAccount"] : []),
          ...("sourceArn" in inputs ? ["aws:SourceArn"] : []),
        ];
        assert.ok(asked.length > 0, urn);
        for (const key of asked)
          assert.ok(
            use.sends.some((sent) => sent === key),
            `${urn}: ${key}`,
          );
      }
    });
  });
}

describe("the table of services", () => {
  const uses = Object.entries(servicePrincipals).flatMap(([name, at]) =>
    Object.keys(at).map((place) => ({ name, place: place as ServicePlace })),
  );

  for (const { name, place } of uses) {
    it(`says by what page, and what limits it otherwise: ${name} ${place}`, () => {
      const { page, sends, limit } = serviceUse(name, place)!;
      assert.match(page, /^https:\/\/docs\.aws\.amazon\.com\/\S+\.html(?:#\S+)?$/);
      assert.equal(limit === undefined, sends.length > 0);
    });
  }

  it("knows a service by its principal in every partition and region", () => {
    for (const [principal, name] of [
      ["ecs-tasks.amazonaws.com", "ecs-tasks"],
      ["ec2.amazonaws.com.cn", "ec2"],
      ["logs.eu-west-1.amazonaws.com", "logs"],
      ["logs.cn-north-1.amazonaws.com.cn", "logs"],
      ["states.us-gov-west-1.amazonaws.com", "states"],
      ["delivery.logs.amazonaws.com", "delivery.logs"],
      ["monitoring.rds.amazonaws.com", "monitoring.rds"],
      ["*", undefined],
      ["333333333333", undefined],
      ["lambda.amazonaws.com.example.com", undefined],
    ] as const) {
      assert.equal(serviceName(principal), name);
    }
    assert.equal(serviceUse("toString", "role"), undefined);
  });
});

function keysOf({ Condition }: EmittedStatement): readonly string[] {
  return Object.values(Condition ?? {}).flatMap((tests) => Object.keys(tests));
}
