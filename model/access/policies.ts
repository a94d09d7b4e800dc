import type { ModelledAction } from "./actions";
import type { Call } from "./call";
import { isObject } from "./conditions";
import type { NamedPolicy } from "./input";
import type { Unmodelled } from "./notModelled";
import { repeatedKeys } from "./repeatedKeys";
import { type PolicyKind, type ReadStatement, readStatement } from "./statements";
import { meant, type Meant } from "./subjects";

export interface ReadPolicy {
  readonly name: string;
  readonly statements: readonly ReadStatement[];
  readonly byAction: ReadonlyMap<ModelledAction, readonly ReadStatement[]>;
}

/** What one policy says of a call by itself. */
export interface Answer {
  readonly effect: "allow" | "deny" | "silent";
  /** The statements that say so. */
  readonly statements: readonly ReadStatement[];
  /** How it means the role, at its widest; for a resource's policy that allows. */
  readonly meant?: Meant;
}

const silent: Answer = { effect: "silent", statements: [] };

/** Reads policies, each document once however many things it is attached to. */
export class PolicyReader {
  readonly #read = new Map<string | object, Partial<Record<PolicyKind, ReadPolicy>>>();
  readonly reasons: string[] = [];

  read({ name, document }: NamedPolicy, kind: PolicyKind): ReadPolicy {
    const known = this.#read.get(document) ?? {};
    this.#read.set(document, known);
    const policy = (known[kind] ??= readPolicy(name, document, kind, (reason) =>
      this.reasons.push(`${name}, ${reason}`),
    ));
    return policy.name === name ? policy : { ...policy, name };
  }
}

/** Only the version that has policy variables: in the older one they would be plain text. */
const version = "2012-10-17";

function readPolicy(name: string, document: string | object, kind: PolicyKind, note: Unmodelled): ReadPolicy {
  const found = typeof document === "string" ? parsed(document) : document;
  if (!isObject(found)) note("the document, which is no JSON object");
  for (const key of typeof document === "string" && isObject(found) ? repeatedKeys(document) : [])
    note(`the key ${JSON.stringify(key)}, which one object has twice`);
  const { Version, Statement } = isObject(found) ? found : { Version: version, Statement: [] };
  if (Version !== version) note(`the Version ${JSON.stringify(Version)}`);
  for (const element of isObject(found) ? Object.keys(found) : []) {
    if (!["Version", "Id", "Statement"].includes(element)) note(`the element ${element}`);
  }
  const all: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  const statements = all.flatMap((one, index) => readStatement(one, index + 1, kind, note) ?? []);
  return { name, statements, byAction: byAction(statements) };
}

export function byAction(statements: readonly ReadStatement[]): ReadPolicy["byAction"] {
  const found = new Map<ModelledAction, ReadStatement[]>();
  for (const statement of statements) {
    for (const action of statement.actions) {
      const list = found.get(action);
      if (list === undefined) found.set(action, [statement]);
      else list.push(statement);
    }
  }
  return found;
}

/** The policy with its Allow or its Deny statements alone: each is judged by itself, also where the other still holds. */
export function only({ name, statements }: ReadPolicy, effect: ReadStatement["effect"]): ReadPolicy {
  const kept = statements.filter((statement) => statement.effect === effect);
  return { name, statements: kept, byAction: byAction(kept) };
}

/** A Deny that applies stands above every Allow. */
export function ask({ byAction }: ReadPolicy, call: Call): Answer {
  let allows: ReadStatement[] | undefined;
  let denies: ReadStatement[] | undefined;
  let widest: Meant | undefined;
  for (const statement of byAction.get(call.action) ?? []) {
    if (!statement.aboutResource(call.resource)) continue;
    const by = statement.principals === undefined ? undefined : meant(statement.principals, call.by);
    if (statement.principals !== undefined && by === undefined) continue;
    if (!statement.tests.every(({ holds }) => holds(call))) continue;
    if (statement.effect === "Deny") (denies ??= []).push(statement);
    else {
      (allows ??= []).push(statement);
      widest = wider(widest, by);
    }
  }
  if (denies !== undefined) return { effect: "deny", statements: denies };
  if (allows === undefined) return silent;
  return { effect: "allow", statements: allows, ...(widest !== undefined && { meant: widest }) };
}

/** Several policies of one role. */
export function askAll(policies: readonly ReadPolicy[], call: Call): Answer {
  const [only] = policies;
  if (only !== undefined && policies.length === 1) return ask(only, call);
  const answers = policies.map((policy) => ask(policy, call));
  for (const effect of ["deny", "allow"] as const) {
    const found = answers.filter((answer) => answer.effect === effect);
    if (found.length > 0) return { effect, statements: found.flatMap(({ statements }) => statements) };
  }
  return silent;
}

const order: readonly Meant[] = ["account", "role", "everybody"];

function wider(one: Meant | undefined, other: Meant | undefined): Meant | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
