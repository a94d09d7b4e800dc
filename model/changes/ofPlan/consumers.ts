import { roleServices } from "../../aws/roleServices";
import type { BuildProjectSettings, Consumer, TaskSettings } from "../../catalogue/types";
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
          ...plainVariables(consumer),
          ...settingFacts(consumer.settings),
        },
      },
      ...rolesOf([consumer]).map((each) => ({ ...place, ...roleOf(each) })),
    ];
  });
}

function roleOf(role: RolePlan): Omit<Thing, "stack" | "about"> {
  const { name } = role;
  return {
    kind: "role",
    name,
    words: `role ${name}`,
    facts: { "what may assume it": { value: assumedBy(role), wider: "any" } },
  };
}

function assumedBy({ use, by, pods }: RolePlan): string {
  if (by !== undefined) return roleServices[by].runs;
  if (pods === undefined) return platformKinds[use] ?? use;
  const { namespace, serviceAccount, cluster, oidcProvider } = pods;
  const where =
    oidcProvider === undefined
      ? `cluster ${cluster ?? "any of the account"}`
      : `by tokens of ${oidcProvider}`;
  return `pods of EKS as ${namespace}/${serviceAccount}, ${where}`;
}

const platformKinds: Partial<Readonly<Record<RolePlan["use"], string>>> = {
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

/** Told by name: what they are may be long. */
function plainVariables({ variables }: ConsumerPlan): Readonly<Record<string, Fact>> {
  const value = Object.entries(variables).map(([name, text]) => `${name}=${text}`);
  return value.length === 0 ? {} : { "plain variables": { value, hidden: true } };
}

/** What code comes from elsewhere, or is restarted elsewhere, reads what is granted already. */
function settingFacts(settings: Consumer): Readonly<Record<string, Fact>> {
  switch (settings.kind) {
    case "lambda":
      return {
        ...(settings.function && {
          code: { value: settings.function.code },
          handler: { value: settings.function.handler },
          runtime: { value: settings.function.runtime },
          "memory (MiB)": { value: settings.function.memoryMiB },
          "time limit (seconds)": { value: settings.function.timeoutSeconds },
        }),
      };
    case "ecs":
      return {
        ...(settings.task && taskFacts(settings.task)),
        ...repositoryFacts(settings.repositories),
        ...(settings.rollout && {
          "ECS service that is restarted": {
            value: `${settings.rollout.cluster}/${settings.rollout.service}`,
            wider: "any",
          },
        }),
      };
    // Their pods and services are what may assume the role.
    case "eks":
    case "role":
      return {};
    case "ec2":
      return { ...(settings.instance && { "instance type": { value: settings.instance.instanceType } }) };
    case "codebuild":
      return {
        ...(settings.project && projectFacts(settings.project)),
        ...repositoryFacts(settings.repositories),
      };
  }
}

function taskFacts({ image, cpu, memoryMiB, port, command }: TaskSettings): Readonly<Record<string, Fact>> {
  return {
    image: { value: image },
    "CPU units": { value: cpu },
    "memory (MiB)": { value: memoryMiB },
    ...(port !== undefined && { port: { value: port } }),
    ...(command && { command: { value: command.join(" "), hidden: true } }),
  };
}

function projectFacts({ source, buildspec, image }: BuildProjectSettings): Readonly<Record<string, Fact>> {
  return {
    "source of its builds": { value: source ? `${source.type} ${source.location}` : "none", wider: "any" },
    "build specification":
      "file" in buildspec
        ? { value: buildspec.file }
        : { value: buildspec.commands.join("\n"), hidden: true },
    image: { value: image },
  };
}

function repositoryFacts(repositories: readonly string[]): Readonly<Record<string, Fact>> {
  return repositories.length === 0
    ? {}
    : { "repositories of its images": { value: repositories, wider: "more" } };
}
