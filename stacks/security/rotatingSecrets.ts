import { output, type Output, type Resource } from "@pulumi/pulumi";
import { RotatingSecret } from "../../components/security/rotatingSecret";
import type { RotatingSecretArgs } from "../../components/security/rotatingSecretArgs";
import { SecretValue } from "../../components/values/secretValue";
import type { ValuesProvider } from "../../components/values/valuesProvider";
import { secretPolicy } from "../../model/documents/secretPolicy";
import { fieldsTag, fieldsTagValue } from "../../model/functions/tags";
import type { SecurityStack } from "../../model/organisation/types";
import { isManagedAdmin } from "../../model/plan/managedAdmin";
import type { Plan, SecretPlan } from "../../model/plan/types";
import { managedByTag, managedByValue } from "../../model/values/tags";
import { serviceTags } from "../account/tags";
import type { Keys } from "../account/environmentKeys";
import { partnerRotation } from "./partnerRotation";
import { restoredArns } from "./restoredSecrets";
import type { RotationFunctions } from "./rotationFunctions";

/** What secrets need beside the Plan. */
interface Uses {
  readonly keys: Keys;
  readonly rotation: RotationFunctions;
  readonly values: ValuesProvider;
  /** Public keys of key pairs, by the parameter's name. */
  readonly published: ReadonlyMap<string, Resource>;
}

/**
 * The secrets of an account. One that is put back within its recovery window is restored and taken over instead of made
 * again. Returns full ARNs by name.
 */
export async function rotatingSecrets(
  plan: Plan,
  stack: SecurityStack,
  planned: readonly SecretPlan[],
  { keys, rotation, values, published }: Uses,
): Promise<Readonly<Record<string, Output<string>>>> {
  const restored = await restoredArns(plan, stack.name, planned, values);
  const byName = new Map(planned.map((secret) => [secret.name, secret]));
  const made = new Map<string, Output<string>>();
  for (const { name } of planned) arnOf(name);
  return Object.fromEntries(planned.map(({ name }) => [name, arnOf(name)]));

  /** Makes it the first time; an administrator's before those that name it. */
  function arnOf(name: string): Output<string> {
    const before = made.get(name);
    if (before !== undefined) return before;
    const secret = byName.get(name);
    if (secret === undefined) throw new Error(`secret ${name} is not held by this account`);
    const { admin } = secret.rotation;
    const adminArn = admin === undefined ? undefined : isManagedAdmin(admin) ? output(admin) : arnOf(admin);
    const args = secretArgs(plan, secret, keys, {
      after: [rotation.readyFor(secret, adminArn), publicKeysOf(secret)].filter((one) => one !== undefined),
      masterArn: adminArn,
    });
    const importArn = restored.get(name);
    const component = new RotatingSecret(
      name,
      { ...args, ...(importArn !== undefined && { importArn }) },
      { protect: secret.protected, providers: [values] },
    );
    made.set(name, component.arn);
    return component.arn;
  }

  function publicKeysOf({ shape }: SecretPlan): Resource | undefined {
    return shape.form === "key-pair" ? published.get(shape.publicKeys) : undefined;
  }
}

function secretArgs(
  plan: Plan,
  secret: SecretPlan,
  keys: Keys,
  {
    after,
    masterArn,
  }: { readonly after: readonly Resource[]; readonly masterArn: Output<string> | undefined },
): RotatingSecretArgs {
  const { key, shape } = secret;
  const { schedule, functionArn, immediately } = secret.rotation;
  const partner = partnerRotation(plan, secret);
  return {
    secretName: secret.name,
    description: secret.description,
    keyArn: keys.arn(key, plan.organisation.region),
    policy: secretPolicy(plan, secret),
    recoveryWindowDays: secret.recoveryWindowDays,
    replicas: secret.replicas.map((region) => ({ region, keyArn: keys.arn(key, region) })),
    ...(shape.form === "external" && { type: shape.type }),
    rotation: {
      ...(functionArn !== undefined && { functionArn }),
      ...partner,
      scheduleExpression: schedule.expression,
      windowHours: schedule.windowHours,
      immediately,
      after: [...after, ...[partner?.after ?? []].flat()],
    },
    firstValue: (name, secretId, opts) =>
      new SecretValue(name, { secretId, shape, ...(masterArn && { masterArn }) }, opts),
    tags: {
      ...serviceTags(secret),
      [managedByTag]: managedByValue,
      ...(shape.form === "fields" && { [fieldsTag]: fieldsTagValue(shape.fields) }),
    },
  };
}
