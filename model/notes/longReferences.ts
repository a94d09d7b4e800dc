import { parameterBytes } from "../aws/quotas";
import type { Plan } from "../plan/types";
import type { Note } from "./note";

/** Consumers of so many values that no parameter says where they are. */
export function longReferences({ consumers }: Plan): readonly Note[] {
  return consumers.flatMap(({ consumer, settings, references }) =>
    references === undefined
      ? [
          {
            ...settings.at,
            note: `where ${consumer} finds its values takes over ${parameterBytes.Advanced} bytes, so no parameter says it`,
          },
        ]
      : [],
  );
}
