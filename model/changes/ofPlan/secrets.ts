import { environmentOf } from "../../plan/environmentOf";
import type { ManagedSecretPlan, Plan, SecretPlan } from "../../plan/types";
import { formWords } from "../../values/generatedForm";
import type { Fact, Thing } from "../types";
import { isRotatedByTeam } from "./grants";

export function secretsOf(plan: Plan): readonly Thing[] {
  return [
    ...plan.secrets.map((secret) => secretOf(plan, secret)),
    ...plan.managedSecrets.map((secret) => managedSecretOf(plan, secret)),
  ];
}

function secretOf(plan: Plan, secret: SecretPlan): Thing {
  const { service, environment, item, rotation, replicas } = secret;
  const { schedule, admin } = rotation;
  return {
    kind: "secret",
    stack: environmentOf(plan, environment).security.stack,
    about: `${service}/${environment}`,
    name: secret.name,
    moves: true,
    words: `secret ${item}`,
    facts: {
      ...itemFacts(secret),
      ...keyFact(secret.key.service),
      "most days between rotations": { value: schedule.longestDays, wider: "more" },
      "rotation schedule": { value: schedule.expression },
      ...(schedule.windowHours !== undefined && {
        "rotation window (hours)": { value: schedule.windowHours },
      }),
      ...rotatedBy(secret),
      ...(admin !== undefined && { "administrator's secret": { value: admin, wider: "any" } }),
      "replica regions": { value: replicas, wider: "more" },
      ...shapeFacts(secret),
    },
  };
}

/** A function of a team's own is a grant by itself; the same function's code is nobody's business here. */
function rotatedBy(secret: SecretPlan): Thing["facts"] {
  const { rotation, rotatorRoles } = secret;
  if (rotation.partner !== undefined) {
    const { type, metadata } = rotation.partner;
    const told = Object.entries(metadata).map(([key, value]) => `${key}: ${value}`);
    return {
      "partner that rotates it": { value: type, wider: "any" },
      ...(told.length > 0 && { "what the partner is told": { value: told } }),
    };
  }
  return isRotatedByTeam(secret)
    ? { "rotation function": { value: rotation.functionArn, wider: "any" } }
    : { "roles that rotate with it": { value: rotatorRoles, wider: "more" } };
}

/** Where a login is used is where rotations send passwords, the administrator's too. */
function shapeFacts({ shape }: SecretPlan): Readonly<Record<string, Fact>> {
  if (shape.form === "string")
    return {
      form: { value: "text" },
      ...(shape.generated && { "made as": { value: formWords(shape.generated) } }),
    };
  if (shape.form === "fields") {
    const made = Object.entries(shape.generated ?? {}).map(([field, form]) => `${field}: ${formWords(form)}`);
    return {
      form: { value: "fields" },
      fields: { value: shape.fields },
      ...(made.length > 0 && { "made as": { value: made } }),
    };
  }
  if (shape.form === "key-pair") {
    return {
      form: { value: `${shape.kind} key pair` },
      "longest token (seconds)": { value: shape.tokenSeconds, wider: "more" },
    };
  }
  if (shape.form === "external") return { form: { value: shape.type }, fields: { value: shape.fields } };
  const { host, port, name, username } = shape.database;
  return {
    form: { value: `login of ${shape.engine}` },
    "database host": { value: host, wider: "any" },
    "database port": { value: port, wider: "any" },
    "database name": { value: name, wider: "any" },
    "database user": { value: username, wider: "any" },
    ...(shape.ssl !== undefined && { "demands TLS": { value: shape.ssl, wider: ["true", "false"] } }),
  };
}

function managedSecretOf(plan: Plan, secret: ManagedSecretPlan): Thing {
  const { service, environment, item, arn, administratorsRole } = secret;
  return {
    kind: "secret",
    stack: environmentOf(plan, environment).workload.stack,
    about: `${service}/${environment}`,
    name: `${service}/${environment}/${item}`,
    moves: true,
    words: `managed secret ${item}`,
    facts: {
      ...itemFacts(secret),
      secret: { value: arn, wider: "any" },
      "roles that read it as an administrator's login": {
        value: administratorsRole === undefined ? [] : [administratorsRole],
        wider: "more",
      },
    },
  };
}

/** What every item has. */
export function itemFacts(item: {
  readonly owner: string;
  readonly description: string;
  readonly account: string;
  readonly shareWith: readonly string[];
  readonly retired?: true;
}): Readonly<Record<string, Fact>> {
  return {
    owner: { value: item.owner },
    description: { value: item.description },
    "account that holds it": { value: item.account },
    "services that may name it": { value: item.shareWith, wider: "more" },
    "on its way out (retire)": { value: item.retired === true },
  };
}

/** @param service whose key it is; none: the environment's, which other services' values are under too */
export function keyFact(service: string | undefined): Readonly<Record<string, Fact>> {
  return { "key of its service's own": { value: service !== undefined, wider: ["true", "false"] } };
}
