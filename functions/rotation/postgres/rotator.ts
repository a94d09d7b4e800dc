import type { Connection } from "../../../model/values/connectionFields";
import { unsetTag } from "../../../model/values/tags";
import { RotationError } from "../errors";
import { randomValue } from "../random";
import type { Rotator } from "../rotator";
import type { SecretDescription } from "../versions";
import { otherUser, setOtherUsersPassword, testOtherUser } from "./alternatingUsers";
import {
  describeLogin,
  differingFields,
  parseCredentials,
  strayFields,
  withLogin,
  type Credentials,
} from "./credentials";
import { NoConnectionLeft } from "./databaseProblems";
import { isLetIn, isRefused, logsIn, withConnection } from "./login";
import { mayHaveSetAgain, onlyByHand, sessionsOf } from "./sessions";
import { setOwnPassword } from "./singleUser";
import type { Tls } from "./tls";

/**
 * Logins of PostgreSQL 11 and later. A secret that names an administrator (`masterarn`) has alternating users, any
 * other a single user.
 * @param connections by a secret's name, what its values say beside the login
 */
export function postgresRotator(tls: Tls, connections: Readonly<Record<string, Connection>> = {}): Rotator {
  const connectionOf = ({ name }: SecretDescription) =>
    Object.hasOwn(connections, name) ? connections[name] : undefined;
  return {
    create(secret, value) {
      const current = currentLogin(secret, value);
      return withLogin(current, nextUser(current), randomValue(), connectionOf(secret));
    },

    misfit(secret, value, wanted) {
      const current = currentLogin(secret, value);
      const next = parsedOrReason(wanted);
      if (typeof next === "string") return next;
      const differing = differingFields(current, next);
      if (differing.length > 0) return `it differs from the current value in ${differing.join(", ")}`;
      const user = nextUser(current);
      if (next.username !== user) return `it is for the user ${next.username}, not ${user}`;
      const stray = strayFields(next, connectionOf(secret));
      return stray.length === 0
        ? undefined
        : `in ${stray.join(", ")} it does not follow its own login, or what the manifest says now`;
    },

    async set(change) {
      const current = currentLogin(change.secret, change.current);
      const wanted = parseCredentials(change.wanted, "the pending value");
      if (isAlternating(current)) return setOtherUsersPassword(change, current, wanted, tls);
      if ((await isLetIn(wanted, tls)) === true) return;
      await setOwnPassword(change, current, wanted, tls);
    },

    async test(secret, value, current) {
      // Deploying a secret tests its rotation, before anybody could supply the login.
      if (isUnset(secret)) return;
      const login = parseCredentials(value, "the value to test");
      const isOther = isAlternating(login) && current !== undefined && usernameIn(current) !== login.username;
      const isNew = current !== undefined && value !== current;
      const attempt = await (isOther ? testOtherUser(login, tls) : logsIn(login, tls));
      if (!isRefused(attempt)) return;
      throw new RotationError(
        `${isNew ? "the new" : "the current"} value does not log in as ${describeLogin(login)}: ${attempt.refused}`,
        isNew
          ? `it was set, so ${mayHaveSetAgain(usersOf(login))} and rotate again (npx platform rotate); else ${letIn}`
          : letIn,
      );
    },

    async sessions(secret, value, step) {
      const login = currentLogin(secret, value);
      const found = await withConnection(login, tls, (client) => sessionsOf(client, login, step)).catch(
        (error: unknown) => {
          throw error instanceof NoConnectionLeft ? onlyByHand(error, login) : error;
        },
      );
      if (!isRefused(found)) return { user: login.username, ...found };
      throw new RotationError(
        `the current value does not log in as ${describeLogin(login)}: ${found.refused}`,
        "rotate again (npx platform rotate), or supply the password that does (npx platform set)",
      );
    },
  };
}

const letIn =
  "check that the database lets this user in from the rotation network (pg_hba.conf, grants, role options)";

function parsedOrReason(pending: string): Credentials | string {
  try {
    return parseCredentials(pending, "the pending value");
  } catch (error) {
    if (error instanceof RotationError) return error.reason;
    throw error;
  }
}

function usernameIn(value: string): string | undefined {
  const parsed = parsedOrReason(value);
  return typeof parsed === "string" ? undefined : parsed.username;
}

function nextUser(current: Credentials): string {
  return isAlternating(current) ? otherUser(current.username) : current.username;
}

function usersOf(login: Credentials): readonly string[] {
  return isAlternating(login) ? [login.username, otherUser(login.username)] : [login.username];
}

function isAlternating({ masterarn }: Credentials): boolean {
  return masterarn !== undefined;
}

function currentLogin(secret: SecretDescription, value: string | undefined): Credentials {
  if (value === undefined || isUnset(secret)) {
    throw new RotationError(
      "the login of this database has not been supplied yet",
      `supply it (npx platform set ${secret.name})`,
    );
  }
  return parseCredentials(value, "the current value");
}

function isUnset({ tags }: SecretDescription): boolean {
  return tags[unsetTag] !== undefined;
}
