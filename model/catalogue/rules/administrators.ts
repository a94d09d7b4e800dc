import type { Problem, ProblemWords } from "../../yaml/problem";
import { canonicalHost } from "../../values/databaseHost";
import { entriesOf, type Manifest, namesUnder, problemAt } from "../reading/manifest";
import { databaseMethod } from "../normalise/methods";
import { didYouMean } from "../../yaml/nearest";
import { parseReference, type Reference } from "../normalise/reference";
import type { DatabaseEngine } from "../types";
import { listed } from "./environments";
import { type Context, eachManifest } from "./rule";
import { spelledIn } from "./spelledOut";
import { shown } from "./uses";

type SecretDraft = NonNullable<NonNullable<Manifest["draft"]["secrets"]>[string]>;

/** A login with alternating users, and the administrator its manifest names for it. */
interface Administered {
  readonly manifest: Manifest;
  readonly name: string;
  readonly secret: SecretDraft;
  readonly engine: DatabaseEngine;
  readonly admin: Reference;
}

/** What may change passwords beside logins that rotate by `-single-user`. */
const managedAllowed =
  "; or, of PostgreSQL with `hosted: platform`, an `rds-managed` secret that RDS or Aurora made";

/** The administrator of alternating users is a secret that may change their passwords: this service's, or a shared one. */
export const administrators = eachManifest((manifest, context) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, secret]): readonly Problem[] => {
    const method = databaseMethod(secret.rotation?.method);
    const written = secret.rotation?.admin;
    if (method?.strategy !== "alternating-users" || written === undefined) return [];
    const admin = parseReference(written, manifest.service);
    return problems({ manifest, name, secret, engine: method.engine, admin }, context).map((problem) =>
      problemAt(manifest, ["secrets", name, "rotation", "admin"], problem),
    );
  }),
);

function problems(administered: Administered, context: Context): readonly ProblemWords[] {
  const { manifest, name, engine, admin } = administered;
  const allowed =
    `\`admin\` names another secret with the method \`${engine}-single-user\`: one of this service, or \`service/item\` ` +
    `of one that shares it${takesManaged(administered) ? managedAllowed : ""}`;
  const owner = context.services.get(admin.service);
  if (owner === manifest && admin.item === name) {
    return [
      { found: "found the secret itself", allowed, remedy: "add a secret for the administrator's login" },
    ];
  }
  if (owner === undefined) {
    return [
      {
        found: `there is no service \`${admin.service}\``,
        allowed,
        remedy: didYouMean(admin.service, context.services.keys(), "correct the name, or add its manifest"),
      },
    ];
  }
  // What a file that is not YAML holds is unknown.
  if (owner.source === undefined) return [];
  if (!namesUnder(owner, "secrets").includes(admin.item)) {
    const whose = owner === manifest ? "this service" : owner.service;
    const known = candidates(administered, context);
    const elsewhere = known.find((reference) => reference.endsWith(`/${admin.item}`));
    return [
      {
        found: `${whose} has no secret \`${admin.item}\``,
        allowed,
        remedy:
          elsewhere === undefined
            ? didYouMean(shown(admin, manifest.service), known, "add it, or correct the name")
            : `did you mean \`${elsewhere}\`?`,
      },
    ];
  }
  const found = owner.draft.secrets?.[admin.item];
  const method = found?.rotation?.method;
  if (found === undefined || method === undefined) return [];
  if (method === "rds-managed") {
    const problem = managedProblem(administered, found);
    if (problem !== undefined) return [problem];
  } else if (method !== `${engine}-single-user`) {
    return [
      {
        found: `\`${shown(admin, manifest.service)}\` has the method \`${method}\``,
        allowed,
        remedy: "name a secret of that method, or change the method there",
      },
    ];
  }
  return [
    sharingProblem(administered, owner, found),
    environmentProblem(administered, owner, context),
    serverProblem(administered, found),
  ].filter((problem) => problem !== undefined);
}

/** Only this platform's own function reads one, and it rotates PostgreSQL alone. */
function takesManaged({ engine, secret }: Administered): boolean {
  return engine === "postgres" && secret.rotation?.hosted === "platform";
}

