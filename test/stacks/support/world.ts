import assert from "node:assert/strict";
import type { BuiltStack } from "../../../cli/inMemory/buildStack";
import type { RegisteredResource } from "../../../cli/inMemory/registeredResource";
import { settingsFile } from "../../../model/functions/settings";
import { decide, type Request } from "../../model/documents/support/evaluator";

/** What is registered in all accounts, for tests that follow a way from one resource to the next. */
export class World {
  constructor(readonly stacks: readonly BuiltStack[]) {}

  /** The same without one resource. */
  without(urn: string): World {
    return new World(
      this.stacks.map((stack) => ({
        ...stack,
        resources: stack.resources.filter((resource) => resource.urn !== urn),
      })),
    );
  }

  /** The same with one resource's inputs changed. */
  changed(urn: string, inputs: RegisteredResource["inputs"]): World {
    return new World(
      this.stacks.map((stack) => ({
        ...stack,
        resources: stack.resources.map((resource) =>
          resource.urn === urn ? { ...resource, inputs } : resource,
        ),
      })),
    );
  }

  account(stack: string): string {
    return this.#stack(stack).account;
  }

  /** The one resource of a type with these inputs. */
  one(stack: string, type: string, inputs: Readonly<Record<string, unknown>>): RegisteredResource {
    const found = this.all(stack, type, inputs);
    assert.equal(found.length, 1, `${found.length} of ${type} in ${stack} have ${JSON.stringify(inputs)}`);
    return found[0]!;
  }

  all(stack: string, type: string, inputs: Readonly<Record<string, unknown>> = {}) {
    return this.#stack(stack).resources.filter(
      (resource) =>
        resource.type === type &&
        Object.entries(inputs).every(
          ([key, value]) => JSON.stringify(resource.inputs[key]) === JSON.stringify(value),
        ),
    );
  }

  #stack(name: string): BuiltStack {
    return this.stacks.find(({ stack }) => stack === name)!;
  }

  /** A service may assume the role, which is there under that ARN, and the role may do what it is for. */
  roleServes(
    stack: string,
    roleArn: unknown,
    { service, source = {} }: { readonly service: string; readonly source?: Request["context"] },
    requests: readonly (readonly [action: string, resource: string, context?: Request["context"]])[],
  ): void {
    const role = this.all(stack, "aws:iam/role:Role").find(({ outputs }) => outputs["arn"] === roleArn);
    assert.ok(role, `no role ${String(roleArn)} in ${stack}`);
    const caller = { arn: String(roleArn), account: this.account(stack), organisation: "o-exampleorgid" };
    allows(role.inputs["assumeRolePolicy"], {
      caller: { arn: "", account: "", organisation: "", service },
      action: "sts:AssumeRole",
      resource: String(roleArn),
      context: source,
    });
    const policy = this.one(stack, "aws:iam/rolePolicy:RolePolicy", { role: role.inputs["name"] });
    for (const [action, resource, context = {}] of requests)
      allows(policy.inputs["policy"], { caller, action, resource, context });
  }

  /** Somebody is told when the metric leaves its bounds: an alarm, its topic, what the topic lets in, who hears of it. */
  isWatched(stack: string, namespace: string, metricName: string, dimensions: object): RegisteredResource {
    const account = this.account(stack);
    const alarm = this.all(stack, "aws:cloudwatch/metricAlarm:MetricAlarm", { namespace, metricName }).find(
      ({ inputs }) => sameKeys(inputs["dimensions"], dimensions),
    );
    assert.ok(alarm, `no alarm on ${metricName} ${JSON.stringify(dimensions)} in ${stack}`);
    const [topic, ...others] = alarm.inputs["alarmActions"] as readonly string[];
    assert.deepEqual([topic, others], [`arn:aws:sns:eu-west-1:${account}:secrets-platform-notices`, []]);
    this.reaches(stack, topic!, {
      arn: "",
      account: "",
      organisation: "",
      service: "cloudwatch.amazonaws.com",
    });
    return alarm;
  }

  /** Who is let in by the topic's policy, or asks as a role of the account; somebody hears of it. */
  reaches(stack: string, topicArn: string, caller?: Request["caller"]): void {
    const account = this.account(stack);
    const topic = this.all(stack, "aws:sns/topic:Topic").find(({ outputs }) => outputs["arn"] === topicArn);
    assert.ok(topic, `no topic ${topicArn} in ${stack}`);
    const policy = this.one(stack, "aws:sns/topicPolicy:TopicPolicy", { arn: topicArn });
    if (caller !== undefined)
      allows(policy.inputs["policy"], {
        caller,
        action: "sns:Publish",
        resource: topicArn,
        context: {
          "aws:SourceAccount": account,
          "aws:SourceArn": `arn:aws:cloudwatch:eu-west-1:${account}:alarm:any`,
          "aws:SecureTransport": "true",
        },
      });
    const heard = this.all(stack, "aws:sns/topicSubscription:TopicSubscription", { topic: topicArn });
    assert.ok(heard.length > 0, `nobody hears of ${topicArn}`);
  }
}

export function allows(policy: unknown, request: Request): void {
  const decision = decide(String(policy), request);
  assert.equal(
    decision,
    "allow",
    `${request.action} on ${request.resource} by ${JSON.stringify(request.caller)}`,
  );
}

/** Settings that a function was deployed with, and its entry. */
export function codeOf({ inputs }: RegisteredResource): { entry: string; settings: unknown } {
  const { assets } = inputs["code"] as { assets: Readonly<Record<string, { text: string }>> };
  return { entry: assets["index.js"]!.text, settings: JSON.parse(assets[settingsFile]!.text) };
}

/**
 * Whether EventBridge would match: every field of the pattern is one of the values listed for it, literally or by a
 * `wildcard`; other filters are not known here.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function eventMatches(pattern: unknown, event: unknown): boolean {
  if (!Array.isArray(pattern))
    return Object.entries(pattern as object).every(([key, inner]) =>
      eventMatches(inner, (event as Readonly<Record<string, unknown>> | undefined)?.[key]),
    );
  return pattern.some((filter: unknown) => {
    if (typeof filter === "string") return filter === event;
    assert.deepEqual(Object.keys(filter as object), ["wildcard"]);
    const { wildcard } = filter as { wildcard: string };
    const parts = wildcard.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`).test(String(event));
  });
}

function sameKeys(one: unknown, other: object): boolean {
  const sorted = (value: unknown) => JSON.stringify(Object.entries(value as object).sort());
  return one !== undefined && sorted(one) === sorted(other);
}
