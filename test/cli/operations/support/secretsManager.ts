import { randomUUID } from "node:crypto";
import type { RotationEvent } from "../../../../model/functions/rotation";
import { startSecretsManager, type SecretsManagerDouble } from "../../../functions/support/secretsManager";
import { runSteps, startRotation } from "../../../functions/support/rotation";
import type { StoredSecret } from "../../../functions/support/secrets";
import type { AwsAnswer, AwsCall, AwsDouble } from "../../../support/moto/awsProxy";
import { awsError } from "../../../support/moto/doubles";

/** What DescribeSecret tells of a secret beside its versions; dates in milliseconds. */
export interface Rotation {
  created?: number;
  changed?: number;
  lastRotated?: number;
  next?: number;
  everyDays?: number;
  /** In place of a rate of that many days. */
  expression?: string;
  windowHours?: number;
  deleted?: number;
  /** `ReplicationStatus`, which the list does not tell. */
  replicas?: readonly object[];
}

/** Calls a step of the secret's rotation function. */
export type RotationFunction = (event: RotationEvent) => Promise<unknown>;

export interface OperationsDouble extends AwsDouble {
  /** Versions and labels, and the API over them. */
  readonly service: SecretsManagerDouble;
  /** Makes a secret with a current version and a rotation that has done nothing yet. */
  create(
    name: string,
    options?: Rotation & Partial<Pick<StoredSecret, "rotationEnabled" | "arn">>,
  ): StoredSecret;
  rotation(secret: StoredSecret): Rotation;
  /** Most rotations that ever were under way at once. */
  readonly mostAtOnce: number;
  /** How each secret's function does its steps; by default each new version gets a random text. */
  functionOf: (secret: StoredSecret) => RotationFunction;
  close(): Promise<void>;
}

const dayMs = 86_400_000;

/**
 * Named test double of rotation and lists in Secrets Manager, where moto is wrong: it moves AWSCURRENT to an empty
 * version and has no dates of rotations. Versions and labels are those of the functions' own tests.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 */