/**
 * The secret lies in the workload account, and rotation functions in the security account. Another account reads by a
 * policy of the secret alone, and under a key of the customer's: by itself the secret is under `aws/secretsmanager`, and
 * PutResourcePolicy may be refused for what another service manages. So the platform's function reads it by a role of the
 * workload account; AWS's functions take on none. Redshift's own logins are no PostgreSQL's.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
function managedProblem(administered: Administered, found: SecretDraft): ProblemWords | undefined {
  const { manifest, engine, admin } = administered;
  const name = shown(admin, manifest.service);
  const ownUser =
    "as that user make one that may change the passwords, and name it here by a secret with the " +
    `method \`${engine}-single-user\``;
  if (!takesManaged(administered)) {
    return {
      found: `\`${name}\` is made by the database service, in the workload account`,
      allowed:
        "AWS's functions run in the security account, and AWS lets another account read by a policy of the secret alone, " +
        "which is the database service's",
      remedy: engine === "postgres" ? `write \`hosted: platform\`; or ${ownUser}` : ownUser,
    };
  }
  const { arn } = found.rotation ?? {};
  const arns = typeof arn === "object" ? Object.values(arn) : [arn];
  const others = arns.filter((one) => typeof one === "string" && !one.includes(`:secret:${madeByRds}`));
  if (others.length === 0) return undefined;
  return {
    found: `\`${name}\` is made by another service than RDS or Aurora`,
    allowed: `an \`rds-managed\` administrator of PostgreSQL is a secret whose name begins with \`${madeByRds}\``,
    remedy: `name the secret of the cluster or instance that holds this login; or ${ownUser}`,
  };
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html */
const madeByRds = "rds!";

/** What may be named here: this service's own, and what others share with it. */
function candidates(administered: Administered, { manifests }: Context): readonly string[] {
  const { manifest, name, engine } = administered;
  const methods = [`${engine}-single-user`, ...(takesManaged(administered) ? ["rds-managed"] : [])];
  return manifests.flatMap((other) =>
    entriesOf(other.draft.secrets)
      .filter(([item, { rotation, shareWith }]) => {
        const mayBeNamed =
          other === manifest ? item !== name : shareWith?.includes(manifest.service) === true;
        return mayBeNamed && rotation?.method !== undefined && methods.includes(rotation.method);
      })
      .map(([item]) => shown({ service: other.service, item }, manifest.service)),
  );
}

function sharingProblem(
  { manifest, admin }: Administered,
  owner: Manifest,
  { shareWith }: SecretDraft,
): ProblemWords | undefined {
  if (owner === manifest || shareWith?.includes(manifest.service) === true) return undefined;
  return {
    found: `${owner.service} does not share \`${admin.item}\` with ${manifest.service}`,
    allowed: "another service's administrator changes passwords only if that one's manifest says so",
    remedy: `ask for \`shareWith: [${manifest.service}]\` on it in ${owner.file}`,
  };
}

function environmentProblem(
  { manifest, admin }: Administered,
  owner: Manifest,
  { environments }: Context,
): ProblemWords | undefined {
  const theirs = owner.draft.environments;
  if (owner === manifest || theirs === undefined || theirs.includes(undefined)) return undefined;
  const lacking = (manifest.draft.environments ?? []).filter(
    (name): name is string => name !== undefined && environments.has(name) && !theirs.includes(name),
  );
  if (lacking.length === 0) return undefined;
  return {
    found: `${owner.service} is not in ${listed(lacking)}, so \`${admin.item}\` does not exist there`,
    allowed: "an administrator is of the same environment as the login",
    remedy: `add ${listed(lacking)} to ${owner.service}, or add an administrator to this service`,
  };
}

function serverProblem(
  { manifest, secret, admin }: Administered,
  found: SecretDraft,
): ProblemWords | undefined {
  const isElsewhere = (environment: string, key: "host" | "port") => {
    const [own, theirs] = [secret, found].map(
      ({ database }) => spelledIn<string | number>(environment, [], database?.[key])?.value,
    );
    return own !== undefined && theirs !== undefined && comparable(own) !== comparable(theirs);
  };
  for (const environment of manifest.draft.environments ?? []) {
    if (environment === undefined) continue;
    const key = (["host", "port"] as const).find((one) => isElsewhere(environment, one));
    if (key === undefined) continue;
    return {
      found: `\`${shown(admin, manifest.service)}\` names another ${key} in ${environment}`,
      allowed: "the administrator's login is of the same database server",
      remedy: `give both secrets the same \`database.${key}\``,
    };
  }
  return undefined;
}

function comparable(value: string | number): string {
  return typeof value === "string" ? canonicalHost(value) : String(value);
}
