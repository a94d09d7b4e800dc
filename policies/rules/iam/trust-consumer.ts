import { readDocument } from "../../documents/read";
import { holdersIn, rolesIn } from "../../iam/attachments";
import { hasUnknownPrincipal } from "../../iam/principals";
import { servicesIn } from "../../iam/serviceTrust";
import type { Resource } from "../../view/resource";
import { undecided, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { textOf, unknown } from "../../view/values";

/** By type of what runs: the properties that name its role, and the service that must be able to assume it. */
const uses = [
  { type: types.function, property: "role", service: "lambda", what: "a function" },
  {
    type: types.taskDefinition,
    property: "executionRoleArn",
    service: "ecs-tasks",
    what: "a task's execution",
  },
  { type: types.taskDefinition, property: "taskRoleArn", service: "ecs-tasks", what: "a task" },
  { type: types.buildProject, property: "serviceRole", service: "codebuild", what: "a build" },
  { type: types.instanceProfile, property: "role", service: "ec2", what: "an instance" },
  { type: types.podAssociation, property: "roleArn", service: "pods.eks", what: "a pod" },
  { type: types.stateMachine, property: "roleArn", service: "states", what: "a state machine" },
  { type: types.databaseProxy, property: "roleArn", service: "rds", what: "a database proxy" },
  { type: types.glueJob, property: "roleArn", service: "glue", what: "a Glue job" },
  { type: types.notebook, property: "roleArn", service: "sagemaker", what: "a notebook" },
  {
    type: types.migrationEndpoint,
    property: "secretsManagerAccessRoleArn",
    service: "dms",
    what: "a migration endpoint",
  },
] as const;

/** Lambda's replicas at the edge are run by a service of their own. */
const companions = new Map([["lambda", ["edgelambda"]]]);

export const trustConsumer: Rule = {
  id: "trust-consumer",
  title: "A role is trusted to the service that runs as it, and to no other",
  why: "A trust that does not fit fails at start; one that is wider lets something else run with the consumer's reads",
  remedy: "Trust the one service that runs the consumer",
  severity: "high",
  level: "mandatory",
  references: ["AWS IAM user guide: roles for services"],
  stack: {
    types: [...new Set(uses.map(({ type }) => type))],
    *check(stack): Iterable<StackFinding> {
      for (const [role, needed] of neededBy(stack)) yield* checkRole(role, needed);
      for (const { type, property } of uses) {
        for (const user of stack.ofType(type))
          if (holdersIn(stack, user, property).open) yield { ...undecided(property), urn: user.urn };
      }
    },
  },
};

function neededBy(stack: Stack): ReadonlyMap<Resource, ReadonlyMap<string, string>> {
  const needed = new Map<Resource, Map<string, string>>();
  for (const { type, property, service, what } of uses) {
    for (const user of stack.ofType(type)) {
      for (const role of rolesIn(stack, user, property)) {
        const services = needed.get(role) ?? new Map<string, string>();
        needed.set(role, services.set(service, what));
      }
    }
  }
  return needed;
}

function* checkRole(role: Resource, needed: ReadonlyMap<string, string>): Iterable<StackFinding> {
  const { urn, props } = role;
  const property = "assumeRolePolicy";
  const reading = readDocument(props[property]);
  if (reading.state !== "document") {
    if (reading.state === "unknown") yield { ...undecided(property), urn };
    return;
  }
  const allowing = reading.document.statements.filter(({ effect }) => effect === "Allow");
  const trusted = allowing.flatMap(servicesIn);
  const open = reading.document.statements.some(
    (statement) =>
      statement.effect === unknown || (statement.effect === "Allow" && hasUnknownPrincipal(statement)),
  );
  for (const [service, what] of needed) {
    if (trusted.includes(service)) continue;
    if (open) yield { ...undecided(property), urn };
    else yield { urn, property, message: `does not let ${service} assume the role that ${what} runs as` };
  }
  const { path } = props;
  if (path !== unknown && !textOf(path)?.startsWith("/services/")) return;
  const fitting = new Set(
    [...needed.keys()].flatMap((service) => [service, ...(companions.get(service) ?? [])]),
  );
  const others = [
    ...trusted.filter((service) => !fitting.has(service)),
    ...allowing
      .filter(({ at, unknownParts }) => !unknownParts.includes(`Statement[${at}].Principal`))
      .flatMap(({ principals }) =>
        principals.filter(({ kind }) => kind !== "Service").map(({ kind }) => kind),
      ),
  ];
  if (others.length > 0 && path === unknown) yield { ...undecided("path"), urn };
  else if (others.length > 0) {
    yield { urn, property, message: `also lets ${[...new Set(others)].join(", ")} assume a consumer's role` };
  }
}
