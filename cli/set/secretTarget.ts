import { externalPartner } from "../../model/aws/externalSecrets";
import { secretBytes } from "../../model/aws/quotas";
import { isManagedAdmin } from "../../model/plan/managedAdmin";
import type { Plan, SecretPlan } from "../../model/plan/types";
import { alternateUser } from "../../model/values/databaseUsers";
import { addressFieldNames } from "../../model/values/connectionFields";
import { formChanges } from "../../model/values/databaseForm";
import { passwordProblems } from "../../model/values/databasePassword";
import { manifestKeys } from "../../model/values/formKeys";
import type { Holder } from "../operations/holder";
import { itemPath } from "../operations/item";
import { OperationError } from "../operations/operationError";
import { blockingVersion, describeSecret, type ObservedSecret } from "../../aws/secret";
import { presentSecret } from "../operations/secret";
import type { Session } from "../operations/session";
import { composedValue, type DatabaseShape, formOfLogin } from "../../model/values/plannedForm";
import { refuseForeignKey } from "./foreignKey";
import type { Target, Written } from "./target";
import { type FieldUse, type ValueForm } from "./value";
import { writeSecret } from "./writeSecret";

/** @throws OperationError for a secret that is not there to take a value */
export async function secretTarget(
  session: Session,
  plan: Plan,
  secret: SecretPlan,
  holder: Holder,
): Promise<Target> {
  if (secret.shape.form === "key-pair") throw keyPairMadeHere(secret);
  const announced = await presentSecret(session, secret, holder.stack);
  await refuseForeignKey(session, secret, announced, holder.stack);
  const { shape, rotation } = secret;
  const masterArn =
    rotation.admin === undefined ? undefined : await adminArn(session, rotation.admin, holder);
  const compose = shape.form === "database" ? composedValue(shape, masterArn) : undefined;
  const form = shape.form === "database" ? formOfLogin(shape, masterArn) : undefined;
  return {
    form: formOf(plan, secret, compose),
    beforehand: beforehand(secret, announced),
    consequences: consequences(secret, announced),
    async write(stored, parts) {
      const hidden = compose === undefined ? parts : [...parts, ...addressesIn(stored)];
      const written = await writeSecret(session, secret, { stored, parts: hidden, form, announced });
      const changes = form && announced.form ? formChanges(announced.form, form) : [];
      return { ...written, notes: notes(secret, written, manifestKeys(changes)) };
    },
  };
}

/** One from outside would sign before any verifier has its public key. */
function keyPairMadeHere(secret: SecretPlan): OperationError {
  const path = itemPath(secret);
  return new OperationError(
    `${path} is a key pair, which the platform makes, and publishes the public key of, by itself; ` +
      `for a new one: npx platform rotate ${path}`,
  );
}

type Composer = ReturnType<typeof composedValue>;

/** What holds the password in another spelling than the one that was given. */
function addressesIn(stored: string): readonly string[] {
  const value = JSON.parse(stored) as Readonly<Record<string, unknown>>;
  return addressFieldNames.map((name) => value[name]).filter((text) => typeof text === "string");
}

function formOf(plan: Plan, secret: SecretPlan, compose: Composer | undefined): ValueForm {
  const { shape } = secret;
  if (shape.form === "key-pair") throw keyPairMadeHere(secret);
  const common = { fields: [], largestBytes: secretBytes, stored: (given: string) => given };
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
    case "external":
      return {
        ...common,
        form: "fields",
        asked: `value of ${itemPath(secret)}, a JSON object with ${shape.fields.join(", ")}`,
        fields: Object.entries(externalPartner(shape.type).fields).map(([name, { optional, form }]) => ({
          ...fieldUse(plan, secret, name),
          ...(optional && { optional }),
          ...(form && { text: form }),
        })),
      };
    case "database":
      return {
        ...common,
        form: "password",
        asked: askedPassword(secret, shape),
        unusable: (password) => passwordProblems(shape.engine, password),
        stored: (password) => JSON.stringify(compose?.(password)),
      };
  }
}

