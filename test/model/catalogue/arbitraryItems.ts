import fc from "fast-check";
import { externalSecretTypes, fixedFields, snowflakeAlgorithms } from "../../../model/aws/externalSecrets";
import { databaseEngines, type DatabaseEngine } from "../../../model/catalogue/types";
import { longestGeneratedLength } from "../../../model/values/generated";
import {
  alphabetNames,
  byteEncodings,
  fewestBytes,
  mostBytes,
  shortestLength,
} from "../../../model/values/generatedForm";
import { keyPairKinds } from "../../../model/values/keyPair";
import {
  defined,
  type Draw,
  freshName,
  harmlessText,
  maybe,
  pick,
  perEnvironment,
  someOf,
  usableForSecret,
} from "./arbitraryNames";
import { surroundings } from "./support";

/** What a consumer needs to know of an item to use it rightly. */
export interface MadeItem {
  readonly name: string;
  readonly shareWith: readonly string[];
  /** What may stand behind the name in `environment`: fields, or `""` for the whole; each list goes together. */
  readonly injectable: readonly (readonly string[])[];
}

/** An administrator's secret that a service made later may name. */
export interface Administrator {
  readonly reference: string;
  readonly engine: DatabaseEngine;
  readonly environments: readonly string[];
  readonly host: unknown;
  readonly port: unknown;
  /** Lets a service name it. */
  share(service: string): void;
}

export interface MadeItems {
  readonly administrators: readonly Administrator[];
  readonly secrets: Record<string, unknown>;
  readonly parameters: Record<string, unknown>;
  readonly items: readonly MadeItem[];
}

/** The service that items are made for. */
export interface Owner {
  readonly name: string;
  readonly number: number;
  readonly environments: readonly string[];
  readonly others: readonly string[];
  /** Of services made before. */
  readonly administrators: readonly Administrator[];
}

/** Secrets and parameters of one service, by what a manifest says of them. */
export function makeItems(draw: Draw, owner: Owner): MadeItems {
  const { environments, others } = owner;
  const taken = new Set<string>();
  const secrets: Record<string, unknown> = {};
  const parameters: Record<string, unknown> = {};
  const items: MadeItem[] = [];
  const administrators: Administrator[] = [];
  const common = (): { shareWith: readonly string[]; keys: object } => {
    const shareWith = someOf(draw, others);
    const keys = defined({
      description: harmlessText(draw),
      shareWith: shareWith.length > 0 ? shareWith : undefined,
      retire: maybe(draw, () => draw(fc.boolean)),
    });
    return { shareWith, keys };
  };
  const secretCount = draw(fc.integer, { min: 0, max: 4 });
  for (let index = 0; index < secretCount; index++) {
    const name = freshName(draw, taken, usableForSecret);
    const { shareWith, keys } = common();
    const kind = pick(draw, [
      "generated",
      "single-user",
      "alternating-users",
      "rds-managed",
      "function",
      "external",
    ]);
    const { admin, ...made } = makeSecret(draw, kind, owner, index);
    secrets[name] = { ...keys, ...made.keys };
    if (admin !== undefined) {
      secrets[`administrator-${index}`] = admin.keys;
      administrators.push(admin.administrator);
    }
    items.push({ name, shareWith, injectable: made.injectable });
    if (made.publicKeysOf !== undefined) {
      const readers = [...new Set([...shareWith, ...made.publicKeysOf])];
      items.push({ name: `${name}.jwks`, shareWith: readers, injectable: [] });
    }
  }
  const parameterCount = draw(fc.integer, { min: 0, max: 4 });
  for (let index = 0; index < parameterCount; index++) {
    const name = freshName(draw, taken);
    const { shareWith, keys } = common();
    const made = makeParameter(draw, environments);
    parameters[name] = { ...keys, ...made };
    items.push({ name, shareWith, injectable: "home" in made && made["home"] === "security" ? [] : [[""]] });
  }
  return { administrators, secrets, parameters, items };
}

interface MadeSecret {
  readonly keys: object;
  readonly admin?: { readonly keys: object; readonly administrator: Administrator };
  readonly injectable: MadeItem["injectable"];
  /** Of a key pair: services that may read the public keys alone. */
  readonly publicKeysOf?: readonly string[];
}

