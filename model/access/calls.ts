import { partitions } from "../aws/partitions";
import { decrypt, parameterActions, type ReadAction, secretActions } from "./actions";
import type { ReadArn } from "./arn";
import type { Call, KeyAsked } from "./call";
import type { Item, UnderKey } from "./types";
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
  { arn, owner, secret }: Item,
  { action, resource, endpoint }: Pick<Call, "action" | "resource" | "endpoint">,
): Call {
  const call = { by, action, resource, region: arn.region, owner, endpoint };
  return secret === undefined ? call : { ...call, secret };
}

/** @param via the service that calls for the role; absent where the role calls itself */
export function decryptCall(
  by: Subject,
  { arn, underKey: { key, asked } }: Item & { readonly underKey: UnderKey },
  via?: string,
  endpoint?: string,
): Call {
  return {
    by,
    action: decrypt,
    resource: key.arn,
    region: arn.region,
    owner: key.owner,
    via,
    endpoint,
    key: asked,
  };
}

/**
 * Names by which the service that keeps an item shows itself to the key. In China services have been seen under two
 * domains; elsewhere there is one.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function serviceNames({ service, region, partition }: ReadArn): readonly string[] {
  const domains = new Set([partitions.aws.dnsSuffix, partitions[partition].dnsSuffix]);
  return [...domains].map((domain) => `${service}.${region}.${domain}`);
}

/**
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-encryption-context
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
 */
export function encryptionContext({ service, text }: ReadArn): KeyAsked["encryptionContext"] {
  return new Map(
    service === "secretsmanager"
      ? [
          ["secretarn", { name: "SecretARN", value: text }],
          ["secretversionid", { name: "SecretVersionId" }],
        ]
      : [["parameter_arn", { name: "PARAMETER_ARN", value: text }]],
  );
}
