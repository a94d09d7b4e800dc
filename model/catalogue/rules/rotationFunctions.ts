import { isPlatformFunction } from "../../plan/names";
import { entriesOf, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";
import { spelledOut } from "./spelledOut";

/**
 * A `function` rotation is by a function of the team's own: the platform's change every secret that names them as its
 * rotation function (`rotatorPolicy`), in forms that they know.
 */
export const rotationFunctions = eachManifest((manifest) =>
  entriesOf(manifest.draft.secrets).flatMap(([secret, { rotation }]) => {
    if (rotation?.method !== "function") return [];
    return spelledOut<string>(["secrets", secret, "rotation", "arn"], rotation.arn).flatMap(
      ({ value, path }) => {
        const name = value.slice(value.lastIndexOf(":") + 1);
        if (!isPlatformFunction(name)) return [];
        return [
          problemAt(manifest, path, {
            found: `\`${name}\` is a name of the platform's own functions`,
            allowed: "a `function` rotation is by a function of the team's own",
            remedy: "name that; the platform's functions rotate by `generated` and by the database methods",
          }),
        ];
      },
    );
  }),
);
