import { changingTags } from "../model/values/tags";
import type { TextRule } from "../model/aws/textRules";
import { check, type ArgumentProblem } from "./validation";

/** What AWS accepts as names and tags, for the arguments that several components share. */

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export const aliasNames: TextRule = {
  pattern: /^alias\/(?!aws\/)[A-Za-z0-9/_-]{1,250}$/,
  allowed: "`alias/` and letters, digits, `/`, `_` or `-` are allowed, `alias/aws/` being AWS's own",
  remedy: "name it as alias/{environment}/configuration",
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const roleNames: TextRule = {
  pattern: /^[\w+=,.@-]{1,64}$/,
  allowed: "1 to 64 letters, digits and `_+=,.@-` are allowed",
  remedy: "shorten it or replace the other characters",
};

/** Free text that AWS shows beside a key, secret, role or function. */
export function descriptions(longest: number): TextRule {
  return {
    pattern: new RegExp(`^[^\\p{Cc}]{1,${longest}}$`, "u"),
    allowed: `1 to ${longest} characters on one line are allowed`,
    remedy: "say in a sentence what it is for",
    unquoted: true,
  };
}

export type Tags = Readonly<Record<string, string>>;

const requiredTags = ["service", "environment", "owner"];

/**
 * The three tags everything carries, and AWS's own limits.
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
 */
export function checkTags(propertyPath: string, tags: Tags): ArgumentProblem[] {
  const missing = requiredTags.filter((key) => (tags[key] ?? "") === "");
  const reserved = Object.keys(tags).filter((key) => changingTags.includes(key));
  const refused = Object.entries(tags)
    .filter(([key, value]) => !tagKey.test(key) || !tagValue.test(value))
    .map(([key]) => key);
  return [
    ...check(missing.length === 0, propertyPath, {
      found: `no ${missing.join(", ")} was found`,
      allowed: `${requiredTags.join(", ")} are needed`,
      remedy: "add what is missing",
    }),
    ...check(reserved.length === 0, propertyPath, {
      found: `${reserved.join(", ")} was found`,
      allowed: "these tags are set by the platform as values come and go",
      remedy: "leave them out",
    }),
    ...check(refused.length === 0, propertyPath, {
      found: `${refused.join(", ")} was found`,
      allowed:
        "keys of 1 to 128 and values of up to 256 letters, digits, spaces and `_.:/=+-@` are allowed, no key beginning with `aws:`",
      remedy: "replace the other characters",
    }),
  ];
}

const tagKey = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
