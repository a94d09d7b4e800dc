import type { Call } from "../../../../model/access/call";
import {
  actionsOf,
  decryptCall,
  encryptionContext,
  readCall,
  resourcesOf,
} from "../../../../model/access/calls";
import type { AccessModel, Item, Key } from "../../../../model/access/types";
import { ask, only, PolicyReader, type ReadPolicy } from "../../../../model/access/policies";
import { NotModelled } from "../../../../model/access/notModelled";
import type { PolicyKind } from "../../../../model/access/statements";
import type { Subject } from "../../../../model/access/subjects";
import type { PolicyDocument } from "../../../../model/documents/policy";

/** What one layer says of calls, by itself. */

export function readAlone(document: PolicyDocument, kind: PolicyKind): ReadPolicy {
  const reader = new PolicyReader();
  const policy = reader.read({ name: "document", document }, kind);
  if (reader.reasons.length > 0) throw new NotModelled(reader.reasons);
  return policy;
}

/** Compares others with a policy: whether their Allow statements, and their Deny statements, say the same of every call. */
export function sameAs(one: ReadPolicy, calls: readonly Call[]): (other: ReadPolicy) => boolean {
  const effects = ["Allow", "Deny"] as const;
  const said = effects.map((effect) => calls.map(sayings(one, effect)));
  return (other) =>
    effects.every((effect, which) => {
      const says = sayings(other, effect);
      return calls.every((call, at) => says(call) === said[which]![at]);
    });
}

function sayings(policy: ReadPolicy, effect: "Allow" | "Deny"): (call: Call) => string {
  const alone = only(policy, effect);
  if (alone.statements.length === 0) return () => "silent";
  return (call) => {
    const { effect: said, meant } = ask(alone, call);
    return meant === undefined ? said : `${said} ${meant}`;
  };
}

/** Calls by each of the roles for each item, right ones and such as nobody should get through with. */
export function* callsFor(
  model: AccessModel,
  by: readonly Subject[],
  items: readonly Item[],
  keys: readonly Key[] = keysOf(model),
): Generator<Call> {
  const all = [...model.items.values()];
  const regions = [...new Set(all.map(({ arn }) => arn.region))];
  const rotators = new Set(all.flatMap(({ secret }) => secret?.rotationFunction ?? []));
  for (const item of items) {
    for (const role of by) {
      yield* readCalls(role, item, [...rotators]);
      yield* decryptCalls(role, item, keys, regions);
    }
  }
}

export function keysOf({ items }: AccessModel): readonly Key[] {
  return [...new Set([...items.values()].flatMap(({ underKey }) => underKey?.key ?? []))];
}

/** Also as if any other function rotated it, or none. */
function* readCalls(role: Subject, item: Item, rotators: readonly string[]): Generator<Call> {
  for (const action of actionsOf(item)) {
    for (const resource of resourcesOf(item, action)) {
      const call = readCall(role, item, action, resource);
      yield call;
      if (call.secret === undefined) continue;
      for (const rotationFunction of [...rotators, `${rotators[0]}-2`]) {
        yield { ...call, secret: { ...call.secret, rotationFunction } };
      }
    }
  }
}

/** Under each key, through each service and region, or directly; and in the name of what is not there. */
function* decryptCalls(
  role: Subject,
  item: Item,
  keys: readonly Key[],
  regions: readonly string[],
): Generator<Call> {
  const vias = regions.flatMap((region) =>
    ["secretsmanager", "ssm", "s3"].map((service) => `${service}.${region}.amazonaws.com`),
  );
  const { arn } = item;
  for (const key of keys) {
    const inItsRegion = arn.text.replace(`:${arn.region}:`, `:${key.arn.split(":")[3]}:`);
    const contexts = [...new Set([arn.text, inItsRegion, `${arn.text}-2`])].map((text) =>
      encryptionContext({ ...arn, text }),
    );
    for (const via of [undefined, ...vias]) {
      for (const [at, context] of contexts.entries()) {
        const asked = { aliases: key.aliases, encryptionContext: context };
        const call = decryptCall(role, { ...item, underKey: { key, asked, services: [] } }, via);
        yield call;
        if (at > 0) continue;
        yield { ...call, key: { ...asked, aliases: ["alias/other"] } };
        yield { ...call, resource: call.resource.replace(/:\d{12}:/, ":999999999999:") };
      }
    }
  }
}

/** What a policy's statements say of what is asked for, so that two that read alike are the same. */
export function readsAs({ statements }: ReadPolicy, calls: Iterable<Call>): string {
  const resources = new Map<string, Set<string>>();
  for (const { resource, action } of calls) {
    resources.set(action, (resources.get(action) ?? new Set()).add(resource));
  }
  const asked = [...resources].map(([action, names]) => [action, [...names]] as const);
  const read = statements.map(({ effect, actions, aboutResource, principals, tests, ...rest }) => ({
    actions: asked
      .filter(([action, names]) => [...actions].some((one) => one === action) && names.some(aboutResource))
      .map(([action]) => action),
    effect,
    resources: [...rest.resources].sort(),
    except: rest.except,
    principals: principals && [principals.everybody, [...principals.accounts], [...principals.roles]],
    tests: tests.map(({ operator, key, wanted }) => [operator, key, wanted]),
  }));
  return JSON.stringify(read.filter(({ actions }) => actions.length > 0));
}

/** As AWS would take it: without what a change left empty. */
export function clean(document: PolicyDocument): PolicyDocument {
  const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;
  const Statement = document.Statement.filter(
    (statement) => !isEmpty(statement.Action) && !isEmpty(statement.Resource),
  ).map((statement) => {
    if (statement.Condition === undefined) return statement;
    const kept = Object.entries(statement.Condition).map(
      ([operator, keys]) =>
        [operator, Object.fromEntries(Object.entries(keys).filter(([, value]) => !isEmpty(value)))] as const,
    );
    return { ...statement, Condition: Object.fromEntries(kept) };
  });
  return { ...document, Statement };
}
