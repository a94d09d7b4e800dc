import { parseArn, type Arn } from "../../documents/arn";
import {
  isManagedByDatabase,
  itemName,
  parameterNameIn,
  secretNameIn,
  type ItemName,
} from "../../view/names";
import { finding, undecided, type Finding, type Rule } from "../rule";
import type { Settings } from "../../pack/settings";
import { mayRead } from "../../view/sharing";
import { types } from "../../view/types";
import {
  listOf,
  textOf,
  unknown,
  valueAt,
  type Properties,
  type Unknown,
  type Value,
} from "../../view/values";
import type { StatementFinding } from "../../documents/judgeStatements";
import { eachContainer, placeIn, type Container } from "./containers";

export const taskValueFrom: Rule = {
  id: "task-value-from",
  title: "A container's secrets name items of its own service and environment by full ARN",
  why: "A partial ARN or missing colons fail only when a task starts, and another environment's ARN runs with its values",
  remedy: "Write the full ARN, for a field of a secret followed by `:field:stage:version` with every colon",
  severity: "high",
  level: "mandatory",
  references: ["AWS ECS developer guide: specifying sensitive data"],
  settings: ["sharing"],
  resource: {
    types: [types.taskDefinition],
    check: ({ props }, settings) =>
      eachContainer(props, (container) => checkContainer(container, ownerOf(props), settings)),
  },
};

/** By the task's tags; unknown while they are. */
interface Owner {
  readonly service: string | Unknown | undefined;
  readonly environment: string | Unknown | undefined;
}

function ownerOf({ tags }: Properties): Owner {
  const tag = (name: string) => {
    const value = valueAt(tags, name);
    return value === unknown ? unknown : textOf(value);
  };
  return { service: tag("service"), environment: tag("environment") };
}

function* checkContainer(container: Container, owner: Owner, settings: Settings): Iterable<Finding> {
  const { definition } = container;
  if (definition["secrets"] === unknown) yield undecided(placeIn(container, "secrets"));
  const logSecrets = valueAt(definition, "logConfiguration", "secretOptions");
  if (logSecrets === unknown) yield undecided(placeIn(container, "logConfiguration.secretOptions"));
  for (const [list, entries] of [
    ["secrets", definition["secrets"]],
    ["logConfiguration.secretOptions", logSecrets],
  ] satisfies [string, Value][]) {
    for (const entry of listOf(entries)) {
      const name = valueAt(entry, "name");
      const valueFrom = valueAt(entry, "valueFrom");
      const place = placeIn(container, `${list}.${textOf(name) ?? "?"}`);
      if (valueFrom === unknown) yield undecided(place);
      else {
        const wrong = judge(textOf(valueFrom) ?? "", owner, settings);
        if (wrong === unknown) yield undecided("tags");
        else if (wrong !== undefined) yield finding(place, wrong);
      }
    }
  }
}

function judge(valueFrom: string, owner: Owner, settings: Settings): StatementFinding {
  const arn = parseArn(valueFrom);
  if (arn?.service === "secretsmanager") return judgeSecret(arn, owner, settings);
  if (arn?.service === "ssm") return judgeParameter(arn, owner, settings);
  return "is not the full ARN of a secret or parameter";
}

function judgeSecret(arn: Arn, owner: Owner, settings: Settings): StatementFinding {
  const parts = arn.resource.split(":").length;
  if (parts !== 2 && parts !== 5)
    return "misses colons behind the ARN: `:field:stage:version` needs all three";
  const name = secretNameIn(arn.resource);
  if (name === undefined || /[*?]/.test(arn.resource))
    return "is a secret's partial ARN, without the six characters at its end";
  // Secrets that database services make have names of their own.
  return isManagedByDatabase(name) ? undefined : judgeScope(itemName(name), owner, settings);
}

function judgeParameter(arn: Arn, owner: Owner, settings: Settings): StatementFinding {
  const name = parameterNameIn(arn.resource);
  if (name === undefined || name.includes(":")) return "is not the ARN of a parameter";
  return judgeScope(itemName(name), owner, settings);
}

/** Without the tags, or a name in the scheme, there is nothing to compare. */
function judgeScope(
  item: ItemName | undefined,
  { service, environment }: Owner,
  settings: Settings,
): StatementFinding {
  if (item === undefined || service === undefined || environment === undefined) return undefined;
  if (service === unknown || environment === unknown) return unknown;
  if (item.environment !== environment)
    return `names an item of environment ${item.environment}, and the task is of ${environment}`;
  return mayRead(service, environment, item, settings)
    ? undefined
    : `names an item of service ${item.service}, which does not share it with ${service}`;
}
