import { describe } from "../../yaml/describe";
import type { Problem, ProblemWords } from "../../yaml/problem";
import { plainDatabaseName } from "../../values/connectionFields";
import { databaseMethod, type DatabaseMethodParts } from "../normalise/methods";
import { entriesOf, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";
import { spelledOut } from "./spelledOut";

/** A connection address is kept by whoever can make it anew at each rotation, and means the same to every driver. */
export const databaseUrls = eachManifest((manifest) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, { rotation, database }]): readonly Problem[] => {
    const method = databaseMethod(rotation?.method);
    const url = database?.url;
    if (method === undefined || url === undefined || url === false) return [];
    const path = ["secrets", name, "database"];
    const isKept = method.engine === "postgres" && rotation?.hosted === "platform";
    return [
      ...(isKept ? [] : [problemAt(manifest, [...path, "url"], staleProblem(method))]),
      ...(url === "dsn" ? [] : spelledOut<string>([...path, "name"], database?.name)).flatMap(
        ({ value, path: place }) =>
          plainDatabaseName.test(value) ? [] : [problemAt(manifest, place, nameProblem(value))],
      ),
    ];
  }),
);

/** https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas (`create_secret` of each engine's function) */
function staleProblem({ engine }: DatabaseMethodParts): ProblemWords {
  const found = `found \`url\` on a login of ${engine} that AWS's function rotates`;
  const allowed =
    "that function changes username and password and copies every other field, so an address would be wrong from the " +
    "first rotation on";
  return engine === "postgres"
    ? { found, allowed, remedy: "add `hosted: platform` to its `rotation`, or remove `url`" }
    : {
        found,
        allowed,
        remedy:
          "remove it: this platform's own function rotates PostgreSQL alone; compose the address in the program, from the " +
          "fields that it reads",
      };
}

/** In an address node-postgres leaves some encoded characters as they are, and so does SQLAlchemy before 2.1. */
function nameProblem(name: string): ProblemWords {
  return {
    found: `found ${describe(name)}`,
    allowed:
      "drivers do not read the same name out of an address unless it is made of letters, digits, `_`, `-`, `.` and `~`",
    remedy: "rename the database, or ask for `url: dsn`, which takes any name; or remove `url`",
  };
}
