import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  UpdateSecretVersionStageCommand,
  type UpdateSecretVersionStageCommandInput,
  type SecretsManagerClient,
  type SecretVersionsListEntry,
} from "@aws-sdk/client-secrets-manager";
import { describeKnownSecret, secretVersions as listVersions } from "../../aws/secret";
import type { AwsCalls } from "../lambda/awsCalls";
import { RotationError } from "./errors";

export type StagingLabel = "AWSCURRENT" | "AWSPENDING" | "AWSPREVIOUS";

export interface SecretDescription {
  readonly arn: string;
  readonly name: string;
  readonly rotationEnabled: boolean;
  /** ARN of the function that is to rotate it. */
  readonly rotationFunction: string | undefined;
  /** Labels of each version that has any. */
  readonly stages: Readonly<Record<string, readonly string[]>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** The version that carries a label; at most one does. */
export function versionLabelled({ stages }: SecretDescription, label: StagingLabel): string | undefined {
  return Object.keys(stages).find((version) => stages[version]?.includes(label));
}

/** The versions and labels of one secret that is there, through the API. Errors of the SDK pass through. */
export interface SecretVersions {
  describe(): Promise<SecretDescription>;
  /** Value of a version that carries a label; undefined when there is none, or none with a value. */
  read(label: StagingLabel, version?: string): Promise<string | undefined>;
  /** The same where a value has been stored, which may not be seen everywhere yet; undefined when it stays away. */
  readStored(label: StagingLabel, version?: string): Promise<string | undefined>;
  /** Value of a version with or without labels. */
  readVersion(version: string): Promise<string | undefined>;
  /** Ids of versions that lost all their labels but are not deleted yet, newest first. */
  deprecated(): Promise<readonly string[]>;
  /** Stores a value under AWSPENDING; false when the version has another value already, which no call can change. */
  putPending(version: string, value: string): Promise<boolean>;
  /** AWSCURRENT; Secrets Manager itself gives AWSPREVIOUS to the version that loses it. */
  makeCurrent(version: string, instead: string | undefined): Promise<void>;
  removePending(version: string): Promise<void>;
}

export function secretVersions(
  client: SecretsManagerClient,
  secretArn: string,
  aws: AwsCalls,
): SecretVersions {
  const calls = { secrets: client, call: aws.asked };
  const read = async (version: string | undefined, label: StagingLabel | undefined) => {
    const found = await aws.call(
      "secretsmanager:GetSecretValue",
      () =>
        client
          .send(new GetSecretValueCommand({ SecretId: secretArn, VersionId: version, VersionStage: label }))
          .catch(missing),
      // Of a secret that was just restored AWS still says that it is deleted.
      ["target"],
    );
    if (found !== undefined && found.SecretString === undefined) throw binaryValue();
    return found?.SecretString;
  };
  const moveLabel = async (move: Omit<UpdateSecretVersionStageCommandInput, "SecretId">) => {
    await aws.call(
      "secretsmanager:UpdateSecretVersionStage",
      () => client.send(new UpdateSecretVersionStageCommand({ SecretId: secretArn, ...move })),
      ["target"],
    );
  };
  return {
    async describe() {
      const { arn, name, rotates, functionArn, stages, tags } = await describeKnownSecret(calls, secretArn);
      return { arn, name, rotationEnabled: rotates, rotationFunction: functionArn, stages, tags };
    },
    read: (label, version) => read(version, label),
    readStored: (label, version) => aws.soon(() => read(version, label)),
    readVersion: (version) => read(version, undefined),
    async deprecated() {
      const versions: SecretVersionsListEntry[] = [];
      for await (const version of listVersions(calls, { arn: secretArn, deprecated: true }))
        versions.push(version);
      return versions
        .filter(({ VersionStages = [] }) => VersionStages.length === 0)
        .sort((a, b) => (b.CreatedDate?.getTime() ?? 0) - (a.CreatedDate?.getTime() ?? 0))
        .flatMap(({ VersionId }) => VersionId ?? []);
    },
    async putPending(version, value) {
      try {
        await aws.call(
          "secretsmanager:PutSecretValue",
          () =>
            client.send(
              new PutSecretValueCommand({
                SecretId: secretArn,
                ClientRequestToken: version,
                SecretString: value,
                VersionStages: ["AWSPENDING"],
              }),
            ),
          ["target"],
        );
        return true;
      } catch (error) {
        if (error instanceof ResourceExistsException) return false;
        throw error;
      }
    },
    makeCurrent: (version, instead) =>
      moveLabel({ VersionStage: "AWSCURRENT", MoveToVersionId: version, RemoveFromVersionId: instead }),
    removePending: (version) => moveLabel({ VersionStage: "AWSPENDING", RemoveFromVersionId: version }),
  };
}

/** What is missing is an answer, and not waited for. */
function missing(error: unknown): undefined {
  if (error instanceof ResourceNotFoundException) return undefined;
  throw error;
}

function binaryValue(): RotationError {
  return new RotationError(
    "the secret holds binary data",
    "rotate it by a function of your own (method: function), or store text",
  );
}
