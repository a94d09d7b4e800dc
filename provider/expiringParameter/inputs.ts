import type { ExpiryRule } from "../../model/values/parameterPolicies";
import { reservedTags } from "../../model/values/tags";
import type { InputProblem } from "../protocol/handlers";
import { isUnknown, type Properties } from "../protocol/properties";

/** What the program asks of a parameter. */
export interface ParameterInputs {
  /** `/{service}/{environment}/{parameter}` */
  readonly name: string;
  readonly description: string;
  /** ARN, id or alias of a customer-managed key. */
  readonly keyId: string;
  readonly expires: ExpiryRule;
  readonly tags: Readonly<Record<string, string>>;
}

const propertyNames = ["name", "description", "keyId", "expires", "tags"];

/** docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
const longestName = 1011;
const deepestLevel = 15;
const longestDescription = 1024;
/** A resource takes 50. */
const mostTags = 50 - reservedTags.length;

/** Everything wrong with the inputs; what is not known yet passes. */
export function parameterProblems(inputs: Properties): InputProblem[] {
  const problems: InputProblem[] = [];
  const fail = (property: string, reason: string): number => problems.push({ property, reason });

  for (const key of Object.keys(inputs).filter((name) => !propertyNames.includes(name)))
    fail(key, `is no property of an ExpiringParameter; it takes ${propertyNames.join(", ")}`);

  const { name, description, keyId, expires, tags } = inputs;
  if (!isUnknown(name)) for (const reason of nameReasons(name)) fail("name", reason);
  if (description !== undefined && !isUnknown(description)) {
    if (typeof description !== "string") fail("description", `${shown(description)} is not a text`);
    else if (description.length > longestDescription)
      fail(
        "description",
        `has ${description.length} characters; AWS takes ${longestDescription}; shorten it`,
      );
  }
  if (!isUnknown(keyId) && (typeof keyId !== "string" || keyId === ""))
    fail("keyId", "is missing; name a customer-managed key by ARN, id or alias");
  else if (typeof keyId === "string" && keyId.endsWith("alias/aws/ssm"))
    fail(
      "keyId",
      "alias/aws/ssm is AWS's own key, which no other account can use; name a customer-managed key",
    );

  problems.push(...expiryProblems(expires), ...tagProblems(tags));
  return problems;
}

/** The inputs, once checked. */
export function parameterInputs(inputs: Properties): ParameterInputs {
  return inputs as unknown as ParameterInputs;
}

function nameReasons(name: unknown): string[] {
  if (typeof name !== "string")
    return [`${shown(name)} is no name; it is a path such as /orders/prod/partner-token`];
  const reasons: string[] = [];
  if (!/^(\/[A-Za-z0-9_.-]+)+$/.test(name))
    reasons.push(`${shown(name)} is no path; it is / before each level, levels of letters, digits and _ . -`);
  if (/^\/?(aws|ssm)/i.test(name))
    reasons.push(`${shown(name)} begins with aws or ssm, which AWS keeps for itself`);
  if (name.split("/").length - 1 > deepestLevel) reasons.push(`has more than ${deepestLevel} levels`);
  if (name.length > longestName) reasons.push(`has ${name.length} characters; AWS takes ${longestName}`);
  return reasons;
}

function expiryProblems(expires: unknown): InputProblem[] {
  if (isUnknown(expires)) return [];
  if (!isRecord(expires) || (typeof expires.never !== "boolean" && !isUnknown(expires.never))) {
    const reason =
      "does not say when the value expires; it is {never: false, afterDays, warnDays} or {never: true, remindDays}";
    return [{ property: "expires", reason }];
  }
  if (isUnknown(expires.never)) return [];
  const names = expires.never === true ? ["remindDays"] : ["afterDays", "warnDays"];
  const problems = names
    .filter((name) => !isUnknown(expires[name]) && !isDays(expires[name]))
    .map((name) => ({
      property: `expires.${name}`,
      reason: `${shown(expires[name])} was found; a whole number of days, at least 1, is allowed`,
    }));
  for (const name of Object.keys(expires).filter((key) => key !== "never" && !names.includes(key)))
    problems.push({
      property: `expires.${name}`,
      reason: `does not go with never: ${String(expires.never)}; leave it out`,
    });
  const { afterDays, warnDays } = expires;
  if (isDays(afterDays) && isDays(warnDays) && warnDays >= afterDays) {
    const reason = `warns ${warnDays} days before an end after ${afterDays}; warn later, or let the value live longer`;
    problems.push({ property: "expires.warnDays", reason });
  }
  return problems;
}

function tagProblems(tags: unknown): InputProblem[] {
  if (tags === undefined || isUnknown(tags)) return [];
  if (!isRecord(tags))
    return [{ property: "tags", reason: `${shown(tags)} is no set of tags; it maps keys to texts` }];
  const problems = Object.entries(tags).flatMap(([key, value]) =>
    tagReasons(key, value).map((reason) => ({ property: `tags[${JSON.stringify(key)}]`, reason })),
  );
  const count = Object.keys(tags).length;
  if (count > mostTags)
    problems.push({
      property: "tags",
      reason: `holds ${count} tags; beside the platform's own there is room for ${mostTags}`,
    });
  return problems;
}

function tagReasons(key: string, value: unknown): string[] {
  const reasons: string[] = [];
  if (reservedTags.includes(key)) reasons.push("is a tag the platform sets by itself; leave it out");
  if (/^aws:/i.test(key)) reasons.push("begins with aws:, which AWS keeps for itself");
  if (key.length > 128) reasons.push("has a key of more than 128 characters");
  if (!isUnknown(value) && (typeof value !== "string" || value.length > 256))
    reasons.push("has a value that is no text of at most 256 characters");
  return reasons;
}

function isDays(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1;
}

function isRecord(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : (JSON.stringify(value) ?? "this");
}
