import { checkTags, descriptions, functionArns, keyArns, regionNames, secretArns } from "../argumentRules";
import { checkPolicy, policyLimits } from "../policyArgument";
import {
  check,
  checkDistinct,
  checkText,
  checkWholeNumber,
  type Failure,
  settled,
  type TextRule,
} from "../validation";
import type { RotatingSecretArgs, SecretRotationArgs } from "./rotatingSecretArgs";

/** Everything wrong with a RotatingSecret's arguments. */
export function rotatingSecretFailures(args: RotatingSecretArgs): Failure[][] {
  const replicas = args.replicas ?? [];
  return [
    checkText("secretName", args.secretName, secretNames),
    checkText("description", args.description, descriptions(2048)),
    checkText("keyArn", args.keyArn, keyArns),
    checkPolicy("policy", args.policy, policyLimits.secret),
    checkWholeNumber("recoveryWindowDays", args.recoveryWindowDays, { from: 7, to: 30, unit: "days" }),
    ...replicas.flatMap((replica, index) => [
      checkText(`replicas[${index}].region`, replica.region, regionNames),
      checkText(`replicas[${index}].keyArn`, replica.keyArn, keyArns),
    ]),
    checkDistinct(
      "replicas",
      replicas.map(({ region }) => region),
    ),
    rotationFailures(args.rotation),
    checkText("importArn", args.importArn, secretArns),
    namesSecret(args),
    checkTags("tags", args.tags),
  ];
}

/**
 * AWS puts a hyphen and six characters behind a name; one that ends so itself could be taken for another's full ARN.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 */
const secretNames: TextRule = {
  pattern: /^(?!.*-[A-Za-z0-9]{6}$)[A-Za-z0-9/_+=.@-]{1,512}$/,
  allowed:
    "1 to 512 letters, digits and `/_+=.@-` are allowed, not ending in a hyphen and six letters or digits",
  remedy: "name it as {service}/{environment}/{secret}",
};

const longestRotationDays = 90;

function rotationFailures(rotation: SecretRotationArgs): Failure[] {
  const path = "rotation.scheduleExpression";
  const days = rateDays(rotation.scheduleExpression);
  return [
    ...checkText("rotation.functionArn", rotation.functionArn, functionArns),
    ...checkText(path, rotation.scheduleExpression, schedules),
    ...check(
      days === undefined || (days >= shortestRotationDays && days <= longestRotationDays),
      path,
      `"${rotation.scheduleExpression}" was found`,
      `a secret is rotated every 4 hours at most and every ${longestRotationDays} days at least`,
      "choose a time between",
    ),
    ...checkWholeNumber("rotation.windowHours", rotation.windowHours, { from: 1, to: 24, unit: "hours" }),
  ];
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html */
const schedules: TextRule = {
  pattern: /^(rate\([1-9]\d* (hours?|days?)\)|cron\(0 [^()]+\))$/,
  allowed: "`rate(N days)`, `rate(N hours)` or `cron(0 ...)` is allowed, minutes being 0",
  remedy: "write it as in rate(30 days) or cron(0 4 ? * SUN *)",
};

const shortestRotationDays = 4 / 24;

function rateDays(expression: string): number | undefined {
  const [, count, unit] = /^rate\((\d+) (hour|day)/.exec(expression) ?? [];
  return count === undefined ? undefined : Number(count) / (unit === "hour" ? 24 : 1);
}

function namesSecret({ importArn, secretName }: RotatingSecretArgs): Failure[] {
  const name = settled(importArn)
    ?.replace(/^.*:secret:/, "")
    .slice(0, -7);
  return check(
    name === undefined || name === secretName,
    "importArn",
    `the ARN of "${name}" was found`,
    `only a secret of this one's name, "${secretName}", can be taken over`,
    "pass that secret's ARN",
  );
}
