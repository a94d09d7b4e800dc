import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describeKnownSecret } from "../../aws/secret";
import type { ObservedReplica } from "../../model/values/replicas";
import type { AwsCalls } from "../lambda/awsCalls";
import { describeError } from "../lambda/describeError";
import type { WatchedSecret } from "./items";

/**
 * The secrets, those that are to have copies with what DescribeSecret tells of them: the list has nothing of it. One that
 * cannot be looked at keeps nobody from hearing of the others.
 */
export async function withReplicas(
  client: SecretsManagerClient,
  secrets: readonly WatchedSecret[],
  expected: readonly { readonly name: string }[],
  aws: AwsCalls,
): Promise<WatchedSecret[]> {
  const names = new Set(expected.map(({ name }) => name));
  const complete: WatchedSecret[] = [];
  for (const secret of secrets) {
    complete.push(names.has(secret.name) ? { ...secret, replicas: await look(client, secret, aws) } : secret);
  }
  return complete;
}

async function look(
  client: SecretsManagerClient,
  { name }: WatchedSecret,
  aws: AwsCalls,
): Promise<readonly ObservedReplica[] | string> {
  try {
    const { replicas = [] } = await describeKnownSecret({ secrets: client, call: aws.asked }, name, []);
    return replicas;
  } catch (error) {
    return describeError(error);
  }
}
