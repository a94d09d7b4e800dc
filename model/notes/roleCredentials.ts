import { credentialVariables } from "../aws/reservedVariables";
import type { Plan } from "../plan/types";
import type { Note } from "./note";

/**
 * Variables that SDKs look at before the role of a process, filled from an item: right for a store that speaks AWS's
 * protocol and is another's, and wrong for AWS. In plain text they are refused.
 */
export function roleCredentials({ consumers }: Plan): readonly Note[] {
  return consumers.flatMap(({ settings, injections }) =>
    injections.flatMap(({ variable }) =>
      credentialVariables.includes(variable)
        ? [{ ...settings.at, note: `\`${variable}\` takes the place of the role in every call to AWS` }]
        : [],
    ),
  );
}
