import { z } from "zod";
import { accountIds } from "../aws/textRules";
import { logRetentions } from "../aws/logRetentions";
import { tlsModes } from "../functions/rotation";
import { either, expecting, integer, list, named, oneOf, refusal, section, text } from "../yaml/expectation";
import { regionName } from "../catalogue/schema/names";
import { auditingSettings } from "./auditingSchema";
import { boundaryStatement } from "./boundarySchema";
import { foundationRole, roleOfEachAccount } from "./roleNames";

const accountId = text(accountIds.pattern, "must be the 12 digits of an AWS account, in quotes");

/** Part of names of everything in it, and of patterns in policies, so that nothing in it may mean anything there. */
export const environmentName = text(
  /^(?=.{1,32}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  "must be 1 to 32 characters: lower-case letters, digits and single hyphens, beginning with a letter",
);

const trusted = list("roles", roleOfEachAccount());

/** Settings all stacks share, under `config` in Pulumi.yaml. */
export const sharedSettings = section("the shared configuration", {
  organizationId: text(
    /^o-[a-z0-9]{10,32}$/,
    "must be the identifier of an AWS organisation, such as `o-exampleorgid`",
  ),
  accounts: named(
    "stack to account",
    text(/^[A-Za-z0-9_.-]{1,100}$/, "must be the name of a stack"),
    accountId,
  ),
  principals: section("`principals`", {
    deployer: roleOfEachAccount(),
    administrators: list("roles", roleOfEachAccount()),
    foundation: list("roles", foundationRole()).optional(),
    writers: section("`writers`", { trusted }),
    developers: section("`developers`", { trusted, environments: z.array(environmentName) }),
    auditors: section("`auditors`", { trusted }),
    breakGlass: section("`breakGlass`", {
      trusted,
      mfa: oneOf(["iam", "identity-provider"], "choose who asks for the second factor"),
    }),
  }),
});

const aws = {
  "aws:region": regionName(),
  "aws:allowedAccountIds": expecting(z.array(accountId).length(1), {
    allowed: "must be a list with the stack's one account",
  }),
};

const rotationNetwork = section("a rotation network", {
  tls: oneOf(tlsModes, "choose how certificates of databases are checked").optional(),
  subnetIds: list(
    "subnets",
    text(/^subnet-[0-9a-f]{8,17}$/, "must be a subnet, such as `subnet-0a1b2c3d4e5f60001`"),
  ).refine(eachOnce, refusal("must name each subnet once", "remove the second")),
  securityGroupIds: list(
    "security groups",
    text(/^sg-[0-9a-f]{8,17}$/, "must be a security group, such as `sg-0a1b2c3d4e5f60001`"),
  ).refine(eachOnce, refusal("must name each security group once", "remove the second")),
});

function eachOnce(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const reserved = integer(1, 1_000, "calls at once").optional();

/** Settings of a stack that holds values, in its own file. */
export const securitySettings = section("a security stack's configuration", {
  ...aws,
  ...auditingSettings,
  "secrets-platform:concurrency": section("`concurrency`", { functions: reserved }).optional(),
  "secrets-platform:environments": list("environments", environmentName),
  "secrets-platform:rotationNetwork": named(
    "environment to network",
    environmentName,
    rotationNetwork,
  ).optional(),
  "secrets-platform:logArchive": section("`logArchive`", {
    lockDays: integer(1, 36_500, "days"),
    keepDays: integer(2, 36_500, "days"),
    queries: section("`queries`", {
      scanLimitGigabytes: integer(1, 100_000, "gigabytes"),
      regions: list("regions", regionName()).optional(),
    }).optional(),
  }).optional(),
});

/** The CLI puts `true` in quotes when it writes a stack's file. */
const settingFlag = either([z.boolean(), z.enum(["true", "false"])], "must be `true` or `false`").transform(
  (value) => value === true || value === "true",
);

/** Whether nothing stands behind the mask; a range of another form or size is not its matter. */
function isWholeRange(cidr: string): boolean {
  const [address = "", mask = ""] = cidr.split("/");
  const value = address.split(".").reduce((whole, number) => whole * 256 + Number(number), 0);
  return !Number.isInteger(value) || Number(mask) < 16 || value % 2 ** (32 - Number(mask)) === 0;
}

/** Settings of a stack that holds one environment's consumers, in its own file. */
export const workloadSettings = section("a workload stack's configuration", {
  ...aws,
  ...auditingSettings,
  "secrets-platform:concurrency": section("`concurrency`", {
    functions: reserved,
    builds: integer(1, 1_000, "builds at once").optional(),
  }).optional(),
  "secrets-platform:environment": environmentName,
  "secrets-platform:production": settingFlag.optional(),
  "secrets-platform:network": section("`network`", {
    cidr: text(
      /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\/(?:1[6-9]|2[0-4])$/,
      "must be an IPv4 range of /16 to /24, such as `10.20.0.0/16`",
    ).refine(
      isWholeRange,
      refusal("must begin with the first address of its range", "set the bits behind the mask to zero"),
    ),
    availabilityZones: integer(2, 4, "zones"),
    nat: oneOf(["none", "single", "per-zone"]),
    flowLogs: section("`flowLogs`", {
      days: expecting(z.literal(logRetentions), {
        allowed: `must be days that CloudWatch keeps logs for: ${logRetentions.join(", ")}`,
      }).optional(),
      traffic: oneOf(["all", "rejected"]).optional(),
    }).optional(),
  }),
  "secrets-platform:boundary": expecting(z.array(boundaryStatement), {
    allowed: "must be a list of maps with `actions` and `resources`",
  }).optional(),
});

/** What a stack's file may hold while it does not say which of the two it is. */
export const eitherSettings = section("a stack's configuration", {
  ...Object.fromEntries(
    Object.keys({ ...securitySettings.shape, ...workloadSettings.shape }).map((key) => [
      key,
      z.unknown().optional(),
    ]),
  ),
  ...aws,
  ...auditingSettings,
});

export type SharedSettings = z.infer<typeof sharedSettings>;
export type SecuritySettings = z.infer<typeof securitySettings>;
export type WorkloadSettings = z.infer<typeof workloadSettings>;
