import {
  assumingRoles,
  changingKeys,
  changingValues,
  readingValues,
  runningCode,
  runningCommands,
} from "../../model/aws/sensitiveActions";
import { parseArn } from "../documents/arn";
import { isLimitedBy } from "../documents/conditions";
import type { Statement } from "../documents/document";
import { hasWildcard, overlap } from "../../model/aws/patterns";
import { isManagedByDatabase } from "../view/names";
import { escalatingAlone } from "../../model/aws/escalations";
import { isAnyOfKind, isEveryResource } from "./resources";

/** Something that a boundary is there to keep shut, by the actions that open it. */
export interface Opening {
  readonly what: string;
  readonly actions: readonly string[];
  /** Does the pattern of a `Resource` leave open which? */
  readonly isOpen: (resource: string) => boolean;
  /** Conditions that say which all the same, beside those on tags of the resource. */
  readonly limits?: (statement: Statement) => boolean;
}

const ofSecrets = (action: string) => action.startsWith("secretsmanager:");
const ofParameters = (action: string) => action.startsWith("ssm:");
const values = [...readingValues, ...changingValues];

export const openings: readonly Opening[] = [
  {
    what: "secrets of every environment",
    actions: values.filter(ofSecrets),
    isOpen: (resource) => opens(resource, "secretsmanager", isOpenSecret),
  },
  {
    what: "parameters of every environment",
    actions: values.filter(ofParameters),
    isOpen: (resource) => opens(resource, "ssm", isOpenParameter),
  },
  {
    what: "what any key encrypts",
    actions: ["kms:Decrypt", "kms:ReEncryptFrom", "kms:DeriveSharedSecret", "kms:Decapsulate"],
    isOpen: (resource) => opens(resource, "kms", isOpenKey),
    limits: (statement) =>
      isLimitedBy(
        statement,
        "kms:viaservice",
        "kms:resourcealiases",
        ...keysOf(statement, /^kms:encryptioncontext:/),
      ),
  },
  {
    what: "any key to others",
    actions: changingKeys,
    isOpen: (resource) => opens(resource, "kms", isOpenKey),
    limits: (statement) => isLimitedBy(statement, "kms:grantisforawsresource"),
  },
  {
    what: "any role",
    actions: [
      ...escalatingAlone.filter((action) => action.startsWith("iam:")),
      "iam:CreateRole",
      "iam:PassRole",
    ],
    isOpen: (resource) => opens(resource, "iam", isAnyOfKind),
    limits: (statement) => isLimitedBy(statement, "iam:passedtoservice"),
  },
  { what: "any role", actions: assumingRoles, isOpen: (resource) => opens(resource, "iam", isAnyOfKind) },
  {
    what: "whatever runs, and its role",
    actions: [...runningCommands, ...runningCode],
    isOpen: (resource) => isEveryResource(resource) || isAnyOfKind(parseArn(resource)?.resource ?? resource),
  },
];

/** A condition on a tag of the resource says which, whatever it is called by. */
export function isLimited(opening: Opening, statement: Statement): boolean {
  return (
    isLimitedBy(statement, ...keysOf(statement, /:resourcetag\//)) || opening.limits?.(statement) === true
  );
}

function keysOf({ conditions }: Statement, form: RegExp): readonly string[] {
  return conditions.map(({ key }) => key).filter((key) => form.test(key));
}

/** Of another service it opens nothing; a text that is no ARN may stand for any. */
function opens(resource: string, service: string, isOpen: (name: string) => boolean): boolean {
  if (isEveryResource(resource)) return true;
  const arn = parseArn(resource);
  if (arn === undefined) return hasWildcard(resource);
  return overlap(arn.service, service) && isOpen(arn.resource);
}

function isOpenSecret(resource: string): boolean {
  if (!resource.startsWith("secret:")) return hasWildcard(resource);
  const name = resource.slice("secret:".length).replace(/-(?:\?{6}|\*)$/, "");
  return !isManagedByDatabase(name) && isOpenName(name);
}

function isOpenParameter(resource: string): boolean {
  if (!resource.startsWith("parameter/")) return hasWildcard(resource);
  return isOpenName(resource.slice("parameter/".length));
}

/** Neither the service nor the environment is said. */
function isOpenName(name: string): boolean {
  const [service = "", environment] = name.split("/");
  return hasWildcard(service) && (environment === undefined || hasWildcard(environment));
}

function isOpenKey(resource: string): boolean {
  return !resource.startsWith("alias/") && hasWildcard(resource.slice(resource.indexOf("/") + 1));
}
