import { RotationError } from "../errors";
import type { Change } from "../rotator";
import { describeLogin, isSameServer, type Credentials } from "./credentials";
import { readEarlier } from "./earlier";
import { isLetIn, isRefused } from "./login";
import { changePassword } from "./roles";
import { mayHaveSetAgain } from "./sessions";
import type { Tls } from "./tls";

/**
 * The user changes its own password, so that no administrator is needed. Between this and the end of the rotation the
 * current value does not log in: clients that connect in those seconds have to try again.
 */
export async function setOwnPassword(
  change: Change,
  current: Credentials,
  wanted: Credentials,
  tls: Tls,
): Promise<void> {
  const refusals: string[] = [];
  for await (const login of logins(change, current)) {
    const result = await changePassword({
      login,
      tls,
      wanted,
      stillWanted: () => change.stillWanted(),
      note: (message) => change.note(message),
    });
    if (!isRefused(result)) return;
    refusals.push(result.refused);
  }
  // Another invocation of this step may have set it in the meantime.
  if ((await isLetIn(wanted, tls)) === true) return;
  throw new RotationError(
    `none of ${refusals.length} known passwords logs in as ${describeLogin(current)}: ${refusals[0] ?? ""}`,
    "give the user a password in the database by hand and supply that one (npx platform set), then rotate again; where it " +
      `does not last, ${mayHaveSetAgain([current.username])}`,
  );
}

async function* logins(change: Change, current: Credentials): AsyncGenerator<Credentials> {
  yield current;
  const tried = new Set([current.password]);
  for await (const earlier of readEarlier(change)) {
    const isOther = !tried.has(earlier.password);
    tried.add(earlier.password);
    if (isOther && earlier.username === current.username && isSameServer(earlier, current)) yield earlier;
  }
}