function makeSecret(draw: Draw, kind: string, owner: Owner, index: number): MadeSecret {
  const { environments } = owner;
  const fields = maybe(draw, () =>
    pick(draw, [["user", "api_key", "id"], ["api_key", "id"], ["id"], ["username", "password"]]),
  );
  const injectable = fields === undefined ? [[""]] : [[""], ...fields.map((field) => [field])];
  const replicas = maybe(draw, () =>
    ["eu-central-1", "us-east-1"].slice(draw(fc.integer, { min: 0, max: 1 })),
  );
  if (kind === "generated") {
    const keyPair = maybe(draw, () => makeKeyPair(draw, owner));
    if (keyPair !== undefined) {
      const { generated, publicKeysOf } = keyPair;
      const keys = defined({ rotation: { method: kind, ...makeCadence(draw) }, generated, replicas });
      // The whole, or the private key, asks for more of an ECS task.
      return { keys, publicKeysOf, injectable: [["kid"], ["alg"]] };
    }
    return {
      keys: defined({
        rotation: { method: kind, ...makeCadence(draw) },
        fields,
        generated: maybe(draw, () => makeGenerated(draw, fields)),
        replicas,
      }),
      injectable,
    };
  }
  if (kind === "function") {
    const { securityAccount } = surroundings.environments[0]!;
    const rotation = {
      method: kind,
      arn: perEnvironment(
        draw,
        environments,
        () => `arn:aws:lambda:eu-west-1:${securityAccount}:function:rotate`,
      ),
      role: perEnvironment(draw, environments, () => `arn:aws:iam::${securityAccount}:role/rotation/rotate`),
      ...makeCadence(draw),
    };
    return { keys: defined({ rotation, fields, replicas }), injectable };
  }
  if (kind === "external") return makeExternal(draw, replicas);
  if (kind === "rds-managed") {
    // No two manifests may name one such secret.
    const cluster = draw(fc.uuid);
    const arns = Object.fromEntries(
      environments.map((name) => {
        const account = surroundings.environments.find((environment) => environment.name === name)?.account;
        return [
          name,
          `arn:aws:secretsmanager:eu-west-1:${account}:secret:rds!cluster-${name}-${cluster}-AbCdEf`,
        ];
      }),
    );
    const [only, ...others] = Object.values(arns);
    const arn = others.length === 0 && draw(fc.boolean) ? only : arns;
    return { keys: { rotation: { method: kind, arn } }, injectable: [["username"]] };
  }
  return makeDatabaseSecret(draw, owner, { strategy: kind, index, replicas });
}

function makeExternal(draw: Draw, replicas: readonly string[] | undefined): MadeSecret {
  const type = pick(draw, externalSecretTypes);
  const encryptPrivateKey = maybe(draw, () => draw(fc.boolean));
  const snowflake = {
    encryptPrivateKey,
    cryptographicAlgorithm: maybe(draw, () => pick(draw, snowflakeAlgorithms)),
  };
  const metadata = {
    SalesforceClientSecret: { apiVersion: pick(draw, ["v65.0", "v70.1"]) },
    BigIDClientSecret: undefined,
    SnowflakeKeyPairAuthentication: maybe(draw, () => defined(snowflake)),
  }[type];
  const rotation = defined({ method: "external", type, metadata, ...makeCadence(draw) });
  // The whole, or what changes, asks for more of an ECS task.
  return {
    keys: defined({ rotation, replicas }),
    injectable: fixedFields(type).map((field) => [field]),
  };
}

function makeGenerated(draw: Draw, fields: readonly string[] | undefined): object {
  const own = fields === undefined ? [] : someOf(draw, fields);
  return defined({
    ...makeForm(draw),
    fields: own.length > 0 ? Object.fromEntries(own.map((field) => [field, makeForm(draw)])) : undefined,
  });
}

function makeKeyPair(draw: Draw, { others }: Owner): { generated: object; publicKeysOf: readonly string[] } {
  const shareWith = someOf(draw, others);
  return {
    publicKeysOf: shareWith,
    generated: defined({
      keyPair: pick(draw, keyPairKinds),
      tokenLifetime: pick(draw, ["1 hour", "4 hours"]),
      shareWith: shareWith.length > 0 ? shareWith : undefined,
    }),
  };
}

function makeForm(draw: Draw): object {
  const kind = pick(draw, ["text", "bytes", "uuid"]);
  if (kind === "uuid") return { uuid: true };
  if (kind === "bytes") {
    const encoding = maybe(draw, () => pick(draw, byteEncodings));
    return defined({ bytes: draw(fc.integer, { min: fewestBytes, max: mostBytes }), encoding });
  }
  const alphabet = maybe(draw, () => pick(draw, alphabetNames));
  const min = shortestLength(alphabet ?? "alphanumeric");
  return defined({
    alphabet,
    length: maybe(draw, () => draw(fc.integer, { min, max: longestGeneratedLength })),
  });
}

