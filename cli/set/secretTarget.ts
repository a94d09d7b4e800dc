import { randomUUID } from "node:crypto";
import { PutSecretValueCommand, UntagResourceCommand } from "@aws-sdk/client-secrets-manager";
import type { Plan, SecretPlan } from "../../model/plan/types";
import { passwordProblems } from "../../model/values/databasePassword";
import { databaseSecretValue } from "../../model/values/databaseSecret";
import { unsetTag } from "../../model/values/tags";
import type { Holder } from "../operations/holder";
import { itemPath } from "../operations/item";
import { OperationError } from "../operations/operationError";
import { blockingVersion, describeSecret, type ObservedSecret, presentSecret } from "../operations/secret";
import type { Session } from "../operations/session";
import type { Target, Written } from "./target";
import { type FieldUse, largestSecretBytes, type ValueForm } from "./value";

/** @throws OperationError for a secret that is not there to take a value */
export async function secretTarget(
  session: Session,
  plan: Plan,
  secret: SecretPlan,
  holder: Holder,
): Promise<Target> {
  const observed = await presentSecret(session, secret, holder.stack);
  return {
    form: await formOf(session, plan, secret),
    consequences: [
      `Becomes the current version of the secret ${itemPath(secret)}; the one before stays as AWSPREVIOUS.`,
      ...(secret.rotation.rotator?.hosted === "platform" && secret.rotation.rotator.rotates === "generated"
        ? ["The platform makes this value by itself: the next rotation replaces what you give."]
        : []),
    ],
    write: (stored, parts) => write(session, secret, observed, stored, parts),
  };
}

async function formOf(session: Session, plan: Plan, secret: SecretPlan): Promise<ValueForm> {
  const { shape, rotation } = secret;
  const common = { fields: [], largestBytes: largestSecretBytes, stored: (given: string) => given };
  switch (shape.form) {
    case "string":
      return { ...common, form: "text", asked: `value of ${itemPath(secret)}` };
    case "fields":
      return {
        ...common,
        form: "fields",
        asked: `value of ${itemPath(secret)}, a JSON object with ${shape.fields.join(", ")}`,
        fields: shape.fields.map((name) => fieldUse(plan, secret, name)),
      };
    case "database": {
      const { engine, database } = shape;
      const masterArn = rotation.admin === undefined ? undefined : await adminArn(session, rotation.admin);
      return {
        ...common,
        form: "password",
        asked: `password of ${database.username} at ${database.host}, for ${itemPath(secret)}`,
        unusable: (password) => passwordProblems(engine, password),
        stored: (password) => JSON.stringify(databaseSecretValue(shape, password, masterArn)),
      };
    }
  }
}

/** The rotation function reads the administrator's login by this ARN, whose end AWS made up. */
async function adminArn(session: Session, name: string): Promise<string> {
  const admin = await describeSecret(session, name);
  if (admin !== undefined && admin.deletedAt === undefined) return admin.arn;
  throw new OperationError(
    `the administrator's secret ${name}, which belongs into this value, is not in account ${session.account}; ` +
      "deploy it first: pulumi up --stack security",
  );
}

function fieldUse({ consumers }: Plan, secret: SecretPlan, name: string): FieldUse {
  const injectedBy = consumers.flatMap(({ name: consumer, injections }) =>
    injections
      .filter(({ item, field }) => item === secret && field === name)
      .map(({ variable }) => `${consumer} as ${variable}`),
  );
  return { name, injectedBy };
}

/** The tag goes after the value: a crash in between leaves it, and setting once more takes it off. */
async function write(
  session: Session,
  secret: SecretPlan,
  observed: ObservedSecret,
  stored: string,
  parts: readonly string[],
): Promise<Written> {
  const { secrets } = session;
  const target = secret.name;
  const token = randomUUID();
  await session.call(
    { action: "secretsmanager:PutSecretValue", target, justMade: ["target", "key"], hide: parts },
    () =>
      secrets.send(
        new PutSecretValueCommand({
          SecretId: observed.arn,
          ClientRequestToken: token,
          SecretString: stored,
        }),
      ),
  );
  if (observed.isUnset) {
    await session.call({ action: "secretsmanager:UntagResource", target, justMade: ["target"] }, () =>
      secrets.send(new UntagResourceCommand({ SecretId: observed.arn, TagKeys: [unsetTag] })),
    );
  }
  return { version: token, wasUnset: observed.isUnset, notes: notes(secret, observed) };
}

function notes(secret: SecretPlan, observed: ObservedSecret): string[] {
  const pending = blockingVersion(observed);
  const path = itemPath(secret);
  if (pending !== undefined) {
    return [
      `a rotation is unfinished (version ${pending}): platform rotate ${path} goes on with it, platform unstick ${path} gives it up`,
    ];
  }
  return secret.shape.form === "database"
    ? [`platform rotate ${path} replaces it by a password that nobody has seen`]
    : [];
}
