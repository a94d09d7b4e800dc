import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { blockingVersion, listSecrets as listed, type ObservedSecret } from "../../aws/secret";
import type { AwsCalls } from "../lambda/awsCalls";
import type { WatchedSecret } from "./items";

/** Every secret whose home is this region; replicas follow theirs, and those being deleted are not listed. */
export async function listSecrets(
  client: SecretsManagerClient,
  region: string,
  aws: AwsCalls,
): Promise<WatchedSecret[]> {
  const calls = { secrets: client, call: aws.asked };
  return (await listed(calls, { region, target: "the secrets of this account" })).map(watched);
}

function watched(secret: ObservedSecret): WatchedSecret {
  const { name, owner, isUnset, rules, rotates, dates, lastChanged, form } = secret;
  return {
    kind: "secret",
    name,
    owner,
    isUnset,
    rules,
    rotation: rotates ? dates : undefined,
    isPending: blockingVersion(secret) !== undefined,
    lastChanged,
    form,
  };
}
