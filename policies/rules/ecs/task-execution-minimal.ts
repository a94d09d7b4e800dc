import { parseArn } from "../../documents/arn";
import { covers, hasWildcard } from "../../../model/aws/patterns";
import { readDocument, statementsOf } from "../../documents/read";
import { known, nameOf } from "../../documents/statements";
import { holdersIn, rolesIn } from "../../iam/attachments";
import { unknownHolder } from "../../iam/grantOwners";
import { grantsByRole, grantsOf, type Grant } from "../../iam/grants";
import { readsValues } from "../../iam/valueAccess";
import type { Resource } from "../../view/resource";
import { undecided, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { entriesOf, textOf, unknown, valueAt, type Properties, type Value } from "../../view/values";
import type { PlacedDocument } from "../../documents/judgeStatements";
import { containersOf } from "./containers";

const execution = "executionRoleArn";

export const taskExecutionMinimal: Rule = {
  id: "task-execution-minimal",
  title: "An execution role reads what its tasks inject, and nothing else",
  why: "What it can read beside that is read by nobody who needs it, and by whoever gets hold of the role",
  remedy: "Name in the execution role's policy exactly the items in the containers' `secrets`",
  severity: "high",
  level: "mandatory",
  references: ["AWS ECS developer guide: task execution IAM role"],
  stack: {
    types: [types.taskDefinition],
    *check(stack): Iterable<StackFinding> {
      const byRole = grantsByRole(stack);
      for (const [role, injected] of injectedBy(stack)) {
        if (injected === unknown) yield { ...undecided("containerDefinitions"), urn: role.urn };
        else for (const grant of byRole.get(role.urn) ?? []) yield* checkGrant(grant, injected);
      }
      for (const task of stack.ofType(types.taskDefinition))
        if (holdersIn(stack, task, execution).open) yield { ...undecided(execution), urn: task.urn };
      yield* checkOpen(stack);
    },
  },
};

/** Policies that let read, of which it is not known yet whether an execution role gets them. */
function* checkOpen(stack: Stack): Iterable<StackFinding> {
  for (const { open, roles, documents, resource } of grantsOf(stack, { boundaries: [] })) {
    const reads = ({ value }: PlacedDocument) =>
      statementsOf(value).some((statement) => Object.values(readsValues(statement)).includes(true));
    if (open && roles.length === 0 && documents.some(reads))
      yield { urn: resource.urn, undecided: true, message: unknownHolder };
  }
}

/** By execution role: the ARNs that its tasks inject, without fields and versions. */
function injectedBy(stack: Stack): ReadonlyMap<Resource, readonly string[] | typeof unknown> {
  const injected = new Map<Resource, readonly string[] | typeof unknown>();
  for (const definition of stack.ofType(types.taskDefinition)) {
    const arns = arnsIn(definition.props);
    for (const role of rolesIn(stack, definition, execution)) {
      const sofar = injected.get(role) ?? [];
      injected.set(role, arns === unknown || sofar === unknown ? unknown : [...sofar, ...arns]);
    }
  }
  return injected;
}

function arnsIn(props: Properties): readonly string[] | typeof unknown {
  const containers = containersOf(props);
  if ("problem" in containers || containers.unknownAt.length > 0) return unknown;
  const arns: string[] = [];
  for (const { definition } of containers.list) {
    const logSecrets = valueAt(definition, "logConfiguration", "secretOptions");
    const registry = valueAt(definition, "repositoryCredentials", "credentialsParameter");
    const named = [...entriesOf(definition["secrets"]), ...entriesOf(logSecrets)].map((entry) =>
      valueAt(entry, "valueFrom"),
    );
    const values: readonly Value[] = [...named, registry];
    for (const value of values) {
      if (value === unknown) return unknown;
      const text = textOf(value);
      if (text !== undefined) arns.push(withoutField(text));
    }
  }
  return arns;
}

/** A secret's ARN has seven parts; behind them stand field, stage and version. */
function withoutField(valueFrom: string): string {
  return parseArn(valueFrom)?.service === "secretsmanager"
    ? valueFrom.split(":").slice(0, 7).join(":")
    : valueFrom;
}

function* checkGrant({ resource, documents }: Grant, injected: readonly string[]): Iterable<StackFinding> {
  for (const { property, value } of documents) {
    if (readDocument(value).state === "unknown") yield { ...undecided(property), urn: resource.urn };
    for (const statement of statementsOf(value)) {
      const reads = readsValues(statement);
      if (!reads.secrets && !reads.parameters) continue;
      for (const pattern of known(statement.resources)) {
        const wrong = judge(pattern, injected);
        if (wrong !== undefined)
          yield {
            urn: resource.urn,
            property,
            message: `${nameOf(statement)} lets read ${pattern}, ${wrong}`,
          };
      }
    }
  }
}

function judge(pattern: string, injected: readonly string[]): string | undefined {
  const service = parseArn(pattern)?.service;
  if (service !== undefined && service !== "secretsmanager" && service !== "ssm" && !hasWildcard(service))
    return undefined;
  if (hasWildcard(pattern.replace(/-(?:\?{6}|\*)$/, ""))) return "which is more than a task injects";
  return injected.some((arn) => covers(inAnyRegion(pattern), arn)) ? undefined : "which no task injects";
}

/** A secret's replica in another region is the same value. */
function inAnyRegion(pattern: string): string {
  const [arn, partition, service, , ...rest] = pattern.split(":");
  return service === "secretsmanager" ? [arn, partition, service, "*", ...rest].join(":") : pattern;
}
