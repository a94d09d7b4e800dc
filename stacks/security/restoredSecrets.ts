import * as pulumi from "@pulumi/pulumi";
import { type RefusedSecret, restoreSecrets } from "../../components/values/restoreSecrets";
import type { ValuesProvider } from "../../components/values/valuesProvider";
import { keyAlias } from "../../model/plan/names";
import type { Plan, SecretPlan } from "../../model/plan/types";
import { managedByTag, managedByValue, restoredTag } from "../../model/values/tags";
import { previousOutputs } from "../outputs/previousOutputs";

/**
 * Full ARNs, by name, of the planned secrets that were put back within their recovery window: restored, unless it is a
 * dry run, and to be taken over.
 * @throws RunError for those under a planned name that are not known to be this platform's
 */
export async function restoredArns(
  plan: Plan,
  stack: string,
  planned: readonly SecretPlan[],
  provider: ValuesProvider,
): Promise<ReadonlyMap<string, string>> {
  const names = planned.map(({ name }) => name);
  const keyArns = await knownKeys(plan, stack, planned);
  const dryRun = pulumi.runtime.isDryRun();
  const { pending, restored, refused = [] } = await restoreSecrets({ names, keyArns, dryRun }, { provider });
  if (refused.length > 0) throw new pulumi.RunError(refusal(refused));
  for (const { name, deletionDate } of pending) {
    const what = dryRun ? "would be restored" : "is restored";
    void pulumi.log.info(`${name} was to be deleted on ${deletionDate} and ${what} with its value`);
  }
  return new Map(restored.map(({ name, arn }) => [name, arn]));
}

/**
 * The keys each secret may have been made under: its environment's and its service's own, between which a manifest may
 * change, as the stack's last update exported them. A key made since has encrypted nothing that could be restored.
 */
async function knownKeys(
  { organisation }: Plan,
  stack: string,
  planned: readonly SecretPlan[],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const exported = (await previousOutputs(stack))?.["keyArns"] as Record<string, string> | undefined;
  const arnOf = (alias: string) => exported?.[`${alias}@${organisation.region}`] ?? [];
  return Object.fromEntries(
    planned.map(({ name, environment, service }) => [
      name,
      [keyAlias(environment), keyAlias(environment, service)].flatMap(arnOf),
    ]),
  );
}

function refusal(refused: readonly RefusedSecret[]): string {
  return [
    "These names are planned, and taken by secrets that are not known to be this platform's; nothing was restored:",
    ...refused.map(
      ({ name, arn, deletionDate, reasons }) =>
        `  ${name} (${arn}), ${deletionDate === undefined ? `marked ${restoredTag}` : `scheduled for deletion on ${deletionDate}`}: ${reasons.join("; ")}`,
    ),
    "Wait until AWS has deleted them, give the planned ones other names, or delete them for good: " +
      "aws secretsmanager delete-secret --force-delete-without-recovery --secret-id ARN. " +
      "To keep the value of one whose origin is known, restore it by hand, put it under the key of its environment, and " +
      `tag it ${managedByTag}=${managedByValue} and ${restoredTag}=true; the next update takes it over.`,
  ].join("\n");
}
