import { describe } from "../../yaml/describe";
import { entriesOf, problemAt } from "../reading/manifest";
import { databaseMethod } from "../normalise/methods";
import type { DatabaseEngine } from "../types";
import { eachManifest } from "./rule";
import { spelledOut } from "./spelledOut";
import type { ProblemWords } from "../../yaml/problem";

/** The name of the database is one that the engine's login goes by. */
export const databaseNames = eachManifest((manifest) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, { rotation, database }]) => {
    const method = databaseMethod(rotation?.method);
    if (method === undefined) return [];
    return spelledOut<string>(["secrets", name, "database", "name"], database?.name).flatMap(
      ({ value, path }) => {
        const problem = problemOf(value, method.engine);
        return problem === undefined ? [] : [problemAt(manifest, path, problem)];
      },
    );
  }),
);

/**
 * AWS's function for DocumentDB authenticates against the database it is given, and all users are kept in `admin`
 * (https://docs.aws.amazon.com/documentdb/latest/developerguide/role_based_access_control.html). The one for Oracle puts
 * the name into a connect descriptor, where brackets and equals signs mean something.
 */
function problemOf(name: string, engine: DatabaseEngine): ProblemWords | undefined {
  if (engine === "documentdb" && name !== "admin") {
    return {
      found: `found ${describe(name)}`,
      allowed: "DocumentDB keeps its users in the database `admin`, and the rotation logs in there",
      remedy: "write `name: admin`; the application opens its own database once it is logged in",
    };
  }
  if (engine === "oracle" && !/^[A-Za-z0-9_$#.-]+$/.test(name)) {
    return {
      found: "found a character that an Oracle connect descriptor takes for its own",
      allowed: "a SID or service name is letters, digits, `_`, `$`, `#`, `.` and `-`",
      remedy: "give the name as the listener knows it",
    };
  }
  return undefined;
}
