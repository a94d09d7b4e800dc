import assert from "node:assert/strict";
import { asset } from "@pulumi/pulumi";
import type { BuiltStack } from "../../cli/inMemory/buildStack";
import { detectionsOf } from "../../model/detection/account";
import { cisPatterns } from "../../model/detection/cisPatterns";
import type { ExpiryWatchSettings } from "../../model/functions/settings";
import type { Plan } from "../../model/plan/types";
import { cisControls } from "../../policies/rules/cloudwatch/cisControls";
import { type Built, built, ofType, stackNamed } from "./support/built";
import { samplePlan } from "../model/plan/support/samples";
import { runStack, type Surroundings } from "./support/runStack";

const accounts = ["security", "staging", "prod"];

describe("what every account of the samples records, watches and tells", function () {
  this.timeout(240_000);
  let all: Built;

  before(async () => {
    all = await built("aws");
  });

  it("records what becomes of the archive's records, in the account that holds it alone", () => {
    const { bucketName } = stackNamed(all, "security").outputs["logArchive"] as { bucketName: string };
    for (const name of accounts) {
      const [trail] = ofType(stackNamed(all, name), "aws:cloudtrail/trail:Trail");
      const text = JSON.stringify(trail?.inputs["advancedEventSelectors"]);
      assert.equal(text.includes(`"startsWiths":["arn:aws:s3:::${bucketName}/"]`), name === "security", name);
    }
  });

  for (const name of accounts) {
    it(`${name}: each filter reads the trail's log group, each alarm tells the topic`, () => {
      const stack = stackNamed(all, name);
      const { filters, alarms, rules } = detectionsOf(
        all.plan,
        all.plan.organisation.stacks.find((each) => each.name === name)!,
      );
      const [topic, ...others] = ofType(stack, "aws:sns/topic:Topic");
      assert.equal(others.length, 0);
      const topicArn = `arn:aws:sns:eu-west-1:${stack.account}:secrets-platform-notices`;
      assert.equal(topic?.outputs["arn"], topicArn);

      const made = ofType(stack, "aws:cloudwatch/logMetricFilter:LogMetricFilter");
      assert.deepEqual(
        made.map(({ inputs }) => inputs["pattern"]).sort(),
        filters.map(({ pattern }) => pattern).sort(),
      );
      for (const { inputs } of made) assert.equal(inputs["logGroupName"], "/secrets-platform/trail");
      const [trailLogs] = ofType(stack, "aws:cloudwatch/logGroup:LogGroup").filter(
        ({ inputs }) => inputs["name"] === "/secrets-platform/trail",
      );
      for (const { dependencies } of made) assert.ok(dependencies.includes(trailLogs!.urn));

      const raised = ofType(stack, "aws:cloudwatch/metricAlarm:MetricAlarm");
      assert.deepEqual(
        raised.map(({ inputs }) => [inputs["name"], inputs["alarmDescription"]]).sort(),
        alarms.map(({ id, runbook }) => [`secrets-platform-${id}`, runbook]).sort(),
      );
      for (const { inputs, name: alarm } of raised)
        assert.deepEqual(inputs["alarmActions"], [topicArn], alarm);

      const madeRules = new Map(
        ofType(stack, "aws:cloudwatch/eventRule:EventRule").map(({ inputs }) => [inputs["name"], inputs]),
      );
      for (const { id, pattern, includesReads } of rules) {
        const rule = madeRules.get(`secrets-platform-${id}`);
        assert.equal(rule?.["eventPattern"], JSON.stringify(pattern));
        assert.equal(
          rule?.["state"],
          includesReads ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED",
        );
      }
    });

    it(`${name}: the daily watch tells the same topic`, () => {
      const stack = stackNamed(all, name);
      const [watch] = ofType(stack, "aws:lambda/function:Function").filter(
        ({ inputs }) => inputs["name"] === "expiry-watch",
      );
      assert.deepEqual(watch?.inputs["environment"], {
        variables: { NOTICES_TOPIC_ARN: `arn:aws:sns:eu-west-1:${stack.account}:secrets-platform-notices` },
      });
    });

    it(`${name}: whoever publishes to the topic may use its key, and nobody else may publish`, () => {
      const stack = stackNamed(all, name);
      const [topic] = ofType(stack, "aws:sns/topic:Topic");
      const key = ofType(stack, "aws:kms/key:Key").find(
        ({ outputs }) => outputs["arn"] === topic?.inputs["kmsMasterKeyId"],
      );
      const policy = documentOf(key!.inputs["policy"]);
      const users = policy.find(({ Sid }) => Sid === "RoleNotices")!.Condition["ArnEquals"]![
        "aws:PrincipalArn"
      ];
      const publishers = ofType(stack, "aws:iam/rolePolicy:RolePolicy")
        .filter(({ inputs }) => String(inputs["policy"]).includes('"sns:Publish"'))
        .map(({ inputs }) => `arn:aws:iam::${stack.account}:role/platform/${String(inputs["role"])}`);
      assert.deepEqual([...(users as string[])].sort(), publishers.sort());

      const [open] = ofType(stack, "aws:sns/topicPolicy:TopicPolicy");
      const allowed = documentOf(open!.inputs["policy"]).filter(({ Effect }) => Effect === "Allow");
      assert.deepEqual(
        allowed.map(({ Principal, Condition }) => [Principal, Condition["StringEquals"]]),
        [[{ Service: "cloudwatch.amazonaws.com" }, { "aws:SourceAccount": stack.account }]],
      );
    });
  }

  it("is alarmed by every control of the CIS benchmark that the policy pack asks for", () => {
    const patterns = Object.values<string>(cisPatterns);
    for (const { id, holds } of cisControls) {
      assert.ok(
        patterns.some((pattern) => holds.every((text) => pattern.includes(text))),
        id,
      );
    }
    assert.equal(patterns.length, cisControls.length);
  });
});

