import type { Problem, ProblemWords } from "../../yaml/problem";
import { entriesOf, plainAt, problemAt } from "../reading/manifest";
import { databaseMethod } from "../normalise/methods";
import { eachManifest } from "./rule";

/** Who rotates a database login, and with whose help. */
export const databaseRotation = eachManifest((manifest) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, secret]) => {
    const database = databaseMethod(secret.rotation?.method);
    if (database === undefined) return [];
    const report = (key: string, problem: ProblemWords, part: "key" | "value" = "value"): Problem =>
      problemAt(manifest, ["secrets", name, "rotation", key], problem, part);
    const problems: Problem[] = [];
    if (secret.rotation?.hosted === "platform" && database.engine !== "postgres") {
      problems.push(
        report("hosted", {
          found: `found \`platform\` for ${database.engine}`,
          allowed: "this platform's own function rotates PostgreSQL logins",
          remedy: "remove `hosted`: AWS publishes a function for this engine",
        }),
      );
    }
    const hasAdmin = plainAt(manifest, ["secrets", name, "rotation", "admin"]) !== undefined;
    if (database.strategy === "single-user" && hasAdmin) {
      problems.push(
        report(
          "admin",
          {
            found: "found `admin` with a single-user method",
            allowed: "a single user changes its own password",
            remedy: "remove it, or use the `-alternating-users` method",
          },
          "key",
        ),
      );
    }
    if (database.strategy === "alternating-users" && !hasAdmin) {
      problems.push(
        report(
          "admin",
          {
            found: "`admin` is missing",
            allowed: "with alternating users an administrator's login changes the passwords",
            remedy: `add a secret with the method \`${database.engine}-single-user\` and name it as \`admin\``,
          },
          "key",
        ),
      );
    }
    return problems;
  }),
);

/** A function that rotates a database login must reach the database. */
export const rotationNetworks = eachManifest((manifest, { environments }) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, secret]) => {
    const method = secret.rotation?.method;
    if (method === undefined || databaseMethod(method) === undefined) return [];
    const unreached = (manifest.draft.environments ?? []).filter(
      (environment) =>
        environment !== undefined && environments.get(environment)?.hasRotationNetwork === false,
    );
    return unreached.map((environment) =>
      problemAt(manifest, ["secrets", name, "rotation", "method"], {
        found: `found a database rotation, and no \`rotationNetwork\` for ${environment}`,
        allowed: "rotation functions run in subnets of the security account that reach the databases",
        remedy: `add ${environment} to \`rotationNetwork\` of the security stack's configuration`,
      }),
    );
  }),
);
