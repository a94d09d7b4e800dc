import { awsNames } from "../../../../../model/aws/awsNames";
import { unknownValue, type Properties } from "../properties";
import type { CheckFailure } from "../resourceType";

/** Inputs that hold a JSON document, whatever the type. */
const documents = ["policy", "assumeRolePolicy", "resourcePolicy", "containerDefinitions", "eventPattern"];

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
  const { by = [], longest: limit } = awsNames[type] ?? {};
  const property = by.at(-1) ?? "name";
  const name = inputs[property];
  if (limit === undefined || name === unknownValue || typeof name !== "string" || name.length <= limit)
    return [];
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
