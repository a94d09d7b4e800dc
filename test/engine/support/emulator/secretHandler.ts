import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  type DescribeSecretResponse,
  ResourceNotFoundException,
  type SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { recoveryDays } from "../standIn/aws/recoveryDays";
import { scheduledForDeletion } from "../standIn/aws/rules/uniqueNames";
import type { AwsTarget } from "../standIn/aws/target";
import type { Properties } from "../standIn/properties";
import type { ResourceHandler } from "../standIn/resourceHandler";
import { allTags, droppedTags, ownTags, tagList, tagsOf } from "./tags";

/** A client for the place that a resource lives in. */
export type SecretsClient = (target: AwsTarget) => Promise<SecretsManagerClient>;

/** `aws:secretsmanager/secret:Secret` by the calls that the real provider makes. */
export function secretHandler(client: SecretsClient): ResourceHandler<AwsTarget> {
  return {
    async create(target, inputs) {
      const secrets = await client(target);
      await refuseScheduled(secrets, String(inputs["name"]));
      const { ARN: arn = "" } = await secrets.send(
        new CreateSecretCommand({
          ...settings(inputs),
          Name: String(inputs["name"]),
          Tags: tagList(allTags(target, inputs)),
          AddReplicaRegions: replicas(inputs),
          ForceOverwriteReplicaSecret: inputs["forceOverwriteReplicaSecret"] === true,
        }),
      );
      return { id: arn, outputs: outputs(inputs, arn) };
    },

    async read(target, id, { inputs }) {
      const found = await describe(await client(target), id);
      if (found === undefined) return undefined;
      const seen = { ...inputs, ...inputsOf(target, found) };
      return { inputs: seen, outputs: outputs(seen, id) };
    },

    async update(target, id, change) {
      const { inputs } = change;
      const secrets = await client(target);
      await secrets.send(new UpdateSecretCommand({ SecretId: id, ...settings(inputs) }));
      const dropped = droppedTags(target, change);
      if (dropped.length > 0)
        await secrets.send(new UntagResourceCommand({ SecretId: id, TagKeys: dropped }));
      await secrets.send(new TagResourceCommand({ SecretId: id, Tags: tagList(allTags(target, inputs)) }));
      return outputs(inputs, id);
    },

    async delete(target, id, state) {
      const secrets = await client(target);
      if ((await describe(secrets, id)) === undefined) return;
      const days = recoveryDays(target.type, state);
      await secrets.send(
        new DeleteSecretCommand({
          SecretId: id,
          ...(days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days }),
        }),
      );
    },
  };
}

/** moto says of a name in its recovery window that it exists; AWS says why it cannot be had. */
async function refuseScheduled(secrets: SecretsManagerClient, name: string): Promise<void> {
  const found = await look(secrets, name);
  if (found?.DeletedDate !== undefined) throw scheduledForDeletion();
}

/** Undefined for a secret that is not there or waits for its deletion, which the real provider takes for the same. */
async function describe(
  secrets: SecretsManagerClient,
  id: string,
): Promise<DescribeSecretResponse | undefined> {
  const found = await look(secrets, id);
  return found?.DeletedDate === undefined ? found : undefined;
}

async function look(secrets: SecretsManagerClient, id: string): Promise<DescribeSecretResponse | undefined> {
  try {
    return await secrets.send(new DescribeSecretCommand({ SecretId: id }));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function settings(inputs: Properties): { Description: string; KmsKeyId?: string } {
  const key = inputs["kmsKeyId"];
  const description = inputs["description"];
  return {
    Description: typeof description === "string" ? description : "",
    ...(typeof key === "string" && { KmsKeyId: key }),
  };
}

function inputsOf(
  target: AwsTarget,
  { Name, Description, KmsKeyId, Tags }: DescribeSecretResponse,
): Properties {
  return {
    name: Name,
    description: Description === "" ? undefined : Description,
    kmsKeyId: KmsKeyId,
    tags: ownTags(target, tagsOf(Tags)),
  };
}

function outputs(inputs: Properties, arn: string): Properties {
  const repeated = Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
  return { ...repeated, arn };
}

function replicas(inputs: Properties): { Region: string; KmsKeyId: string }[] {
  const list = (inputs["replicas"] ?? []) as { region: string; kmsKeyId: string }[];
  return list.map(({ region, kmsKeyId }) => ({ Region: region, KmsKeyId: kmsKeyId }));
}