describe("the daily watch of an account", () => {
  const plan = samplePlan();

  async function toldIn(stack: string, surroundings: Surroundings = {}): Promise<ExpiryWatchSettings> {
    let told: object = {};
    await runStack(plan, stack, {
      ...surroundings,
      functionCode: (entry, settings) => {
        if (entry === "expiryWatch/entry") told = settings;
        return new asset.StringAsset(entry);
      },
    });
    return told as ExpiryWatchSettings;
  }

  it("is told how each secret is to rotate, and how long each SecureString is to live", async () => {
    const { expectedRotations, expectedParameters } = await toldIn("security");
    assert.deepEqual(
      expectedRotations,
      plan.secrets.map(({ name, rotation: { functionArn, schedule } }) => ({
        name,
        functionArn,
        ...schedule,
      })),
    );
    const central = plan.parameters.filter(({ home, expires }) => home === "security" && expires);
    assert.deepEqual(
      expectedParameters,
      central.map(({ name, owner, expires }) => ({ name, owner, expires })),
    );
  });

  it("knows of no secret where none is", async () => {
    const { expectedRotations } = await toldIn("prod", { security: "deployed" });
    assert.deepEqual(expectedRotations, []);
  });
});

describe("an account with a trail already", function () {
  this.timeout(240_000);

  const logGroup = "aws-controltower/CloudTrailLogs";
  let security: BuiltStack;

  before(async () => {
    const { plan } = await built("aws");
    security = await runStack(withExistingTrail(plan), "security");
  });

  /** The plan, had every stack a trail. */
  function withExistingTrail(plan: Plan): Plan {
    const stacks = plan.organisation.stacks.map((stack) => ({
      ...stack,
      trail: { mode: "existing" as const, logGroup },
    }));
    return { ...plan, organisation: { ...plan.organisation, stacks } };
  }

  it("gets no second one, and filters on the log group it names", () => {
    assert.deepEqual(ofType(security, "aws:cloudtrail/trail:Trail"), []);
    const groups = ofType(security, "aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs["name"]);
    assert.ok(!groups.includes("/secrets-platform/trail"));
    const filters = ofType(security, "aws:cloudwatch/logMetricFilter:LogMetricFilter");
    assert.ok(filters.length > 20);
    for (const { inputs } of filters) assert.equal(inputs["logGroupName"], logGroup);
  });
});

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function documentOf(text: unknown): readonly Statement[] {
  return (JSON.parse(String(text)) as { Statement: readonly Statement[] }).Statement;
}
