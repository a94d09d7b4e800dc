import type { Call } from "../../../../model/access/call";
import { PolicyReader, type ReadPolicy } from "../../../../model/access/policies";
import { NotModelled } from "../../../../model/access/notModelled";
import type { PolicyKind } from "../../../../model/access/statements";
import type { PolicyDocument } from "../../../../model/documents/policy";

/** What one layer says of calls, by itself. */

export function readAlone(document: PolicyDocument, kind: PolicyKind): ReadPolicy {
  const reader = new PolicyReader();
  const policy = reader.read({ name: "document", document }, kind);
  if (reader.reasons.length > 0) throw new NotModelled(reader.reasons);
  return policy;
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
