import type { Change } from "../rotator";
import { parseCredentials, type Credentials } from "./credentials";

/** Logins of earlier versions; those of another form are passed over. */
export async function* readEarlier(change: Change): AsyncGenerator<Credentials> {
  for await (const value of change.earlier()) {
    try {
      yield parseCredentials(value, "an earlier value");
    } catch {
      continue;
    }
  }
}
