import { roleServices } from "../../aws/roleServices";
import type { BuildProjectSettings, Consumer, ContainerSettings, TaskSettings } from "../../catalogue/types";
import { rolesOf } from "../../plan/contents";
import { environmentOf } from "../../plan/environmentOf";
import type { ConsumerPlan, InjectionPlan, Plan, RolePlan } from "../../plan/types";
import type { Fact, Thing } from "../types";

type Facts = Readonly<Record<string, Fact>>;

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

function injected({ injections }: ConsumerPlan): Facts {
  const told = ({ variable, item, field, container, file }: InjectionPlan) => {
    const path = `${item.service}/${item.item}`;
    const into = file ?? variable;
    const name = container === undefined ? into : `${container}.${into}`;
    return `${name}=${field === undefined ? path : `${path}.${field}`}`;
  };
  const files = injections.filter(({ file }) => file !== undefined);
  return {
    variables: { value: injections.filter((one) => !files.includes(one)).map(told) },
    ...(files.length > 0 && { files: { value: files.map(told) } }),
  };
}

/** Told by name: what they are may be long. */
function plainVariables({ variables, sidecarVariables }: ConsumerPlan): Facts {
  const value = [variables, ...Object.values(sidecarVariables)].flatMap((each) =>
    Object.entries(each).map(([name, text]) => `${name}=${text}`),
  );
  return value.length === 0 ? {} : { "plain variables": { value, hidden: true } };
}

/** What code comes from elsewhere, or is restarted elsewhere, reads what is granted already. */
function settingFacts(settings: Consumer): Facts {
  switch (settings.kind) {
    case "lambda":
      return {
        ...(settings.function && {
          code: { value: settings.function.code },
          handler: { value: settings.function.handler },
          runtime: { value: settings.function.runtime },
          "memory (MiB)": { value: settings.function.memoryMiB },
          "time limit (seconds)": { value: settings.function.timeoutSeconds },
          architecture: { value: settings.function.architecture },
          ...(settings.function.layers.length > 0 && {
            layers: { value: settings.function.layers, wider: "any" as const },
          }),
          ...(settings.function.extension && { "AWS's extension": { value: true } }),
          "temporary storage (MiB)": { value: settings.function.ephemeralStorageMiB },
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
      return {
        ...(settings.instance && {
          "instance type": { value: settings.instance.instanceType },
          "network hops of the instance's credentials": { value: settings.instance.hopLimit, wider: "more" },
        }),
      };
    case "codebuild":
      return {
        ...(settings.project && projectFacts(settings.project)),
        ...repositoryFacts(settings.repositories),
      };
  }
}

function taskFacts({ cpu, memoryMiB, architecture, sidecars, ...main }: TaskSettings): Facts {
  const others = Object.entries(sidecars).map(([name, container]) =>
    Object.entries({
      ...containerFacts(container),
      ...(container.init && { init: { value: true } }),
    }).map(([what, fact]) => [`${what} of ${name}`, fact]),
  );
  return {
    ...containerFacts(main),
    "CPU units": { value: cpu },
    "memory (MiB)": { value: memoryMiB },
    architecture: { value: architecture },
    ...(Object.fromEntries(others.flat()) as Facts),
  };
}

function containerFacts(container: ContainerSettings): Facts {
  const { image, ports, entryPoint, command, user, writable, healthCheck, stopTimeoutSeconds } = container;
  const numbers = ports.map(({ port, protocol }) => (protocol === "tcp" ? `${port}` : `${port}/${protocol}`));
  return {
    image: { value: image },
    ...(numbers.length > 0 && { ports: { value: numbers } }),
    ...(entryPoint && { "entry point": { value: entryPoint.join(" "), hidden: true } }),
    ...(command && { command: { value: command.join(" "), hidden: true } }),
    ...(user !== undefined && { user: { value: user } }),
    ...(writable.length > 0 && {
      "folders that may be written": {
        value: writable.map(({ path, sizeMiB }) => `${path} (${sizeMiB} MiB)`),
      },
    }),
    ...(healthCheck && { "health check": { value: JSON.stringify(healthCheck), hidden: true } }),
    ...(stopTimeoutSeconds !== undefined && { "time to stop (seconds)": { value: stopTimeoutSeconds } }),
  };
}

function projectFacts({ source, buildspec, image }: BuildProjectSettings): Facts {
  return {
    "source of its builds": { value: source ? `${source.type} ${source.location}` : "none", wider: "any" },
    "build specification":
      "file" in buildspec
        ? { value: buildspec.file }
        : { value: buildspec.commands.join("\n"), hidden: true },
    image: { value: image },
  };
}

function repositoryFacts(repositories: readonly string[]): Facts {
  return repositories.length === 0
    ? {}
    : { "repositories of its images": { value: repositories, wider: "more" } };
}
