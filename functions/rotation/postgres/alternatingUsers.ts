import { RotationError } from "../errors";
import type { Change } from "../rotator";
import { parseSecretArn } from "../secretArn";
import { describeLogin, isSameServer, parseCredentials, type Credentials } from "./credentials";
import { isRefused } from "./login";
import { changePassword } from "./roles";
import { handOver } from "./sameUser/handOver";
import { isSameUser, lookBefore, proveSameUser } from "./sameUser/look";
import type { UserPair } from "./sameUser/observed";
import { mayHaveSetAgain } from "./sessions";
import type { Tls } from "./tls";

const cloneSuffix = "_clone";

/** PostgreSQL cuts names at 63 bytes. https://www.postgresql.org/docs/current/limits.html */
const nameLimit = 63;

/** The user the manifest names; its clone is a member of it and has all its grants through that. */
export function originalUser(username: string): string {
  return username.endsWith(cloneSuffix) ? username.slice(0, -cloneSuffix.length) : username;
}

/**
 * `orders` and `orders_clone` take turns, as with AWS's functions.
 * @throws RotationError when the clone's name would be too long
 */
export function otherUser(username: string): string {
  const original = originalUser(username);
  if (original !== username) return original;
  const clone = `${username}${cloneSuffix}`;
  if (Buffer.byteLength(clone) <= nameLimit) return clone;
  throw new RotationError(
    `the user name ${username} leaves no room for ${cloneSuffix}: PostgreSQL takes ${nameLimit} bytes`,
    "name a shorter user in the manifest",
  );
}

function pairOf(username: string): UserPair {
  const original = originalUser(username);
  return { original, clone: otherUser(original) };
}

/**
 * The administrator sets the password of the user that is not in use, so that the current value logs in all the time.
 * That value has to log in beforehand: whoever may write the secret could otherwise have any user's password changed.
 */
export async function setOtherUsersPassword(
  change: Change,
  current: Credentials,
  wanted: Credentials,
  tls: Tls,
): Promise<void> {
  const pair = pairOf(wanted.username);
  if (await isSameUser(wanted, pair, tls)) return;
  const observed = await lookBefore(current, pair, wanted.username, tls);
  if (isRefused(observed)) {
    throw new RotationError(
      `the current value does not log in as ${describeLogin(current)}: ${observed.refused}`,
      "supply the password that does (npx platform set), then rotate again; where it does not last, " +
        mayHaveSetAgain([pair.original, pair.clone]),
    );
  }
  const admin = await administrator(change, current);
  const note = (message: string) => change.note(message);
  if (observed !== undefined) await handOver(observed, pair, { login: admin, tls, note });
  // In the administrator's own database, since roles are the whole server's: what the service's database holds or
  // has set was put there by others.
  const result = await changePassword({
    login: admin,
    tls,
    wanted,
    pair,
    stillWanted: () => change.stillWanted(),
    note,
  });
  if (isRefused(result)) {
    throw new RotationError(
      `the administrator's secret does not log in as ${describeLogin(admin)}: ${result.refused}`,
      `if that secret is being rotated itself, the next attempt will do; else ${newPasswordOf(current)}`,
    );
  }
}

/** Why the user that is to be taken into use is refused, if it is; see `proveSameUser`. */
export async function testOtherUser(login: Credentials, tls: Tls) {
  return proveSameUser(login, pairOf(login.username), tls);
}

/** Only a service can give a name with a `!`. */
function newPasswordOf({ masterarn = "" }: Credentials): string {
  return parseSecretArn(masterarn)?.name.includes("!") === true
    ? "have the database service rotate it (aws secretsmanager rotate-secret)"
    : "supply its password (npx platform set)";
}

/** The administrator's login, for the same server. */
async function administrator(change: Change, current: Credentials): Promise<Credentials> {
  const { masterarn = "" } = current;
  const name = parseSecretArn(masterarn)?.name ?? masterarn;
  const value = await change.readAdministrator(masterarn);
  if (value === undefined) {
    throw new RotationError(
      `the administrator's secret ${name} has no current value`,
      `supply it (npx platform set ${name})`,
    );
  }
  const admin = parseCredentials(value, `the administrator's secret ${name}`);
  if (isSameServer(admin, current)) return admin;
  throw new RotationError(
    `the administrator's secret ${name} is for ${admin.host}:${admin.port}, not for ${current.host}:${current.port}`,
    "let both name the same host and port in the manifest, and supply both again",
  );
}
