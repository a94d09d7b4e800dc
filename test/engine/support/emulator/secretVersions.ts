import { randomUUID } from "node:crypto";
import { type RotationEvent, rotationSteps } from "../../../../model/functions/rotation";
import { daysOfRate } from "../../../../model/values/rotationState";
import { startSecretsManager } from "../../../functions/support/secretsManager";
import type { StoredSecret } from "../../../functions/support/secrets";
import type { AwsAnswer, AwsCall, AwsDouble } from "../../../support/moto/awsProxy";
import { awsError } from "../../../support/moto/doubles";

/** Calls a step of the rotation function of an ARN. */
export type CallFunction = (functionArn: string, event: RotationEvent) => Promise<void>;

export interface SecretVersionsDouble extends AwsDouble {
  /** Waits until no rotation is under way. */
  idle(): Promise<void>;
  /** Why rotations failed. */
  readonly failures: readonly string[];
  close(): Promise<void>;
}

interface Rotation {
  functionArn: string;
  rules: { ScheduleExpression?: string; Duration?: string };
  /** Milliseconds of the epoch. */
  last?: number;
}

const dayMs = 86_400_000;
const ofVersions = ["GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage", "ListSecretVersionIds"];

/**
 * Named test double of versions, labels and rotations, where moto is wrong: it moves AWSCURRENT to an empty version,
 * remembers a current one of its own beside the labels, and calls functions only by Docker. Versions are those of the
 * functions' own tests; all else of a secret (existence, tags, policy, key, deletion) stays moto's.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export async function startSecretVersions(callFunction: CallFunction): Promise<SecretVersionsDouble> {
  const service = await startSecretsManager();
  const { secrets } = service;
  const newest = new Map<string, StoredSecret>();
  const rotations = new Map<StoredSecret, Rotation>();
  const deleted = new Set<StoredSecret>();
  const failures: string[] = [];
  let underWay: Promise<unknown> = Promise.resolve();

  /** By name or ARN; one that was deleted for good may have had the same name. */
  const find = (id: unknown) => newest.get(String(id)) ?? secrets.find(String(id));

  async function forward(action: string, body: AwsCall["body"]): Promise<AwsAnswer> {
    const answer = await fetch(service.endpoint, {
      method: "POST",
      headers: { "x-amz-target": `secretsmanager.${action}` },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.text() };
  }

  async function ofVersion(action: string, body: AwsCall["body"]): Promise<AwsAnswer> {
    const secret = known(body["SecretId"]);
    if (secret === undefined) return notFound();
    if (deleted.has(secret)) {
      return awsError("InvalidRequestException", "The secret is currently marked deleted.");
    }
    return forward(action, { ...body, SecretId: secret.arn });
  }

  function known(id: unknown): StoredSecret | undefined {
    try {
      return find(id);
    } catch {
      return undefined;
    }
  }

  /** Answers at once and rotates behind that, as the service does. */
  function rotate(body: AwsCall["body"]): AwsAnswer {
    const secret = known(body["SecretId"]);
    if (secret === undefined || deleted.has(secret)) return notFound();
    const { RotationLambdaARN: arn, RotationRules: rules, RotateImmediately: immediately = true } = body;
    const before = rotations.get(secret);
    const functionArn = typeof arn === "string" ? arn : before?.functionArn;
    if (functionArn === undefined) {
      return awsError(
        "InvalidRequestException",
        "No Lambda rotation function ARN is associated with this secret.",
      );
    }
    rotations.set(secret, {
      ...before,
      functionArn,
      rules: (rules as Rotation["rules"] | undefined) ?? before?.rules ?? {},
    });
    secret.rotationEnabled = true;
    secret.rotationFunction = functionArn;
    const pending = secrets.holder(secret, "AWSPENDING");
    const isUnfinished = pending !== undefined && !pending.stages.has("AWSCURRENT");
    const token = isUnfinished ? pending.id : tokenOf(body);
    if (!isUnfinished) secrets.put(secret, token, undefined, ["AWSPENDING"]);
    underWay = Promise.all([underWay, perform(secret, functionArn, token, immediately === true)]);
    return isUnfinished
      ? awsError(
          "InvalidRequestException",
          "A previous rotation isn't complete. That rotation will be reattempted.",
        )
      : json({ ARN: secret.arn, Name: secret.name, VersionId: token });
  }

  async function perform(
    secret: StoredSecret,
    functionArn: string,
    token: string,
    immediately: boolean,
  ): Promise<void> {
    try {
      for (const Step of immediately ? rotationSteps : (["testSecret"] as const)) {
        await callFunction(functionArn, { Step, SecretId: secret.arn, ClientRequestToken: token });
      }
      const rotation = rotations.get(secret);
      if (immediately && rotation !== undefined) rotation.last = Date.now();
      // The version made for the test alone is removed again.
      if (!immediately) secrets.move(secret, "AWSPENDING", undefined, token);
    } catch (error) {
      failures.push(`${secret.name}: ${String(error)}`);
    }
  }

  function described(entry: Record<string, unknown>): Record<string, unknown> {
    const secret = known(entry["ARN"]);
    if (secret === undefined) return entry;
    const stages = Object.fromEntries(
      secret.versions.filter((version) => version.stages.size > 0).map(({ id, stages: on }) => [id, [...on]]),
    );
    const listed = { ...entry, VersionIdsToStages: stages, SecretVersionsToStages: stages };
    const rotation = rotations.get(secret);
    if (rotation === undefined) return listed;
    const { functionArn, rules, last } = rotation;
    const days = daysOfRate(rules.ScheduleExpression ?? "");
    return {
      ...listed,
      RotationEnabled: secret.rotationEnabled,
      RotationLambdaARN: functionArn,
      RotationRules: rules,
      ...(last !== undefined && { LastRotatedDate: last / 1000 }),
      ...(last !== undefined && days !== undefined && { NextRotationDate: (last + days * dayMs) / 1000 }),
    };
  }

  return {
    name: "versions, labels and rotations of secrets",
    failures,
    idle: async () => {
      for (let waited: unknown; waited !== underWay;) {
        waited = underWay;
        await underWay;
      }
    },
    before({ action, body }) {
      if (ofVersions.includes(action)) return ofVersion(action, body);
      if (action === "RotateSecret") return rotate(body);
      if (action !== "CancelRotateSecret") return undefined;
      const secret = known(body["SecretId"]);
      if (secret === undefined) return notFound();
      secret.rotationEnabled = false;
      return json({ ARN: secret.arn, Name: secret.name });
    },
    after({ action, body }, answer) {
      if (answer.status !== 200) return answer;
      const told = () => JSON.parse(answer.body) as Record<string, unknown>;
      switch (action) {
        case "CreateSecret": {
          const { ARN, Name } = told() as { ARN: string; Name: string };
          newest.set(Name, secrets.create(Name, undefined, { arn: ARN, rotationEnabled: false }));
          return answer;
        }
        case "DescribeSecret":
          return { ...answer, body: JSON.stringify(described(told())) };
        case "ListSecrets": {
          const { SecretList: list, ...rest } = told() as { SecretList: Record<string, unknown>[] };
          return { ...answer, body: JSON.stringify({ ...rest, SecretList: list.map(described) }) };
        }
        case "DeleteSecret":
          deleted.add(find(body["SecretId"]));
          return answer;
        case "RestoreSecret":
          deleted.delete(find(body["SecretId"]));
          return answer;
        default:
          return answer;
      }
    },
    close: () => service.close(),
  };
}

/** The SDK makes one up where the caller gives none. */
function tokenOf({ ClientRequestToken: token }: AwsCall["body"]): string {
  return typeof token === "string" ? token : randomUUID();
}

function notFound(): AwsAnswer {
  return awsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
}

function json(body: object): AwsAnswer {
  return { status: 200, body: JSON.stringify(body) };
}
