import type { Call, KeyAsked } from "../../access/call";
import type { Test } from "../../access/conditions";
import { parts } from "../../access/match";
import type { ReadStatement } from "../../access/statements";
import type { Subject } from "../../access/subjects";
import { covers } from "../../aws/patterns";
import { administrator, concrete } from "../assumed";

/** A call with one thing about it changed. */
export type Change = (call: Call) => Call;

/** An account of the organisation that no stack describes; AWS gives no number of that form. */
const anotherAccount = "888888888888";

/**
 * What a statement names, as changes of a call: a list for each thing that statements tell calls apart by. Who calls is
 * changed only for a resource's policy; a role's own is asked about that role alone.
 *
 * @param aliases of keys that values are under
 */
export function changesOf(
  statement: ReadStatement,
  from: Call,
  aliases: ReadonlySet<string>,
): readonly (readonly Change[])[] {
  const { tests } = statement;
  // What a role decrypts through other services or under other keys, such as a topic's messages, is no value.
  const isOfValues: Readonly<Record<string, (value: string) => boolean>> = {
    "kms:viaservice": (service) => /^(?:secretsmanager|ssm)\./.test(service),
    "kms:resourcealiases": (alias) => aliases.has(alias),
  };
  const isRole = statement.principals === undefined;
  const changes = keys.flatMap(({ key, values, change }) => {
    const asked = tests.filter((test) => test.key.toLowerCase() === key);
    const wanted = asked.flatMap(named).filter((value) => !isRole || isOfValues[key]?.(value) !== false);
    return asked.length === 0 ? [] : [[...new Set([...wanted, ...values])].map(change)];
  });
  return [
    isRole ? resourcesOf(statement, from) : subjectsOf(statement, from),
    ...changes,
    ...contextsOf(tests),
    ...(from.key === undefined ? [] : [[(call: Call) => ({ ...call, via: undefined })]]),
  ];
}

/** Values that a test compares with, wildcards filled in. */
function named({ operator, wanted }: Test): readonly string[] {
  return /Null|Bool/.test(operator) ? [] : wanted.map(concrete);
}

interface KeyChange {
  /** In lower case. */
  readonly key: string;
  /** Tried beside what the statement names; undefined: the call does not have the key. */
  readonly values: readonly (string | undefined)[];
  readonly change: (value: string | undefined) => Change;
}

const keys: readonly KeyChange[] = [
  {
    key: "aws:principalorgid",
    values: [undefined],
    change: (value) => (call) => inOrganisation(call, value),
  },
  {
    key: "aws:requestedregion",
    values: [],
    change:
      (region = "") =>
      (call) => ({ ...call, region }),
  },
  {
    key: "aws:resourceaccount",
    values: [],
    change:
      (account = "") =>
      (call) => ({ ...call, owner: { ...call.owner, account } }),
  },
  {
    key: "aws:sourcevpce",
    values: ["vpce-0a1b2c3d4e5f", undefined],
    change: (endpoint) => (call) => ({ ...call, endpoint }),
  },
  { key: "kms:viaservice", values: [], change: (via) => (call) => ({ ...call, via }) },
  {
    key: "kms:resourcealiases",
    values: [undefined],
    change: (alias) => (call) => withKey(call, { aliases: alias === undefined ? [] : [alias] }),
  },
  {
    key: "kms:encryptioncontextkeys",
    values: [undefined],
    change: (name) => (call) =>
      withKey(call, {
        encryptionContext: new Map(name === undefined ? [] : [[name.toLowerCase(), { name }]]),
      }),
  },
  {
    key: "secretsmanager:resource/allowrotationlambdaarn",
    values: [undefined],
    change: (rotationFunction) => (call) => {
      const arn = call.secret?.arn ?? call.resource;
      return { ...call, secret: rotationFunction === undefined ? { arn } : { arn, rotationFunction } };
    },
  },
  {
    key: "secretsmanager:secretid",
    values: [],
    change:
      (arn = "") =>
      (call) => ({ ...call, secret: { ...call.secret, arn } }),
  },
];

function inOrganisation(call: Call, organisation: string | undefined): Call {
  const { arn, account } = call.by;
  return { ...call, by: { arn, account, ...(organisation !== undefined && { organisation }) } };
}

function withKey(call: Call, changed: Partial<KeyAsked>): Call {
  return call.key === undefined ? call : { ...call, key: { ...call.key, ...changed } };
}

const contextPrefix = "kms:encryptioncontext:";

/** Each key of the encryption context by itself, and the whole missing. */
function contextsOf(tests: readonly Test[]): readonly (readonly Change[])[] {
  const asked = tests.filter(({ key }) => key.toLowerCase().startsWith(contextPrefix));
  return asked.map((test) => {
    const name = test.key.slice(contextPrefix.length);
    return [
      ...named(test).map(
        (value): Change =>
          (call) =>
            withKey(call, {
              encryptionContext: new Map(call.key?.encryptionContext).set(name.toLowerCase(), {
                name,
                value,
              }),
            }),
      ),
      (call: Call) => withKey(call, { encryptionContext: new Map() }),
    ];
  });
}

/** Roles that the statement names, whoever may do everything in an account that it names, and somebody whom it does not. */
function subjectsOf({ principals, tests }: ReadStatement, from: Call): readonly Change[] {
  const partition = from.resource.split(":")[1] ?? "";
  const of = (account: string) => administrator(partition, account);
  const valuesOf = (...names: readonly string[]) =>
    tests.filter(({ key }) => names.includes(key.toLowerCase())).flatMap(named);
  const arns = [
    ...(principals?.roles ?? []),
    ...valuesOf("aws:principalarn"),
    ...[...(principals?.accounts ?? []), ...valuesOf("aws:principalaccount", "kms:calleraccount")].map(of),
    of(anotherAccount),
  ];
  return [...new Set(arns)].map((arn): Change => (call) => ({ ...call, by: subject(arn, call.by) }));
}

function subject(arn: string, { organisation }: Subject): Subject {
  const [, , , , account = ""] = parts(arn);
  return { arn, account, ...(organisation !== undefined && { organisation }) };
}

/** ARNs of the action's service that the statement names, and of what it leaves out, something in another account. */
function resourcesOf({ resources, except }: ReadStatement, from: Call): readonly Change[] {
  const [service] = from.action.split(":");
  const elsewhere = from.resource.split(":").with(4, anotherAccount).join(":");
  const arns = [
    ...resources
      // Ids of keys are AWS's to make up: where a pattern covers the key, no other one is invented.
      .filter((pattern) => service !== "kms" || !covers(pattern, from.resource))
      .map(concrete)
      .filter((arn) => parts(arn)[2] === service),
    ...(except ? [elsewhere] : []),
  ];
  return [...new Set(arns)].map((resource): Change => {
    const [, , , region = "", account = ""] = parts(resource);
    return (call) => ({
      ...call,
      resource,
      region,
      owner: { ...call.owner, account },
      ...(call.secret !== undefined && { secret: { ...call.secret, arn: resource } }),
    });
  });
}