export async function startOperationsDouble(): Promise<OperationsDouble> {
  const service = await startSecretsManager();
  const { secrets } = service;
  const stored = new Map<StoredSecret, Rotation>();
  let underWay = 0;

  const double: OperationsDouble & { mostAtOnce: number } = {
    name: "rotation and lists of Secrets Manager",
    service,
    mostAtOnce: 0,
    functionOf: () => randomFunction(service),
    create(name, { rotationEnabled = true, arn, ...rotation } = {}) {
      const secret = secrets.create(name, "stand-in", { rotationEnabled, ...(arn !== undefined && { arn }) });
      stored.set(secret, { created: Date.now(), changed: Date.now(), everyDays: 30, ...rotation });
      return secret;
    },
    rotation: (secret) => stored.get(secret) ?? {},
    async before({ action, body }: AwsCall): Promise<AwsAnswer | undefined> {
      switch (action) {
        case "DescribeSecret": {
          const answer = await forward(service, action, body);
          if (answer.status !== 200) return answer;
          return json({
            ...(JSON.parse(answer.body) as object),
            ...dates(secrets.find(String(body.SecretId))),
            ...replication(secrets.find(String(body.SecretId))),
          });
        }
        case "ListSecrets":
          return json(list(body));
        case "RotateSecret":
          return rotateSecret(secrets.find(String(body.SecretId)), String(body.ClientRequestToken));
        case "GetSecretValue":
        case "PutSecretValue":
        case "UpdateSecretVersionStage":
        case "ListSecretVersionIds":
          return forward(service, action, body);
        case "TagResource":
          for (const { Key, Value } of body.Tags as { Key: string; Value: string }[]) {
            secrets.find(String(body.SecretId)).tags[Key] = Value;
          }
          return json({});
        case "UntagResource":
          for (const key of body.TagKeys as string[]) delete secrets.find(String(body.SecretId)).tags[key];
          return json({});
        default:
          return undefined;
      }
    },
    close: () => service.close(),
  };

  function dates(secret: StoredSecret) {
    const { created, changed, lastRotated, next, everyDays, expression, windowHours, deleted } =
      stored.get(secret) ?? {};
    const seconds = (time: number | undefined) => (time === undefined ? undefined : time / 1000);
    return {
      CreatedDate: seconds(created),
      LastChangedDate: seconds(changed),
      LastRotatedDate: seconds(lastRotated),
      NextRotationDate: seconds(next),
      DeletedDate: seconds(deleted),
      RotationRules: {
        ScheduleExpression: expression ?? `rate(${everyDays ?? 30} days)`,
        ...(windowHours !== undefined && { Duration: `${windowHours}h` }),
      },
    };
  }

  function replication(secret: StoredSecret) {
    const { replicas } = stored.get(secret) ?? {};
    return replicas === undefined ? {} : { ReplicationStatus: replicas };
  }

  function list({ MaxResults, NextToken, IncludePlannedDeletion }: AwsCall["body"]) {
    const all = [...stored].filter(
      ([, { deleted }]) => deleted === undefined || IncludePlannedDeletion === true,
    );
    const start = Number(NextToken ?? 0);
    const end = start + Number(MaxResults ?? 100);
    return {
      SecretList: all.slice(start, end).map(([secret]) => ({
        ARN: secret.arn,
        Name: secret.name,
        RotationEnabled: secret.rotationEnabled,
        RotationLambdaARN: secret.rotationFunction,
        Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
        SecretVersionsToStages: Object.fromEntries(
          secret.versions.filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]]),
        ),
        ...dates(secret),
      })),
      ...(end < all.length && { NextToken: String(end) }),
    };
  }

  /** Answers at once and rotates behind that, as the service does; an unfinished rotation is attempted again. */
  function rotateSecret(secret: StoredSecret, token: string): AwsAnswer {
    const pending = secrets.holder(secret, "AWSPENDING");
    const isUnfinished = pending !== undefined && !pending.stages.has("AWSCURRENT");
    if (isUnfinished) void perform(secret, startRotation(secrets, secret));
    if (isUnfinished) {
      return awsError(
        "InvalidRequestException",
        "A previous rotation isn't complete. That rotation will be reattempted.",
      );
    }
    secrets.put(secret, token, undefined, ["AWSPENDING"]);
    void perform(secret, token);
    return json({ ARN: secret.arn, Name: secret.name, VersionId: token });
  }

  async function perform(secret: StoredSecret, token: string): Promise<void> {
    underWay += 1;
    double.mostAtOnce = Math.max(double.mostAtOnce, underWay);
    const rotation = stored.get(secret) ?? {};
    try {
      await runSteps(secret, token, double.functionOf(secret));
      rotation.lastRotated = Date.now();
      rotation.next = Date.now() + (rotation.everyDays ?? 30) * dayMs;
    } catch {
      // Secrets Manager would try again later.
    } finally {
      rotation.changed = Date.now();
      underWay -= 1;
    }
  }
  return double;
}

/**
 * As AWS's published functions do: a new version is the current JSON with another password, and whatever is pending
 * becomes current.
 * https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas
 */
export function copyingFunction({ secrets }: SecretsManagerDouble): RotationFunction {
  return ({ Step, SecretId, ClientRequestToken: token }) => {
    const secret = secrets.find(SecretId);
    const pending = secret.versions.find(({ id }) => id === token);
    if (Step === "createSecret" && pending?.value === undefined) {
      const current = JSON.parse(secrets.value(secret, { stage: "AWSCURRENT" }).value) as object;
      secrets.put(secret, token, JSON.stringify({ ...current, password: randomUUID() }), ["AWSPENDING"]);
    }
    if (Step === "finishSecret") {
      secrets.move(secret, "AWSCURRENT", token, secrets.holder(secret, "AWSCURRENT")?.id);
    }
    return Promise.resolve();
  };
}

/** Each step as the simplest function would do it. */
export function randomFunction({ secrets }: SecretsManagerDouble): RotationFunction {
  return ({ Step, SecretId, ClientRequestToken: token }) => {
    const secret = secrets.find(SecretId);
    if (Step === "createSecret") secrets.put(secret, token, randomUUID(), ["AWSPENDING"]);
    if (Step === "finishSecret") {
      secrets.move(secret, "AWSCURRENT", token, secrets.holder(secret, "AWSCURRENT")?.id);
    }
    return Promise.resolve();
  };
}

async function forward(
  { endpoint }: SecretsManagerDouble,
  action: string,
  body: AwsCall["body"],
): Promise<AwsAnswer> {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { "x-amz-target": `secretsmanager.${action}` },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.text() };
}

function json(body: object): AwsAnswer {
  return { status: 200, body: JSON.stringify(body) };
}
