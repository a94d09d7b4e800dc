import { unknownValue, type Properties } from "../properties";
import type { CheckFailure } from "../resourceType";

/** Inputs that hold a JSON document, whatever the type. */
const documents = ["policy", "assumeRolePolicy", "resourcePolicy", "containerDefinitions", "eventPattern"];

/** Longest name, in characters, that AWS takes, by type token. */
const longestName: Record<string, number> = {
  "aws:iam/role:Role": 64,
  "aws:iam/policy:Policy": 128,
  "aws:iam/rolePolicy:RolePolicy": 128,
  "aws:iam/instanceProfile:InstanceProfile": 128,
  "aws:kms/alias:Alias": 256,
  "aws:lambda/function:Function": 64,
  "aws:secretsmanager/secret:Secret": 512,
  "aws:ssm/parameter:Parameter": 2048,
  "aws:s3/bucket:Bucket": 63,
};

/** What the real provider would refuse before any call to AWS: as much of it as a program gets wrong easily. */
export function inputChecks(type: string, inputs: Properties): CheckFailure[] {
  return [
    ...documents.flatMap((property) => notJson(property, inputs[property])),
    ...tooLong(type, inputs),
    ...badWindow(inputs),
  ];
}

function notJson(property: string, value: unknown): CheckFailure[] {
  if (typeof value !== "string" || value === unknownValue) return [];
  try {
    JSON.parse(value);
    return [];
  } catch {
    return [{ property, reason: `"${property}" contains an invalid JSON document` }];
  }
}

function tooLong(type: string, inputs: Properties): CheckFailure[] {
  const property = type === "aws:s3/bucket:Bucket" ? "bucket" : "name";
  const limit = longestName[type];
  const name = inputs[property];
  if (limit === undefined || typeof name !== "string" || name.length <= limit) return [];
  return [
    {
      property,
      reason: `expected length of ${property} to be at most ${limit}, got ${name.length}: ${name}`,
    },
  ];
}

function badWindow(inputs: Properties): CheckFailure[] {
  const days = inputs["recoveryWindowInDays"];
  if (typeof days !== "number" || days === 0 || (days >= 7 && days <= 30)) return [];
  return [{ property: "recoveryWindowInDays", reason: `expected 0 or 7 to 30 days, got ${days}` }];
}
