import type { Consumer } from "../../catalogue/types";
import { rolesOf } from "../../plan/contents";
import { environmentOf } from "../../plan/environmentOf";
import type { ConsumerPlan, Plan, RolePlan } from "../../plan/types";
import type { Fact, Thing } from "../types";

/** Consumers and the roles they have. */
export function consumersOf(plan: Plan): readonly Thing[] {
  return plan.consumers.flatMap((consumer) => {
    const { service, environment } = consumer;
    const place = {
      stack: environmentOf(plan, environment).workload.stack,
      about: `${service}/${environment}`,
    };
    return [
      {
        ...place,
        kind: "consumer" as const,
        name: consumer.name,
        words: `consumer ${consumer.consumer}`,
        facts: {
          owner: { value: consumer.owner },
          ...injected(consumer),
          ...settingFacts(consumer.settings),
        },
      },
      ...rolesOf([consumer]).map((each) => ({ ...place, ...roleOf(each) })),
    ];
  });
}

function roleOf({ name, use }: RolePlan): Omit<Thing, "stack" | "about"> {
  return {
    kind: "role",
    name,
    words: `role ${name}`,
    facts: { "what may assume it": { value: assumedBy[use], wider: "any" } },
  };
}

const assumedBy: Readonly<Record<RolePlan["use"], string>> = {
  lambda: "Lambda",
  ec2: "EC2",
  codebuild: "CodeBuild",
  "ecs-task": "ECS",
  "ecs-execution": "ECS",
};

function injected({ injections }: ConsumerPlan): Readonly<Record<string, Fact>> {
  const value = injections.map(({ variable, item, field }) => {
    const path = `${item.service}/${item.item}`;
    return `${variable}=${field === undefined ? path : `${path}.${field}`}`;
  });
  return { variables: { value } };
}

/** What code comes from elsewhere, or is restarted elsewhere, reads what is granted already. */
function settingFacts(settings: Consumer): Readonly<Record<string, Fact>> {
  switch (settings.kind) {
    case "lambda":
      return {
        ...(settings.code !== undefined && { code: { value: settings.code } }),
        handler: { value: settings.handler },
        runtime: { value: settings.runtime },
        "memory (MiB)": { value: settings.memoryMiB },
        "time limit (seconds)": { value: settings.timeoutSeconds },
      };
    case "ecs":
      return {
        image: { value: settings.image },
        "CPU units": { value: settings.cpu },
        "memory (MiB)": { value: settings.memoryMiB },
        ...(settings.port !== undefined && { port: { value: settings.port } }),
        ...(settings.command && { command: { value: settings.command.join(" "), hidden: true } }),
        ...(settings.rollout && {
          "ECS service that is restarted": {
            value: `${settings.rollout.cluster}/${settings.rollout.service}`,
            wider: "any",
          },
        }),
      };
    case "ec2":
      return { "instance type": { value: settings.instanceType } };
    case "codebuild":
      return {
        "source of its builds": {
          value: settings.source ? `${settings.source.type} ${settings.source.location}` : "none",
          wider: "any",
        },
        "build specification":
          "file" in settings.buildspec
            ? { value: settings.buildspec.file }
            : { value: settings.buildspec.commands.join("\n"), hidden: true },
        image: { value: settings.image },
      };
  }
}
