import * as pulumi from "@pulumi/pulumi";
import { type KeyArns, keyOutput } from "../../model/documents/keyArns";
import type { SecurityStack } from "../../model/organisation/types";
import { arn } from "../../model/plan/arns";
import { archiveBucketPrefix } from "../../model/plan/names";
import type { EnvironmentPlan, KeyPlan, Plan, SecretPlan } from "../../model/plan/types";
import { previousOutputs, stackName } from "./previousOutputs";

/** The organisation's audit bucket and the key over it. */
export interface ArchiveOutputs {
  readonly bucketName: string;
  readonly keyArn: string;
}

/** What a security stack exports: only what AWS makes up, so that it cannot be named beforehand. */
export interface SecurityOutputs {
  /** ARNs of keys by `{alias}@{region}`. */
  readonly keyArns: Readonly<Record<string, string>>;
  /** Full ARNs of secrets by name. */
  readonly secretArns: Readonly<Record<string, string>>;
  /** Of the one stack that holds the organisation's audit bucket. */
  readonly logArchive?: ArchiveOutputs;
}

/** The ARNs a workload stack needs of its security stack. */
export interface SecurityArns {
  readonly key: KeyArns;
  readonly secret: (secret: SecretPlan) => string;
  /** Where trails write. */
  readonly archive: () => ArchiveOutputs;
}

/**
 * Reads them from the security stack's last update. In a dry run, what it does not export yet stands in as an ARN of the
 * right form that names nothing, so that rules can decide; a real update stops and names the command to run first.
 */
export async function readSecurityOutputs(plan: Plan, environment: EnvironmentPlan): Promise<SecurityArns> {
  const { stack } = environment.security;
  const exported = await exportsOf(stack);
  const lacking = standIns(stack);
  return {
    key: (key, region) =>
      exported?.keyArns[keyOutput(key, region)] ?? lacking(`key ${key.alias}`, plannedKey(plan, key, region)),
    secret: (secret) =>
      exported?.secretArns[secret.name] ?? lacking(`secret ${secret.name}`, plannedSecret(plan, secret)),
    archive:
      archiveHolder(plan).name === stack ? archiveOf(plan, exported, lacking) : await readArchive(plan),
  };
}

/** The same for what another security stack holds: the audit bucket. */
export async function readArchive(plan: Plan): Promise<() => ArchiveOutputs> {
  const { name } = archiveHolder(plan);
  return archiveOf(plan, await exportsOf(name), standIns(name));
}

function archiveOf(
  plan: Plan,
  exported: SecurityOutputs | undefined,
  lacking: StandIns,
): () => ArchiveOutputs {
  return () => exported?.logArchive ?? lacking("the audit bucket", plannedArchive(plan));
}

type StandIns = <T>(what: string, planned: T) => T;

/** What is lacking is `planned` in a dry run, which says so once, and ends a real update. */
function standIns(stack: string): StandIns {
  let said = false;
  return (what, planned) => {
    if (pulumi.runtime.isDryRun()) {
      if (!said) void pulumi.log.info(notYet(stack));
      said = true;
      return planned;
    }
    throw new pulumi.RunError(`${what} is not exported by stack ${stack}. ${deployFirst(stack)}`);
  };
}

/** Undefined where the stack was never deployed, or failed before its end. */
async function exportsOf(stack: string): Promise<SecurityOutputs | undefined> {
  if ((await previousOutputs(stack)) === undefined) return undefined;
  const reference = new pulumi.StackReference(stackName(stack));
  const [keyArns, secretArns, logArchive] = await Promise.all(
    ["keyArns", "secretArns", "logArchive"].map((name) => reference.getOutputValue(name) as Promise<unknown>),
  );
  return keyArns === undefined || secretArns === undefined
    ? undefined
    : ({ keyArns, secretArns, ...(logArchive !== undefined && { logArchive }) } as SecurityOutputs);
}

function notYet(stack: string): string {
  return `stack ${stack} does not export everything yet; this preview stands in recognisable ARNs. ${deployFirst(stack)}`;
}

function deployFirst(stack: string): string {
  return `Deploy it first: pulumi up --stack ${stack} --policy-pack policies`;
}

function archiveHolder({ organisation }: Plan): SecurityStack {
  const holder = organisation.stacks.find(
    (stack) => stack.kind === "security" && stack.logArchive !== undefined,
  );
  if (holder?.kind !== "security") throw new Error("no security stack holds the audit bucket");
  return holder;
}

/** Eight zeros where the bucket's name has eight random digits; no key has this identifier. */
function plannedArchive(plan: Plan): ArchiveOutputs {
  const { account } = archiveHolder(plan);
  return {
    bucketName: `${archiveBucketPrefix}-00000000`,
    keyArn: arn("kms", { ...plan.organisation, account }, "key/00000000-0000-0000-0000-000000000000"),
  };
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
