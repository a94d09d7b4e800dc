import { parseArn } from "../documents/arn";
import type { Statement, Text } from "../documents/document";
import { hasWildcard } from "../../model/aws/patterns";
import { includesAction } from "../documents/statements";
import { isManagedByDatabase } from "../view/names";
import { unknown } from "../view/values";
import { isEveryResource } from "./resources";

const readingSecrets = ["secretsmanager:GetSecretValue"];
const readingParameters = [
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
  "ssm:GetParameterHistory",
];

/** Does the statement allow reading values of secrets, of parameters? */
export function readsValues(statement: Statement): {
  readonly secrets: boolean;
  readonly parameters: boolean;
} {
  if (statement.effect === "Deny") return { secrets: false, parameters: false };
  return {
    secrets: readingSecrets.some((action) => includesAction(statement, action)),
    parameters: readingParameters.some((action) => includesAction(statement, action)),
  };
}

/** What one `Resource` of a reading statement reaches. */
export type Reach =
  /** Everything there is. */
  | { readonly kind: "everything" }
  /** By the scheme; a part is undefined where a wildcard leaves it open. */
  | {
      readonly kind: "scheme";
      readonly service?: string;
      readonly environment?: string;
      readonly item: string;
    }
  /** One thing whose name is in no scheme. */
  | { readonly kind: "single" }
  /** Many things whose names are in no scheme. */
  | { readonly kind: "many" }
  /** Nothing of the kind that is read. */
  | { readonly kind: "none" }
  | { readonly kind: "unknown" };

/** What a resource pattern of a statement that reads values reaches. */
export function reachOf(pattern: Text, reads: ReturnType<typeof readsValues>): Reach {
  if (pattern === unknown) return { kind: "unknown" };
  if (isEveryResource(pattern)) return { kind: "everything" };
  const arn = parseArn(pattern);
  if (arn === undefined) return hasWildcard(pattern) ? { kind: "many" } : { kind: "none" };
  if (reads.secrets && arn.service === "secretsmanager") return reachOfName(secretName(arn.resource));
  if (reads.parameters && arn.service === "ssm") return reachOfName(parameterName(arn.resource));
  return hasWildcard(arn.service) ? { kind: "many" } : { kind: "none" };
}

/** What stands for the name, without the six characters at a secret's end. */
function secretName(resource: string): string | undefined {
  if (!resource.startsWith("secret:")) return hasWildcard(resource) ? "*" : undefined;
  return resource.slice("secret:".length).replace(/-\?{6}$/, "");
}

function parameterName(resource: string): string | undefined {
  if (!resource.startsWith("parameter/")) return hasWildcard(resource) ? "*" : undefined;
  return resource.slice("parameter/".length);
}

function reachOfName(name: string | undefined): Reach {
  if (name === undefined) return { kind: "none" };
  const [service = "", environment, ...rest] = name.split("/");
  if (environment === undefined || isManagedByDatabase(name)) {
    if (name === "*") return { kind: "everything" };
    return hasWildcard(name.replace(/-\*$/, "")) ? { kind: "many" } : { kind: "single" };
  }
  return {
    kind: "scheme",
    ...(hasWildcard(service) ? {} : { service }),
    ...(hasWildcard(environment) ? {} : { environment }),
    item: rest.join("/"),
  };
}
