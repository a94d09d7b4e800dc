import {
  ListSecretsCommand,
  type SecretListEntry,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { ownerTag } from "../../model/functions/tags";
import { parseFormTag } from "../../model/values/databaseForm";
import { observedRotation } from "../../model/values/plannedRotation";
import { daysOfRate, type RotationDates } from "../../model/values/rotationState";
import { formTag, unsetTag } from "../../model/values/tags";
import type { AwsCalls } from "../lambda/awsCalls";
import type { WatchedSecret } from "./items";

/** Every secret whose home is this region; replicas follow theirs, and those being deleted are not listed. */
export async function listSecrets(
  client: SecretsManagerClient,
  region: string,
  aws: AwsCalls,
): Promise<WatchedSecret[]> {
  const found: WatchedSecret[] = [];
  let nextToken: string | undefined;
  do {
    const input = { MaxResults: 100, NextToken: nextToken };
    const page = await aws.call("secretsmanager:ListSecrets", () =>
      client.send(new ListSecretsCommand(input)),
    );
    const own = (page.SecretList ?? []).filter(({ PrimaryRegion = region }) => PrimaryRegion === region);
    found.push(...own.map(watched));
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return found;
}

function watched(entry: SecretListEntry): WatchedSecret {
  const tags = new Map((entry.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  const labels = Object.values(entry.SecretVersionsToStages ?? {});
  return {
    kind: "secret",
    name: entry.Name ?? entry.ARN ?? "",
    owner: tags.get(ownerTag),
    isUnset: tags.has(unsetTag),
    rules: observedRotation(entry),
    rotation: entry.RotationEnabled === true ? rotationOf(entry) : undefined,
    isPending: labels.some((stages) => stages.includes("AWSPENDING") && !stages.includes("AWSCURRENT")),
    lastChanged: entry.LastChangedDate,
    form: parseFormTag(tags.get(formTag)),
  };
}

function rotationOf(entry: SecretListEntry): RotationDates {
  const rules = entry.RotationRules ?? {};
  return {
    next: entry.NextRotationDate,
    // One that never rotated may have got its value long after it was created; its next date counts from then.
    last: entry.LastRotatedDate ?? (entry.NextRotationDate === undefined ? entry.CreatedDate : undefined),
    everyDays: rules.AutomaticallyAfterDays ?? daysOfRate(rules.ScheduleExpression ?? ""),
    windowHours: Number(/^(\d+)h$/.exec(rules.Duration ?? "")?.[1] ?? 24),
  };
}
