import {
  functionArns,
  keyArns,
  regionNames,
  roleArns,
  secretArns,
  type TextRule,
} from "../../model/aws/textRules";
import { pendingDeletionDays } from "../../model/aws/pendingDeletion";
import { longestRotationDays } from "../../model/limits";
import { readSchedule, shortestRotationHours } from "../../model/aws/schedules";
import { checkTags, descriptions } from "../argumentRules";
import { checkPolicy, policyLimits } from "../policyArgument";
import {
  check,
  checkDistinct,
  checkText,
  checkWholeNumber,
  type ArgumentProblem,
  settled,
} from "../validation";
import type { RotatingSecretArgs, SecretRotationArgs } from "./rotatingSecretArgs";

/** Everything wrong with a RotatingSecret's arguments. */
export function rotatingSecretProblems(args: RotatingSecretArgs): ArgumentProblem[] {
  const replicas = args.replicas ?? [];
  return [
    checkText("secretName", args.secretName, secretNames),
    checkText("description", args.description, descriptions(2048)),
    checkText("keyArn", args.keyArn, keyArns),
    checkPolicy("policy", args.policy, policyLimits.secret),
    checkWholeNumber("recoveryWindowDays", args.recoveryWindowDays, pendingDeletionDays),
    ...replicas.flatMap((replica, index) => [
      checkText(`replicas[${index}].region`, replica.region, regionNames),
      checkText(`replicas[${index}].keyArn`, replica.keyArn, keyArns),
    ]),
    checkDistinct(
      "replicas",
      replicas.map(({ region }) => region),
    ),
    rotationProblems(args.rotation),
    rotatorProblems(args),
    checkText("importArn", args.importArn, secretArns),
    namesSecret(args),
    checkTags("tags", args.tags),
  ].flat();
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

function rotationProblems(rotation: SecretRotationArgs): ArgumentProblem[] {
  return [
    ...checkText("rotation.functionArn", rotation.functionArn, functionArns),
    ...scheduleProblems("rotation.scheduleExpression", rotation.scheduleExpression),
    ...checkWholeNumber("rotation.windowHours", rotation.windowHours, { from: 1, to: 24, unit: "hours" }),
  ];
}

/** A function or, for a credential of a partner of AWS, Secrets Manager itself. */
function rotatorProblems({
  type,
  rotation: { functionArn, partner },
}: RotatingSecretArgs): ArgumentProblem[] {
  const given = [
    ...(functionArn === undefined ? [] : ["functionArn"]),
    ...(partner === undefined ? [] : ["partner"]),
  ];
  const wanted = type === undefined ? "functionArn" : "partner";
  return [
    ...check(given.length === 1 && given[0] === wanted, "rotation", {
      found: `${given.join(" and ") || "nothing that rotates it"} was found ${type === undefined ? "without" : "with"} a type`,
      allowed:
        "a function rotates a secret without a type, and Secrets Manager itself, by a role, one with a type",
      remedy: `give \`rotation.${wanted}\` alone`,
    }),
    ...checkText("rotation.partner.roleArn", partner?.roleArn, roleArns),
  ];
}

function scheduleProblems(propertyPath: string, expression: string): ArgumentProblem[] {
  const times = readSchedule(expression);
  const found = `"${expression}" was found`;
  if ("found" in times)
    return check(false, propertyPath, { found, allowed: times.allowed, remedy: times.remedy });
  return check(
    times.shortest >= shortestRotationHours && times.longest <= longestRotationDays * 24,
    propertyPath,
    {
      found,
      allowed: `a secret is rotated every ${shortestRotationHours} hours at most and every ${longestRotationDays} days at least`,
      remedy: "choose a time between",
    },
  );
}

function namesSecret({ importArn, secretName }: RotatingSecretArgs): ArgumentProblem[] {
  const name = settled(importArn)
    ?.replace(/^.*:secret:/, "")
    .slice(0, -7);
  return check(name === undefined || name === secretName, "importArn", {
    found: `the ARN of "${name}" was found`,
    allowed: `only a secret of this one's name, "${secretName}", can be taken over`,
    remedy: "pass that secret's ARN",
  });
}
