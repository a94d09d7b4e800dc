import type { Plan } from "../plan/types";
import type { Note } from "./note";

/** Before the first service joins, the stacks hold what every account has: keys, trail, alarms, people's roles. */
export function noService({ secrets, managedSecrets, parameters, consumers }: Plan): readonly Note[] {
  if ([secrets, managedSecrets, parameters, consumers].some(({ length }) => length > 0)) return [];
  const note = "there is no manifest yet: this is the base alone; npx platform new SERVICE writes the first";
  return [{ file: "services", line: 1, column: 1, note }];
}
