import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { startJsonService, type JsonService } from "./jsonService";
import { Secrets, type StoredSecret } from "./secrets";

export interface SecretsManagerDouble extends JsonService {
  readonly secrets: Secrets;
  client(): SecretsManagerClient;
}

interface Input {
  readonly SecretId: string;
}

/** Few, so that paging is not left out. */
const versionsPerPage = 2;

/** The double's API: the part of Secrets Manager the functions use, with real paging. */
export async function startSecretsManager(): Promise<SecretsManagerDouble> {
  const secrets = new Secrets();
  const service = await startJsonService({
    DescribeSecret: ({ SecretId }: Input) => describe(secrets.find(SecretId)),
    GetSecretValue({
      SecretId,
      VersionId,
      VersionStage,
    }: Input & Partial<Record<"VersionId" | "VersionStage", string>>) {
      const secret = secrets.find(SecretId);
      const version = secrets.value(secret, {
        ...(VersionId === undefined ? {} : { version: VersionId }),
        ...(VersionStage === undefined ? {} : { stage: VersionStage }),
      });
      return {
        ...identity(secret),
        VersionId: version.id,
        SecretString: version.value,
        VersionStages: [...version.stages],
        CreatedDate: version.created,
      };
    },
    PutSecretValue(
      input: Input & Record<"ClientRequestToken" | "SecretString", string> & { VersionStages?: string[] },
    ) {
      const { SecretId, ClientRequestToken, SecretString, VersionStages = ["AWSCURRENT"] } = input;
      const secret = secrets.find(SecretId);
      const version = secrets.put(secret, ClientRequestToken, SecretString, VersionStages);
      return { ...identity(secret), VersionId: version.id, VersionStages: [...version.stages] };
    },
    UpdateSecretVersionStage(
      input: Input & { VersionStage: string } & Partial<
          Record<"MoveToVersionId" | "RemoveFromVersionId", string>
        >,
    ) {
      const { SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId } = input;
      const secret = secrets.find(SecretId);
      secrets.move(secret, VersionStage, MoveToVersionId, RemoveFromVersionId);
      return identity(secret);
    },
    ListSecretVersionIds(input: Input & { IncludeDeprecated?: boolean; NextToken?: string }) {
      const { SecretId, IncludeDeprecated = false, NextToken = "0" } = input;
      const secret = secrets.find(SecretId);
      const listed = secret.versions.filter(({ stages }) => IncludeDeprecated || stages.size > 0);
      const start = Number(NextToken);
      const end = start + versionsPerPage;
      return {
        ...identity(secret),
        Versions: listed.slice(start, end).map(({ id, stages, created }) => ({
          VersionId: id,
          VersionStages: [...stages],
          CreatedDate: created,
        })),
        ...(end < listed.length ? { NextToken: String(end) } : {}),
      };
    },
  });
  return Object.assign(service, {
    secrets,
    client: () =>
      new SecretsManagerClient({
        endpoint: service.endpoint,
        region: "eu-west-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
        maxAttempts: 1,
      }),
  });
}

function identity({ arn, name }: StoredSecret) {
  return { ARN: arn, Name: name };
}

function describe(secret: StoredSecret) {
  return {
    ...identity(secret),
    RotationEnabled: secret.rotationEnabled,
    ...(secret.rotationFunction === undefined ? {} : { RotationLambdaARN: secret.rotationFunction }),
    Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
    VersionIdsToStages: Object.fromEntries(
      secret.versions.filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]]),
    ),
  };
}
