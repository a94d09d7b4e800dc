import { z } from "zod";
import { longestExpiryDays, longestReminderDays, shortestWarningDays } from "../../limits";
import { expiryOf } from "../normalise/expiry";
import { duration } from "./durations";
import { disagreement, either, expecting, flag, list, oneOf, section } from "../../yaml/expectation";
import { description } from "./names";
import { perEnvironment } from "./perEnvironment";
import { retire, shareWith } from "./secret";

const scalar = either([z.string(), z.number(), z.boolean()], "must be a text, a number, `true` or `false`");

const tier = expecting(z.literal("advanced"), {
  allowed: "must be `advanced`",
  remedy: "leave it out for a value of at most 4 KB",
})
  .optional()
  .describe("`advanced` takes values of up to 8 KB instead of 4 KB, at a price.");

const common = {
  description: description().describe("What it is for, in a sentence; AWS shows it."),
};

const publicReason = description()
  .optional()
  .describe(
    "Why anybody may know a value that looks random, as a public key does. It lifts that guess, and never the known form of a credential; `npx platform check` shows it to reviewers.",
  );

const plain = section("a String parameter", {
  ...common,
  type: z.literal("String").describe("One text, in the clear: nothing sensitive."),
  value: perEnvironment("a text", scalar).describe(
    "The value, or a map from environment to value. A number or `true` without quotes is taken as written.",
  ),
  public: publicReason,
  tier,
  shareWith,
  retire,
});

const plainList = section("a StringList parameter", {
  ...common,
  type: z.literal("StringList").describe("A list of texts, in the clear: nothing sensitive."),
  value: perEnvironment("a list of texts", list("texts", scalar)).describe(
    "A YAML list, or a map from environment to list. No entry is empty or holds a comma.",
  ),
  public: publicReason,
  tier,
  shareWith,
  retire,
});

/** How long a value lasts. */
export const lifetime = {
  after: duration("day", 1, longestExpiryDays).describe(
    `Days from when a value is set until AWS deletes it: \`N days\`, at most ${longestExpiryDays}.`,
  ),
  warn: duration("day", shortestWarningDays, longestExpiryDays - 1)
    .optional()
    .meta({ default: `${shortestWarningDays} days` })
    .describe(
      `How long before that the team is told: \`N days\`, at least ${shortestWarningDays}. Default: \`${shortestWarningDays} days\`.`,
    ),
};

const expiring = section("`expires`", lifetime).transform(({ after, warn }, context) => {
  const result = expiryOf({ after, warn });
  if ("expiry" in result) return result.expiry;
  context.addIssue(disagreement(result.problem));
  return z.NEVER;
});

const lasting = section("`expires`", {
  never: expecting(z.literal(true), {
    allowed: "must be `true`",
    remedy: "give `after` instead for a value that expires",
  }).describe("The value does not expire. It needs a reason and a reminder."),
  reason: description().describe("Why it may stay for ever."),
  remind: duration("day", 1, longestReminderDays).describe(
    "How long without a change until the team is reminded: `N days`.",
  ),
}).transform(({ reason, remind }) => ({ never: true as const, reason: reason.trim(), remindDays: remind }));

export const expires = either(
  [expiring, lasting],
  "must be `{after: N days, warn: N days}` or `{never: true, reason: …, remind: N days}`",
).describe(
  "When the value ends: `{after: N days, warn: N days}`, or `{never: true, reason: …, remind: N days}`. Implies the Advanced tier.",
);

const secure = section("a SecureString parameter", {
  ...common,
  type: z
    .literal("SecureString")
    .describe("A sensitive text, encrypted; its value is supplied with `npx platform set`."),
  expires,
  home: oneOf(["security", "workload"])
    .optional()
    .describe(
      "Account that holds it. Default: `workload` if any consumer injects it, since ECS and CodeBuild reach no other account's parameters; else `security`.",
    ),
  tier,
  shareWith,
  retire,
});

export const parameterTypes = ["String", "StringList", "SecureString"] as const;

export const parameter = expecting(z.discriminatedUnion("type", [plain, plainList, secure]), {
  allowed: "must be a map with `type`: one of `String`, `StringList`, `SecureString`",
}).describe("A value that does not rotate, in Parameter Store.");

/** The keys of all types, to check the rest of a parameter whose type is wrong. */
export const anyParameter = section("a parameter", {
  ...common,
  value: z.unknown().optional(),
  public: publicReason,
  tier,
  expires: expires.optional(),
  home: oneOf(["security", "workload"]).optional(),
  shareWith,
  retire: flag().optional(),
});