/** Says whose password: of two users that take turns it is the manifest's own, whichever is current. */
function askedPassword(secret: SecretPlan, { engine, database: { username, host } }: DatabaseShape): string {
  const asked = `password of ${username} at ${host}, for ${itemPath(secret)}`;
  return secret.rotation.admin === undefined
    ? asked
    : `${asked} (of ${username} itself, not of ${alternateUser(engine, username)})`;
}

/**
 * The rotation function reads the administrator's login by this ARN, whose end AWS made up. One that a database service manages
 * lies in another account, and its manifest gives the ARN.
 */
async function adminArn(session: Session, name: string, { stack }: Holder): Promise<string> {
  if (isManagedAdmin(name)) return name;
  const admin = await describeSecret(session, name);
  if (admin !== undefined && admin.deletedAt === undefined) return admin.arn;
  throw new OperationError(
    `the administrator's secret ${name}, which belongs into this value, is not in account ${session.account}; ` +
      `deploy it first: pulumi up --refresh --stack ${stack} --policy-pack policies`,
  );
}

function fieldUse({ consumers }: Plan, secret: SecretPlan, name: string): FieldUse {
  const injectedBy = consumers.flatMap(({ name: consumer, injections }) =>
    injections
      .filter(({ item, field }) => item === secret && field === name)
      .map(({ variable, file }) => `${consumer} as ${file ?? variable}`),
  );
  return { name, injectedBy };
}

/** A login that works is easily broken by a password that only the platform knows of. */
function beforehand(secret: SecretPlan, { isUnset }: ObservedSecret): readonly string[] {
  const { shape } = secret;
  if (shape.form === "external" && !isUnset) {
    const { partner } = externalPartner(shape.type);
    return [
      `${itemPath(secret)} has a value already, and ${partner} keeps what it has: this only tells the platform which credential it gave out. ` +
        `For a new one that both know: npx platform rotate ${itemPath(secret)}.`,
    ];
  }
  if (shape.form !== "database" || isUnset) return [];
  const { username, host } = shape.database;
  const path = itemPath(secret);
  return [
    `${path} has a value already, and the database keeps its old password: this only tells the platform which one it has.`,
    `Where ${username} at ${host} has another than the one you give, its clients can no longer log in. ` +
      `For a new password that both know: npx platform rotate ${path}.`,
  ];
}

function consequences(secret: SecretPlan, observed: ObservedSecret): readonly string[] {
  const { rotation, shape } = secret;
  const pending = blockingVersion(observed);
  const isGenerated = rotation.rotator?.hosted === "platform" && rotation.rotator.rotates === "generated";
  return [
    `Becomes the current version of the secret ${itemPath(secret)}; the one before stays as AWSPREVIOUS.`,
    ...(isGenerated
      ? ["The platform makes this value by itself: the next rotation replaces what you give."]
      : []),
    ...(pending === undefined
      ? []
      : [
          `Version ${pending} of an unfinished rotation is given up: it is older, and would take this value's place.`,
          ...(shape.form === "external"
            ? [
                "If the value you give should be refused, that version may hold the credential that works. AWS keeps it for a " +
                  "day at least, and break-glass reads it by its id.",
              ]
            : []),
          ...(shape.form === "database" && rotation.admin === undefined
            ? [
                "If the password you give should not log in, that version may hold the one that does. AWS keeps it for a " +
                  "day at least, and break-glass reads it by its id.",
              ]
            : []),
        ]),
  ];
}

function notes(
  secret: SecretPlan,
  { gaveUp }: { readonly gaveUp?: string },
  changedKeys: readonly string[],
): Written["notes"] {
  return [
    ...(gaveUp === undefined
      ? []
      : [`version ${gaveUp} of an unfinished rotation was given up: it is older than this value`]),
    ...(changedKeys.length > 0 ? [`it is for what the manifest says now: ${changedKeys.join(", ")}`] : []),
    ...(secret.shape.form === "external"
      ? [`npx platform rotate ${itemPath(secret)} replaces it at the partner by one that nobody has seen`]
      : []),
    ...(secret.shape.form === "database"
      ? [`npx platform rotate ${itemPath(secret)} replaces it by a password that nobody has seen`]
      : []),
  ];
}
