import type { Problem } from "../../problem";
import { canonicalHost } from "../databaseHost";
import type { Fault } from "../decode";
import { entriesOf, type Manifest, plainAt, problemAt } from "../manifest";
import { databaseMethod } from "../methods";
import { didYouMean } from "../nearest";
import type { DatabaseEngine } from "../types";
import { eachManifest } from "./rule";

type SecretDraft = NonNullable<NonNullable<Manifest["draft"]["secrets"]>[string]>;

/** Who rotates a database login, and with whose help. */
export const databaseRotation = eachManifest((manifest) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, secret]) => {
    const database = databaseMethod(secret.rotation?.method ?? "");
    if (database === undefined) return [];
    const report = (key: string, fault: Fault, part: "key" | "value" = "value"): Problem =>
      problemAt(manifest, ["secrets", name, "rotation", key], fault, part);
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
    const admin = secret.rotation?.admin;
    if (database.strategy === "alternating-users" && admin !== undefined) {
      const fault = adminFault(manifest, name, secret, admin, database.engine);
      if (fault !== undefined) problems.push(report("admin", fault));
    }
    return problems;
  }),
);

function adminFault(
  manifest: Manifest,
  name: string,
  secret: SecretDraft,
  adminName: string,
  engine: DatabaseEngine,
): Fault | undefined {
  const allowed = `\`admin\` names another secret of this service with the method \`${engine}-single-user\``;
  if (adminName === name) {
    return {
      found: "found the secret itself",
      allowed,
      remedy: "add a secret for the administrator's login",
    };
  }
  if (plainAt(manifest, ["secrets", adminName]) === undefined) {
    const candidates = entriesOf(manifest.draft.secrets)
      .filter(([other, { rotation }]) => other !== name && rotation?.method === `${engine}-single-user`)
      .map(([other]) => other);
    return {
      found: `this service has no secret \`${adminName}\``,
      allowed,
      remedy: didYouMean(adminName, candidates, "add it, or correct the name"),
    };
  }
  const admin = manifest.draft.secrets?.[adminName];
  const method = admin?.rotation?.method;
  if (admin === undefined || method === undefined) return undefined;
  if (method !== `${engine}-single-user`) {
    return {
      found: `\`${adminName}\` has the method \`${method}\``,
      allowed,
      remedy: "name a secret of that method, or change the method there",
    };
  }
  const elsewhere = (manifest.draft.environments ?? []).find(
    (environment) =>
      environment !== undefined && differ(hostIn(secret, environment), hostIn(admin, environment)),
  );
  return elsewhere === undefined
    ? undefined
    : {
        found: `\`${adminName}\` names another host in ${elsewhere}`,
        allowed: "the administrator's login is of the same database host",
        remedy: "give both secrets the same `database.host`",
      };
}

function hostIn(secret: SecretDraft, environment: string): string | undefined {
  const host = secret.database?.host;
  return typeof host === "object" ? host[environment] : host;
}

function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && canonicalHost(one) !== canonicalHost(other);
}

/** A function that rotates a database login must reach the database. */
export const rotationNetworks = eachManifest((manifest, { environments }) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, secret]) => {
    const method = secret.rotation?.method;
    if (method === undefined || databaseMethod(method) === undefined) return [];
    const unreached = (manifest.draft.environments ?? []).filter(
      (environment) => environment !== undefined && environments.get(environment)?.rotationNetwork === false,
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
