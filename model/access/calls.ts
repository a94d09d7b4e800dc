import { partitions } from "../aws/partitions";
import { decrypt, parameterActions, type ReadAction, secretActions } from "./actions";
import type { Call } from "./call";
import type { Item, Key } from "./model";
import type { Subject } from "./subjects";

/** How Decrypt is called: by the service that keeps the value, for the role, or by the role itself. */
export type Way = "through the service" | "directly";

export function actionsOf({ kind }: Item): readonly ReadAction[] {
  return kind === "secret" ? secretActions : parameterActions;
}

/**
 * ARNs that the role's call may have to name: one, but for GetParametersByPath, where having any path above a parameter is
 * having it, whatever is said of the parameter itself.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
 */
export function resourcesOf({ arn }: Item, action: ReadAction): readonly string[] {
  return action === "ssm:GetParametersByPath" ? pathsAbove(arn.text) : [arn.text];
}

/** With and without a slash at their end, as callers may write them. */
export function pathsAbove(arn: string): readonly string[] {
  const [before = "", name = ""] = arn.split(":parameter/");
  const levels = name.split("/").slice(0, -1);
  return levels.reduce<readonly string[]>(
    (found, _level, index) => {
      const path = `${before}:parameter/${levels.slice(0, index + 1).join("/")}`;
      return [...found, path, `${path}/`];
    },
    [`${before}:parameter/`],
  );
}

export function readCall(
  by: Subject,
  item: Item,
  action: ReadAction,
  resource: string,
  endpoint?: string,
): Call {
  return {
    by,
    action,
    resource,
    region: item.arn.region,
    owner: owner(item.arn.account, item.organisation),
    ...(endpoint !== undefined && { endpoint }),
    ...(item.kind === "secret" && {
      secret: {
        arn: item.arn.text,
        ...(item.rotationFunction !== undefined && { rotationFunction: item.rotationFunction }),
      },
    }),
  };
}

/**
 * In China services have been seen under two domains; elsewhere there is one.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function domainsOf({ arn }: Item): readonly string[] {
  return [...new Set([partitions.aws.dnsSuffix, partitions[arn.partition].dnsSuffix])];
}

/** @param through the domain of the service that calls for the role; absent where the role calls itself */
export function decryptCall(
  by: Subject,
  item: Item,
  key: Key,
  organisation: string | undefined,
  through?: string,
  endpoint?: string,
): Call {
  return {
    by,
    action: decrypt,
    resource: key.arn,
    region: item.arn.region,
    owner: owner(key.account, organisation),
    ...(through !== undefined && { via: `${item.arn.service}.${item.arn.region}.${through}` }),
    ...(endpoint !== undefined && { endpoint }),
    key: { aliases: key.aliases, encryptionContext: contextOf(item) },
  };
}

/**
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-encryption-context
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
 */
function contextOf({ kind, arn }: Item): NonNullable<Call["key"]>["encryptionContext"] {
  return new Map(
    kind === "secret"
      ? [
          ["secretarn", { name: "SecretARN", value: arn.text }],
          ["secretversionid", { name: "SecretVersionId" }],
        ]
      : [["parameter_arn", { name: "PARAMETER_ARN", value: arn.text }]],
  );
}

function owner(account: string, organisation: string | undefined): Call["owner"] {
  return { account, ...(organisation !== undefined && { organisation }) };
}