function makeDatabaseSecret(
  draw: Draw,
  { name, number, environments, administrators }: Owner,
  {
    strategy,
    index,
    replicas,
  }: { readonly strategy: string; readonly index: number; readonly replicas: readonly string[] | undefined },
): MadeSecret {
  const isAlternating = strategy === "alternating-users";
  const usable = administrators.filter((one) =>
    environments.every((each) => one.environments.includes(each)),
  );
  const shared = isAlternating && usable.length > 0 ? maybe(draw, () => pick(draw, usable)) : undefined;
  shared?.share(name);
  const engine = shared?.engine ?? pick(draw, databaseEngines);
  const hosted = () => maybe(draw, () => (engine === "postgres" ? pick(draw, ["aws", "platform"]) : "aws"));
  const hostedBy = hosted();
  const url =
    hostedBy === "platform"
      ? maybe(draw, () => pick(draw, [true, false, "jdbc", "sqlalchemy", "prisma", "dsn"]))
      : undefined;
  const readerHost = maybe(draw, () =>
    perEnvironment(draw, environments, () => pick(draw, ["reader.internal", "10.0.0.8"])),
  );
  const host =
    within(environments, shared?.host) ??
    perEnvironment(draw, environments, () => pick(draw, ["db.internal", "10.0.0.7"]));
  const port =
    within(environments, shared?.port) ??
    perEnvironment(draw, environments, () => draw(fc.integer, { min: 1, max: 65_535 }));
  // No two secrets may name one user of a database, so each has users of its own.
  const login = (user: string): object => ({
    ...{
      host,
      port,
      name: perEnvironment(draw, environments, () => (engine === "documentdb" ? "admin" : "main")),
      username: perEnvironment(draw, environments, () => `${user}${number}x${index}`),
    },
  });
  const adminName = `administrator-${index}`;
  const rotation = defined({
    method: `${engine}-${strategy}`,
    hosted: hostedBy,
    ...(isAlternating && { admin: shared?.reference ?? adminName }),
    ...makeCadence(draw),
  });
  const injectable = [
    ...(isAlternating ? [[""], ["username", "password"], ["engine"]] : [["username"], ["host"], ["port"]]),
    ...(isAlternating && url !== undefined && url !== false ? [["url"]] : []),
    ...(readerHost === undefined ? [] : [["readerHost"]]),
  ];
  const database = defined({ ...login("u"), url, readerHost });
  const made = { keys: defined({ rotation, database, replicas }), injectable };
  if (!isAlternating || shared !== undefined) return made;
  const shareWith: string[] = [];
  const keys: Record<string, unknown> = {
    description: "Administrator",
    rotation: defined({ method: `${engine}-single-user`, hosted: hosted(), ...makeCadence(draw) }),
    database: login("a"),
  };
  const share = (service: string): void => {
    if (!shareWith.includes(service)) shareWith.push(service);
    keys["shareWith"] = shareWith;
  };
  return {
    ...made,
    admin: {
      keys,
      administrator: { reference: `${name}/${adminName}`, engine, environments, host, port, share },
    },
  };
}

/** Of a map by environment, the environments given. */
function within(environments: readonly string[], given: unknown): unknown {
  if (typeof given !== "object" || given === null) return given;
  return Object.fromEntries(Object.entries(given).filter(([name]) => environments.includes(name)));
}

function makeCadence(draw: Draw): object {
  const days = draw(fc.integer, { min: 1, max: 90 });
  const schedule = pick(draw, [
    `rate(${days} days)`,
    `rate(${draw(fc.integer, { min: 4, max: 2160 })} hours)`,
    "cron(0 4 ? * SUN *)",
    "cron(0 0/12 * * ? *)",
    "cron(0 22 L * ? *)",
    "cron(0 3 1 */2 ? *)",
    "cron(0 5 ? * MON#1 *)",
  ]);
  return defined({
    ...(draw(fc.boolean) ? { every: days === 1 ? "1 day" : `${days} days` } : { schedule }),
    window: maybe(draw, () => pick(draw, ["1 hour", "2 hours"])),
  });
}

function makeParameter(draw: Draw, environments: readonly string[]): Record<string, unknown> {
  const type = pick(draw, ["String", "StringList", "SecureString"]);
  const tier = maybe(draw, () => "advanced");
  if (type === "SecureString") {
    const warn = draw(fc.integer, { min: 14, max: 89 });
    const expires = draw(fc.boolean)
      ? { after: `${draw(fc.integer, { min: warn + 1, max: 90 })} days`, warn: `${warn} days` }
      : { never: true, reason: harmlessText(draw), remind: `${draw(fc.integer, { min: 2, max: 365 })} days` };
    return defined({
      type,
      tier,
      expires,
      home: maybe(draw, () => pick(draw, ["security", "workload"])),
    });
  }
  const scalar = (): string | number | boolean =>
    pick(draw, ["text", "number", "flag"]) === "text"
      ? harmlessText(draw, type === "String")
      : draw(fc.boolean)
        ? draw(fc.integer)
        : draw(fc.boolean);
  const value = (): unknown =>
    type === "String" ? scalar() : Array.from({ length: draw(fc.integer, { min: 1, max: 3 }) }, scalar);
  return defined({
    type,
    tier,
    value: perEnvironment(draw, environments, value),
    public: maybe(draw, () => harmlessText(draw)),
  });
}
