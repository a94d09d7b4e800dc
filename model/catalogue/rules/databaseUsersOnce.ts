import type { Problem } from "../../yaml/problem";
import { canonicalHost, endpointProblem, isAwsEndpoint } from "../../values/databaseHost";
import { alternateUser, spelling } from "../../values/databaseUsers";
import { entriesOf, formatPlace, type Manifest, placeOf, problemAt } from "../reading/manifest";
import { databaseMethod } from "../normalise/methods";
import type { Path } from "../../yaml/tree";
import type { DatabaseEngine, DatabaseStrategy } from "../types";
import { listed } from "./environments";
import type { Rule } from "./rule";
import { spelledIn } from "./spelledOut";

/**
 * A database's user stands in one secret of all services: each rotation of another would lock the first one's readers
 * out. Alternating users are two. Names of one's own mean what the environment's network says; AWS's endpoints mean one
 * database in every environment.
 */
export const databaseUsersOnce: Rule = (context) => {
  const firstOf = new Map<string, User[]>();
  const meetings = new Map<string, Meeting>();
  for (const user of usersOf(context)) {
    const known = firstOf.get(user.bucket);
    if (known === undefined) firstOf.set(user.bucket, [user]);
    const other = known?.find((one) => isSameUser(one, user) && !isSameSecret(one, user));
    if (known !== undefined && other === undefined) known.push(user);
    if (other === undefined) continue;
    const pair = [other, user].map(({ manifest, path }) => formatPlace(placeOf(manifest, path))).join("\n");
    const meeting = meetings.get(pair) ?? { other, user, environments: new Set() };
    meetings.set(pair, meeting);
    for (const { environment } of [other, user]) meeting.environments.add(environment);
  }
  return [...meetings.values()].map(problemOf);
};

interface User {
  readonly manifest: Manifest;
  readonly secret: string;
  readonly environment: string;
  /** Of the name in the manifest. */
  readonly path: Path;
  readonly engine: DatabaseEngine;
  readonly strategy: DatabaseStrategy;
  /** As it is written, or made from what is written. */
  readonly name: string;
  /** The second of alternating users, which the manifest does not write. */
  readonly isAlternate: boolean;
  readonly server: string;
  /** Equal for users that may be one. */
  readonly bucket: string;
}

interface Meeting {
  readonly other: User;
  readonly user: User;
  readonly environments: Set<string>;
}

function usersOf({ manifests, environments }: Parameters<Rule>[0]): readonly User[] {
  return manifests.flatMap((manifest) =>
    entriesOf(manifest.draft.secrets).flatMap(([secret, { rotation, database }]) => {
      const method = databaseMethod(rotation?.method);
      if (method === undefined) return [];
      const at = ["secrets", secret, "database"];
      return [...new Set(manifest.draft.environments ?? [])].flatMap((environment): User[] => {
        if (environment === undefined || !environments.has(environment)) return [];
        const host = spelledIn<string>(environment, [...at, "host"], database?.host)?.value;
        const port = spelledIn<number>(environment, [...at, "port"], database?.port)?.value;
        const user = spelledIn<string>(environment, [...at, "username"], database?.username);
        if (host === undefined || port === undefined || user === undefined) return [];
        // Which server that stands for is not known yet.
        if (endpointProblem(host) !== undefined) return [];
        const server = `${canonicalHost(host)}:${port}`;
        const scope = isAwsEndpoint(host) ? "" : environment;
        const named = (name: string, isAlternate: boolean): User => ({
          ...method,
          ...{ manifest, secret, environment, path: user.path, name, isAlternate, server },
          bucket: [scope, server, name.toLowerCase()].join("\n"),
        });
        return [
          named(user.value, false),
          ...(method.strategy === "alternating-users"
            ? [named(alternateUser(method.engine, user.value), true)]
            : []),
        ];
      });
    }),
  );
}

function isSameUser(one: User, other: User): boolean {
  return (
    spelling(one.engine, one.name) === spelling(one.engine, other.name) ||
    spelling(other.engine, one.name) === spelling(other.engine, other.name)
  );
}

function isSameSecret(one: User, other: User): boolean {
  return (
    one.manifest === other.manifest && one.secret === other.secret && one.environment === other.environment
  );
}

const allowed =
  "a user of a database stands in one secret: each rotation of a second one locks the first out";

function problemOf({ other, user, environments }: Meeting): Problem {
  const where = listed([...environments].sort());
  const name = `\`${user.name}\` of ${user.server}`;
  const who = user.isAlternate ? `the second user, ${name},` : name;
  if (other.manifest === user.manifest && other.secret === user.secret) {
    return problemAt(user.manifest, user.path, {
      found: `${who} is one and the same in ${where}`,
      allowed,
      remedy: "give each environment a database, or a user, of its own: both take a map by environment",
    });
  }
  const place = formatPlace(placeOf(other.manifest, other.path));
  return problemAt(user.manifest, user.path, {
    found:
      `${who} is ${other.isAlternate ? "the second user" : "the user"} of \`${other.manifest.service}/${other.secret}\` ` +
      `already (${place}, in ${where})`,
    allowed,
    remedy: remedyOf(other, user),
  });
}

function remedyOf(other: User, user: User): string {
  if (other.isAlternate || user.isAlternate) return "choose another name for one of the two";
  const isOwn = other.manifest === user.manifest;
  const reference = isOwn ? other.secret : `${other.manifest.service}/${other.secret}`;
  const shared = isOwn
    ? ""
    : `let ${other.manifest.service} name ${user.manifest.service} in \`shareWith\`, and `;
  const mayAdminister = [other, user].every(({ strategy }) => strategy === "single-user");
  const named = mayAdminister ? `, or name it as administrator (\`admin: ${reference}\`)` : "";
  return `${shared}read \`${reference}\` instead${named}; or give this one a user of its own`;
}
