import { isManagedAdmin } from "../../model/plan/managedAdmin";
import type { SecretPlan } from "../../model/plan/types";
import { alternateUser, firstUser } from "../../model/values/databaseUsers";
import { namesOfConnection } from "../../model/values/connectionFields";
import { type DatabaseForm, type FormChange, isNoted, lacksAsked } from "../../model/values/databaseForm";
import { manifestKeys, strategyChange } from "../../model/values/formKeys";
import { itemPath } from "../operations/item";
import type { ObservedSecret } from "../../aws/secret";
import type { DatabaseShape } from "../../model/values/plannedForm";
import { changesWaiting } from "../operations/wantedForm";
import type { Finding } from "./itemStatus";

/**
 * A stored value that does not follow the manifest: rotations copy it on as it is, so only a value from outside fixes it.
 * What comes before and after differs with what has changed; docs/operations.md has the whole way of each.
 */
export function waitingForm(
  secret: SecretPlan,
  observed: ObservedSecret,
  adminArn: string | undefined,
): Finding | undefined {
  const { shape } = secret;
  const changes = changesWaiting(secret, observed, adminArn) ?? [];
  if (shape.form !== "database" || observed.form === undefined) return undefined;
  if (changes.length === 0) return waitingFields(secret, shape, observed.form, observed.lastRotated);
  const keys = manifestKeys(changes);
  const strategy = strategyChange(changes);
  const what = keys.map((key) => (key === "rotation.method" && strategy ? `${key} (${strategy})` : key));
  return {
    kind: "waiting",
    matter: `its value is not what the manifest says now in ${list(what)}, and rotations copy it on as it is`,
    remedy: remedy(secret, shape, changes, observed.form),
  };
}

/** A rotation makes connection fields anew, so that nothing has to be supplied. */
function waitingFields(
  secret: SecretPlan,
  { connection }: DatabaseShape,
  form: DatabaseForm,
  lastRotated: Date | undefined,
): Finding | undefined {
  const names = connection === undefined ? [] : namesOfConnection(connection);
  if (names.length === 0 || !lacksAsked(form, lastRotated)) return undefined;
  return {
    kind: "waiting",
    matter: `its value was written before the manifest asked for ${list(names)} as it does now, and lacks that or has it as it was`,
    remedy: `npx platform rotate ${itemPath(secret)}, before anything reads it`,
  };
}

/** What cannot be told of a value that was written before anybody noted what it is for. */
export function formNotes({ shape }: SecretPlan, { form, isUnset }: ObservedSecret): readonly string[] {
  return shape.form === "database" && form === undefined && !isUnset
    ? [
        "what its value is for was never noted, so a changed `database` would not show; npx platform set notes it",
      ]
    : [];
}

/** `once ...: platform set ... with ...; then ...` */
function remedy(
  secret: SecretPlan,
  { engine, database }: DatabaseShape,
  changes: readonly FormChange[],
  stored: DatabaseForm,
): string {
  const path = itemPath(secret);
  const { host, port, name, username } = database;
  const has = (field: string) => changes.some((change) => change.field === field);
  const strategy = strategyChange(changes);
  const { admin } = secret.rotation;
  const isAlternating = admin !== undefined;
  const clone = alternateUser(engine, username);
  const before = [
    ...(has("host") || has("port") ? [`the database answers at ${host}:${port}`] : []),
    ...(has("dbname") ? [`the database is called ${name}`] : []),
    ...(has("username") ? [`the user ${username} may log in`] : []),
    // A database service gives its secret the first value itself.
    ...(has("masterarn") && strategy === undefined && admin !== undefined && !isManagedAdmin(admin)
      ? [`${admin} has its value`]
      : []),
  ];
  const isSame = isAlternating || (strategy === "to a single user" && !has("username"));
  const whose = isSame ? ` itself, not ${clone}` : "";
  const wereTwo = strategy === undefined ? isAlternating : strategy === "to a single user";
  const first = firstUser(engine, username);
  const usersBefore = () => {
    if (!has("username"))
      return strategy === "to a single user" ? [`drop ${clone} once nothing uses it`] : [];
    // The second of two users works as the first, and has all its rights from there.
    if (first !== undefined && isNoted(stored, "username", first))
      return [`keep ${first}, from which ${username} has its rights`];
    // It becomes the second of the two.
    if (isAlternating && isNoted(stored, "username", clone)) return [];
    return [
      `drop the ${wereTwo ? "two users" : "user"} before it once nothing uses ${wereTwo ? "them" : "it"}`,
    ];
  };
  const after = [`npx platform rotate ${path}`, ...usersBefore()];
  const once = before.length > 0 ? `once ${list(before)}: ` : "";
  return `${once}npx platform set ${path} with a password that logs in as ${username}${whose}; then ${list(after)}`;
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
