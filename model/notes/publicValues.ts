import type { Plan } from "../plan/types";
import type { Note } from "./note";

/** Characters of a reason that a note shows. */
const shown = 120;

/** Values that look random and are said to be public: a reviewer has to believe the reason. */
export function publicValues({ parameters }: Plan): readonly Note[] {
  return parameters.flatMap(({ item, public: said, keysOf }) => {
    // Of public keys the platform itself knows it.
    if (said === undefined || keysOf !== undefined) return [];
    const { reason, at } = said;
    const cut = reason.length > shown ? `${reason.slice(0, shown)}…` : reason;
    return [{ ...at, note: `${item} is said to be public: ${cut}` }];
  });
}
