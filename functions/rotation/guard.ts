import { isSessionStep, restoreStep } from "../../model/functions/rotation";
import { unqualifiedFunctionArn } from "../lambda/context";
import { RotationError } from "./errors";
import type { RotationRequest } from "./request";
import { parseSecretArn } from "./secretArn";
import { versionLabelled, type SecretDescription } from "./versions";

/**
 * Refuses a secret this function was not deployed for, before anything is asked about it.
 * @throws RotationError
 */
export function refuseForeignSecret(
  request: RotationRequest,
  functionArn: string,
  allowedNames: readonly string[],
): void {
  const secret = parseSecretArn(request.secretArn);
  const [, partition, , region, account] = functionArn.split(":");
  const isOwn =
    secret !== undefined &&
    secret.partition === partition &&
    secret.region === region &&
    secret.account === account &&
    allowedNames.includes(secret.name);
  if (isOwn) return;
  throw new RotationError(
    "this secret is not one this function was deployed to rotate",
    "let its manifest name the rotation and deploy the stack of this account again (pulumi up --policy-pack policies)",
  );
}

/**
 * Refuses another administrator's secret than the one this function was deployed with for the secret it rotates, before
 * it is read. `named` is an ARN or a name, out of the secret's value, and is not repeated.
 * @throws RotationError
 */
export function refuseForeignAdministrator(
  secret: Pick<SecretDescription, "arn" | "name">,
  named: string,
  administrators: Readonly<Record<string, string>>,
): void {
  const expected = Object.hasOwn(administrators, secret.name) ? administrators[secret.name] : undefined;
  if (expected === undefined) {
    throw new RotationError(
      "masterarn names an administrator, and the manifest names none for this secret",
      `supply the login again (npx platform set ${secret.name}), or let rotation.admin name one and deploy the stack ` +
        "of this account again (pulumi up --policy-pack policies)",
    );
  }
  const given = parseSecretArn(named);
  const own = parseSecretArn(secret.arn);
  const isExpected =
    given === undefined
      ? named === expected
      : given.name === expected &&
        given.partition === own?.partition &&
        given.region === own.region &&
        given.account === own.account;
  if (isExpected) return;
  throw new RotationError(
    `masterarn names another secret than ${expected}, the administrator by the manifest`,
    `supply the login again (npx platform set ${secret.name}), which takes the administrator from the manifest`,
  );
}

/**
 * The same of an administrator whose login a database service manages, known by its whole ARN.
 * @throws RotationError
 */
export function refuseOtherManagedAdministrator(
  secret: Pick<SecretDescription, "name">,
  named: string,
  expected: string,
): void {
  if (named === expected) return;
  throw new RotationError(
    `masterarn names another secret than ${expected}, the administrator by the manifest`,
    `supply the login again (npx platform set ${secret.name}), which takes the administrator from the manifest`,
  );
}

/** What is to be done with a version that may be touched. */
export type Admission = "proceed" | "already-current";

/**
 * Checks that Secrets Manager wants this version from this function now.
 * @throws RotationError otherwise
 */
export function admit(request: RotationRequest, secret: SecretDescription, functionArn: string): Admission {
  if (!secret.rotationEnabled) {
    throw new RotationError(
      "rotation is not enabled for this secret",
      "deploy the stack of this account again (pulumi up --refresh --policy-pack policies), or rotate it once by hand (npx platform rotate)",
    );
  }
  const assigned = unqualifiedFunctionArn(secret.rotationFunction ?? "");
  if (assigned !== unqualifiedFunctionArn(functionArn)) {
    throw new RotationError(
      `this secret is rotated by ${assigned === "" ? "no function" : assigned}`,
      "remove whatever else calls this function, or deploy the stack of this account again (pulumi up --refresh --policy-pack policies)",
    );
  }
  const labels = secret.stages[request.token];
  if (labels === undefined) {
    throw new RotationError(
      "the secret has no labelled version of the given token",
      "rotate again (npx platform rotate): the version was given up in the meantime",
    );
  }
  if (isSessionStep(request.step)) return admitSessions(labels);
  if (labels.includes("AWSCURRENT")) return "already-current";
  return request.step === restoreStep ? admitRestore(labels) : admitRotation(secret, labels);
}

function admitRotation(secret: SecretDescription, labels: readonly string[]): Admission {
  if (labels.includes("AWSPENDING")) return "proceed";
  const other = versionLabelled(secret, "AWSPENDING");
  throw new RotationError(
    `the version of the given token is not AWSPENDING but ${labels.join(", ")}`,
    other === undefined
      ? "rotate again (npx platform rotate)"
      : `version ${other} of another rotation is pending: let it finish, or give it up (npx platform unstick)`,
  );
}

/** Sessions of any other version's user are none of the caller's business: the version it rotated to was replaced. */
function admitSessions(labels: readonly string[]): Admission {
  if (labels.includes("AWSCURRENT")) return "proceed";
  throw new RotationError(
    `sessions are those of the current version's user, and the given version is ${labels.join(", ")}`,
    "rotate again (npx platform rotate)",
  );
}

function admitRestore(labels: readonly string[]): Admission {
  if (labels.includes("AWSPREVIOUS")) return "proceed";
  throw new RotationError(
    `only the version labelled AWSPREVIOUS can be restored, and the given one is ${labels.join(", ")}`,
    "read the labels again (npx platform status) and name the previous version",
  );
}
