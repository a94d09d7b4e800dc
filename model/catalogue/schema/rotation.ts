import { z } from "zod";
import { externalSecretTypes, snowflakeAlgorithms } from "../../aws/externalSecrets";
import { functionName, iamArn, ownPartitions, regionalArn, secretEnding } from "../../aws/textRules";
import { shortestRotationHours } from "../../aws/schedules";
import { longestRotationDays } from "../../limits";
import { rotationPath, rotationRolePattern } from "../../plan/names";
import type { DatabaseMethod } from "../normalise/methods";
import { scheduleOf } from "../normalise/schedules";
import { databaseEngines, databaseStrategies } from "../types";
import { duration } from "./durations";
import { disagreement, expecting, flag, oneOf, section, text } from "../../yaml/expectation";
import { administratorReference } from "./names";
import { perEnvironment } from "./perEnvironment";

const databaseMethods = databaseEngines.flatMap((engine) =>
  databaseStrategies.map((strategy): DatabaseMethod => `${engine}-${strategy}`),
);

export const rotationMethods = [
  "generated",
  ...databaseMethods,
  "rds-managed",
  "function",
  "external",
] as const;

/** When to rotate. */
export const cadence = {
  every: duration("day", 1, longestRotationDays)
    .optional()
    .describe(`How often it rotates: \`N days\`, 1 to ${longestRotationDays}. Give this or \`schedule\`.`),
  schedule: text(
    /^(?:rate|cron)\([\w ,\-*\/?#]+\)$/,
    "must be `rate(N days)`, `rate(N hours)` or `cron(0 HOURS DAY-OF-MONTH MONTH DAY-OF-WEEK *)`",
  )
    .optional()
    .describe(
      `When it rotates, in Secrets Manager's own terms (UTC): \`rate(12 hours)\`, \`cron(0 4 ? * SUN *)\`. At least ${shortestRotationHours} hours and at most ${longestRotationDays} days apart. Give this or \`every\`.`,
    ),
  window: duration("hour", 1, 24)
    .optional()
    .describe(
      "Length of the rotation window from its start, within the day: `N hours`. Default: the rest of the day, or one hour where the schedule is in hours.",
    ),
};

const hosted = oneOf(["aws", "platform"])
  .optional()
  .meta({ default: "aws" })
  .describe(
    "Who rotates: `aws` (default), the function AWS publishes for the engine, or `platform`, this platform's own (PostgreSQL only).",
  );

const admin = administratorReference()
  .optional()
  .describe(
    "For alternating users, required: the secret whose login may change passwords, one of this service, or `service/item` of one that shares it. It rotates by the same engine's `-single-user` method, and names the same host and port; or, of PostgreSQL with `hosted: platform`, it is the `rds-managed` secret of that server.",
  );

const managedArn = text(
  regionalArn("secretsmanager", `secret:[a-z]+![A-Za-z0-9_+=.@-]+${secretEnding}`, ownPartitions),
  "must be the full ARN of a secret that a database service made, such as `arn:aws:secretsmanager:eu-west-1:222222222222:secret:rds!cluster-…-AbCdEf`",
  "copy it from the database's page or from `aws secretsmanager list-secrets`",
);

/** Without version or alias: nothing that AWS publishes says that Secrets Manager rotates by one. */
const functionArn = text(
  regionalArn("lambda", `function:${functionName}`, ownPartitions),
  "must be the ARN of a Lambda function without version or alias, such as `arn:aws:lambda:eu-west-1:111111111111:function:rotate-token`",
  "give the function's own ARN",
);

/** The secret's own policy lets this role read it, so it is one that only the deployer makes. */
const roleArn = text(
  iamArn(`role${rotationRolePattern}`, ownPartitions),
  `must be the ARN of a role under the path \`${rotationPath}\`, such as \`arn:aws:iam::111111111111:role${rotationPath}rotate-token\``,
  `have the platform team make the function's role under \`${rotationPath}\`, and name that`,
);

/** For editors alone: `scheduleOf` says it with better words. */
const oneCadence = { oneOf: [{ required: ["every"] }, { required: ["schedule"] }] };

const generated = section("a `generated` rotation", {
  method: z.literal("generated").describe("A random value from this platform's own rotation function."),
  ...cadence,
}).meta(oneCadence);

const database = section("a database rotation", {
  method: z
    .enum(databaseMethods)
    .describe(
      "A database login. `-single-user` changes the password in place; `-alternating-users` switches between two users, so that a login read before the rotation still works.",
    ),
  ...cadence,
  hosted,
  admin,
}).meta({
  ...oneCadence,
  if: { properties: { method: { pattern: "-alternating-users$" } } },
  then: { required: ["admin"] },
  else: { properties: { admin: false } },
});

const managed = section("an `rds-managed` rotation", {
  method: z
    .literal("rds-managed")
    .describe(
      "The database service makes and rotates the secret; only reading it is granted, also as an `admin`.",
    ),
  arn: perEnvironment("an ARN", managedArn).describe(
    "ARN of the secret that the database service made in the workload account, by environment.",
  ),
});

const ownFunction = section("a `function` rotation", {
  method: z.literal("function").describe("A rotation function of the team's own, in the security account."),
  arn: perEnvironment("an ARN", functionArn).describe("ARN of the function, in the security account."),
  role: perEnvironment("an ARN", roleArn).describe(
    `ARN of the function's role, in the security account, under the path \`${rotationPath}\`: it may read and write the secret while rotating.`,
  ),
  ...cadence,
}).meta(oneCadence);

const metadata = section("`metadata`", {
  apiVersion: text(
    /^v(?:6[5-9]|[7-9]\d|[1-9]\d{2})\.\d$/,
    "must be a version of Salesforce's API, at least v65.0, such as `v65.0`",
  )
    .optional()
    .describe("Salesforce, required: the version of its API."),
  cryptographicAlgorithm: oneOf(snowflakeAlgorithms)
    .optional()
    .meta({ default: "RS256" })
    .describe("Snowflake: the algorithm of new keys."),
  encryptPrivateKey: flag()
    .optional()
    .meta({ default: false })
    .describe("Snowflake: new private keys are encrypted, and their `passphrase` is a field of the value."),
});

const external = section("an `external` rotation", {
  method: z
    .literal("external")
    .describe("Secrets Manager itself changes the credential at a partner of AWS: no function does."),
  type: oneOf(externalSecretTypes).describe(
    "Which partner's credential it is, as AWS names it; the fields of the value follow from it. It cannot change once the secret is made: for another type give the secret a new name.",
  ),
  metadata: metadata
    .optional()
    .describe("What the partner is told at each rotation; which keys go with which type is AWS's."),
  ...cadence,
}).meta(oneCadence);

const methods = rotationMethods.map((method) => `\`${method}\``).join(", ");

/** Rotation of a secret; what no secret goes without. */
export const rotation = expecting(
  z.discriminatedUnion("method", [generated, database, managed, ownFunction, external]),
  { allowed: `must be a map with \`method\`: one of ${methods}` },
).describe("How the value changes. A value that does not rotate is a SecureString parameter, not a secret.");

/** The same, read: with the schedule that its keys come to in their place. */
export const scheduledRotation = rotation.transform((input, context) => {
  if (input.method === "rds-managed") return input;
  const { every, schedule, window, ...rest } = input;
  const result = scheduleOf({ every, schedule, window });
  if ("schedule" in result) return { ...rest, schedule: result.schedule };
  context.addIssue(disagreement(result.problem));
  return z.NEVER;
});

/** The keys of all methods, to check the rest of a rotation whose method is wrong. */
export const anyRotation = section("a rotation", {
  ...cadence,
  hosted,
  admin,
  arn: z.unknown().optional(),
  role: z.unknown().optional(),
  type: z.unknown().optional(),
  metadata: z.unknown().optional(),
});
