import * as pulumi from "@pulumi/pulumi";
import type { KeyArns } from "../model/documents/keyArns";
import { keyOutput } from "../model/documents/keyArns";
import { arn } from "../model/plan/arns";
import type { EnvironmentPlan, KeyPlan, Plan, SecretPlan } from "../model/plan/types";
import { previousOutputs, stackName } from "./previousOutputs";

/** What a security stack exports: only what AWS makes up, so that it cannot be named beforehand. */
export interface SecurityOutputs {
  /** ARNs of keys by `{alias}@{region}`. */
  readonly keyArns: Readonly<Record<string, string>>;
  /** Full ARNs of secrets by name. */
  readonly secretArns: Readonly<Record<string, string>>;
}

/** The ARNs a workload stack needs of its security stack. */
export interface SecurityArns {
  readonly key: KeyArns;
  readonly secret: (secret: SecretPlan) => string;
}

/**
 * Reads them from the security stack's last update. In a dry run, what it does not export yet stands in as an ARN of the
 * right form that names nothing, so that rules can decide; a real update stops and names the command to run first.
 */
export async function readSecurityOutputs(plan: Plan, environment: EnvironmentPlan): Promise<SecurityArns> {
  const exported = await exportsOf(environment.security.stack);
  let said = false;
  const arns: SecurityArns = {
    key: (key, region) =>
      exported?.keyArns[keyOutput(key, region)] ?? lacking(`key ${key.alias}`, plannedKey(plan, key, region)),
    secret: (secret) =>
      exported?.secretArns[secret.name] ?? lacking(`secret ${secret.name}`, plannedSecret(plan, secret)),
  };
  return arns;

  function lacking(what: string, planned: string): string {
    if (pulumi.runtime.isDryRun()) {
      if (!said) void pulumi.log.info(notYet(environment));
      said = true;
      return planned;
    }
    throw new pulumi.RunError(
      `${what} is not exported by stack ${environment.security.stack}. ${deployFirst(environment)}`,
    );
  }
}

/** Undefined where the stack was never deployed, or failed before its end. */
async function exportsOf(stack: string): Promise<SecurityOutputs | undefined> {
  if ((await previousOutputs(stack)) === undefined) return undefined;
  const reference = new pulumi.StackReference(stackName(stack));
  const [keyArns, secretArns] = await Promise.all(
    ["keyArns", "secretArns"].map((name) => reference.getOutputValue(name) as Promise<unknown>),
  );
  return keyArns === undefined || secretArns === undefined
    ? undefined
    : ({ keyArns, secretArns } as SecurityOutputs);
}

function notYet(environment: EnvironmentPlan): string {
  return `stack ${environment.security.stack} does not export everything yet; this preview stands in recognisable ARNs. ${deployFirst(environment)}`;
}

function deployFirst(environment: EnvironmentPlan): string {
  return `Deploy it first: pulumi up --stack ${environment.security.stack}`;
}

/** No key has this identifier. */
function plannedKey({ organisation }: Plan, key: KeyPlan, region: string): string {
  const place = { partition: organisation.partition, region, account: key.account };
  return arn("kms", place, "key/00000000-0000-0000-0000-000000000000");
}

/** AWS's own six characters are letters and digits at random; all of one kind they are recognised at once. */
function plannedSecret({ organisation }: Plan, secret: SecretPlan): string {
  return arn("secretsmanager", { ...organisation, account: secret.account }, `secret:${secret.name}-000000`);
}
