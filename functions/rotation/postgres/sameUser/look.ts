import type { Client } from "pg";
import { RotationError } from "../../errors";
import { isRefused, withConnection, type Refused } from "../login";
import { NoConnectionLeft } from "../databaseProblems";
import type { Credentials } from "../credentials";
import { asStartingUser } from "../session";
import type { Tls } from "../tls";
import { inTransaction } from "../transaction";
import type { Difference } from "./difference";
import { observe } from "./observe";
import { observeInDatabase } from "./observeInDatabase";
import type { Observed, UserPair } from "./observed";
import { planFor, wereMadeEqual, type Situation } from "./plan";
import { refusal } from "./refusal";
import { startingRole } from "./startingRole";

/** Whether the login works, and there is nothing left to be made equal. */
export async function isSameUser(login: Credentials, pair: UserPair, tls: Tls): Promise<boolean> {
  try {
    const result = await withConnection(login, tls, (client) =>
      inTransaction(client, async () => {
        const observed = await observe(client, pair);
        return observed.owns.length === 0 && left(observed, pair, login.username).length === 0;
      }),
    );
    return result === true;
  } catch (error) {
    if (error instanceof NoConnectionLeft) return false;
    throw error;
  }
}

/**
 * What the user in use says of both, in the service's database. Undefined where it has no connection left: its
 * password is right, since that is checked first.
 * @throws RotationError when something keeps the two from being one user
 */
export async function lookBefore(
  current: Credentials,
  pair: UserPair,
  wanted: string,
  tls: Tls,
): Promise<Observed | undefined | Refused> {
  try {
    return await withConnection(current, tls, (client) =>
      inTransaction(client, async () => {
        const observed = await observe(client, pair);
        const inDatabase = await observeInDatabase(client, pair);
        const situation: Situation = { wanted, isAdministrator: false, inDatabase };
        const refusals = planFor(observed, pair, situation)?.refusals ?? [];
        if (refusals.length > 0) throw refusal(pair, refusals);
        return observed;
      }),
    );
  } catch (error) {
    if (error instanceof NoConnectionLeft) return undefined;
    throw error;
  }
}

/**
 * Logs in as the service will, and compares.
 * @throws RotationError when the session is not what one of the other user would be
 */
export async function proveSameUser(
  login: Credentials,
  pair: UserPair,
  tls: Tls,
): Promise<undefined | Refused> {
  const result = await withConnection(
    login,
    tls,
    (client) => inTransaction(client, () => compare(client, login, pair), "COMMIT", asStartingUser),
    asStartingUser,
  );
  return isRefused(result) ? result : undefined;
}

async function compare(client: Client, { username, dbname }: Credentials, pair: UserPair): Promise<void> {
  const observed = await observe(client, pair);
  const differences = left(observed, pair, username, wereMadeEqual(observed, pair));
  if (differences.length > 0) throw refusal(pair, differences);
  const expected = startingRole(observed, pair, false).in(dbname);
  if (observed.currentUser === expected) return;
  throw new RotationError(
    `a session of ${username} begins as ${observed.currentUser}, not as ${expected}`,
    "look for what keeps it from that, such as a proxy, and rotate again (npx platform rotate)",
  );
}

function left(observed: Observed, pair: UserPair, wanted: string, areSettingsEqual = false): Difference[] {
  const plan = planFor(observed, pair, { wanted, isAdministrator: false, wereMadeEqual: areSettingsEqual });
  return [...(plan?.differences ?? []), ...(plan?.refusals ?? [])];
}
