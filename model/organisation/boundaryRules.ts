import { covers, overlap } from "../aws/patterns";
import { assumingRoles, runningCode, usingKeys } from "../aws/sensitiveActions";
import { rolePatterns } from "../aws/singleSignOn";
import {
  hostedStackPrefix,
  platformFunctionNames,
  platformPath,
  rotationPath,
  rotatorName,
  servicesPath,
} from "../plan/names";
import type { Problem } from "../yaml/problem";
import { guardedRoles } from "./foundation";
import type { SharedSettings, WorkloadSettings } from "./schema";
import type { SettingsFile } from "./settingsFile";

/** A file with the statements that its `boundary` setting adds. */
interface Bounding {
  readonly file: SettingsFile;
  readonly settings: Pick<WorkloadSettings, "secrets-platform:boundary">;
}

/** What in the organisation's accounts no consumer may act as or through, also where it is named in full. */
interface Reserved {
  readonly actions: readonly string[];
  readonly isReserved: (arn: string) => boolean;
  readonly allowed: string;
}

/** @param valuesAccounts of security stacks, which hold nothing but the platform's own */
export function boundaries(
  workloads: readonly Bounding[],
  { accounts, principals }: SharedSettings,
  valuesAccounts: readonly string[],
): Problem[] {
  const ours = Object.values(accounts);
  const reserved: readonly Reserved[] = [
    {
      actions: usingKeys,
      isReserved: (arn) => isOf(arn, "kms", valuesAccounts),
      allowed: "keys of the accounts that hold values are used through Secrets Manager and Parameter Store",
    },
    {
      actions: assumingRoles,
      isReserved: (arn) => isOf(arn, "iam", ours) && isNamed(arn, reservedRoles(principals)),
      allowed:
        "nobody assumes roles of consumers, of the platform, or of those that deploy and administer it",
    },
    {
      actions: runningCode,
      isReserved: (arn) => isOf(arn, "lambda", ours) && isNamed(arn, reservedFunctions),
      allowed: "functions of the platform run its own code alone",
    },
  ];
  return workloads.flatMap(({ file, settings }) =>
    (settings["secrets-platform:boundary"] ?? []).flatMap((statement, at) =>
      statement.resources.flatMap((arn, index) => {
        const found = reserved.find(
          ({ actions, isReserved }) => isReserved(arn) && takesIn(statement.actions, actions),
        );
        if (found === undefined) return [];
        return [
          file.problem(["secrets-platform:boundary", at, "resources", index], {
            found: `found ${arn}`,
            allowed: found.allowed,
            remedy: "remove it",
          }),
        ];
      }),
    ),
  );
}

function reservedRoles(principals: SharedSettings["principals"]): readonly string[] {
  const { writers, developers, auditors, breakGlass } = principals;
  const trusted = [writers, developers, auditors, breakGlass].flatMap((people) => people.trusted);
  return [
    ...[servicesPath, platformPath, rotationPath].map((path) => `role${path}*`),
    `role/${hostedStackPrefix}sp*`,
    ...[...guardedRoles(principals), ...trusted].flatMap(rolePatterns).map((name) => `role/${name}`),
  ];
}

const reservedFunctions = [
  platformFunctionNames.expiryWatch,
  platformFunctionNames.rollout,
  `${rotatorName("", "").slice(0, -1)}*`,
].flatMap((name) => [`function:${name}`, `function:${name}:*`]);

function isOf(arn: string, service: string, accounts: readonly string[]): boolean {
  const [, , itsService, , account = ""] = arn.split(":");
  return itsService === service && accounts.includes(account);
}

function isNamed(arn: string, patterns: readonly string[]): boolean {
  const name = arn.split(":").slice(5).join(":");
  return patterns.some((pattern) => covers(pattern, name));
}

function takesIn(patterns: readonly string[], actions: readonly string[]): boolean {
  return patterns.some((pattern) =>
    actions.some((action) => overlap(pattern.toLowerCase(), action.toLowerCase())),
  );
}
