import type { Thing } from "../../../../model/changes/types";
import { types } from "../../../../policies/view/types";
import { identityOf } from "./identity";
import type { ExportedResource } from "./readExport";
import { type ComparedStatement, statementsOf } from "./statements";

/**
 * The statements of a resource's policies. Those of a resource that is on one side only are told by the resource, but for
 * what its role may read, and who beside services of AWS may assume it.
 */
export function documentsOf(resource: ExportedResource, isOnBoth: boolean): readonly Thing[] {
  return ["policy", "assumeRolePolicy"].flatMap((property) =>
    statementsOf(resource.inputs[property]).flatMap((statement) => {
      const always = property === "assumeRolePolicy" && statement.namesPeople;
      const grants = resource.type === types.rolePolicy ? grantsIn(resource, statement) : [];
      const isGrant = grants.length > 0;
      return [
        ...grants,
        ...(isOnBoth || always ? [statementThing(resource, property, statement, isGrant)] : []),
      ];
    }),
  );
}

function statementThing(
  resource: ExportedResource,
  property: string,
  { id, effect, facts, resources }: ComparedStatement,
  isGrant: boolean,
): Thing {
  const { stack, about, name, words } = identityOf(resource);
  const part = property === "assumeRolePolicy" ? "trust" : "policy";
  const others = Object.fromEntries(Object.entries(facts).filter(([element]) => element !== "Resource"));
  return {
    kind: "document",
    stack,
    about,
    // Another effect makes it another statement.
    name: `${name} ${property} ${effect} ${id}`,
    words: `${part} of ${words}: ${effect} ${id}`,
    ...(isGrant ? {} : { wider: effect === "Allow" ? ("added" as const) : ("removed" as const) }),
    // Each thing that it may read is a grant by itself.
    facts: isGrant && resources.length > 0 ? others : facts,
  };
}

/** Actions that give a value. */
const readActions =
  /^(?:\*|secretsmanager:(?:\*|Get\*|GetSecretValue|BatchGetSecretValue|GetSecret\*)|ssm:(?:\*|Get\*|GetParameter.*))$/i;

function grantsIn(resource: ExportedResource, statement: ComparedStatement): readonly Thing[] {
  const { effect, actions, resources } = statement;
  if (effect !== "Allow" || !actions.some((action) => readActions.test(action))) return [];
  const { stack, about } = identityOf(resource);
  const role = String(resource.inputs["role"]);
  return resources.map((arn) => ({
    kind: "grant",
    stack,
    about,
    name: `${role} ${arn}`,
    words: `role ${role} may read ${itemOf(arn)}`,
    wider: "added",
    facts: {},
  }));
}

/** `secret billing/prod/token`, `parameter /billing/prod/level`; whatever else it is, whole. */
function itemOf(arn: string): string {
  const [, kind, name] = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:(secret:|parameter)(.+)$/.exec(arn) ?? [];
  if (kind === "secret:") return `secret ${(name ?? "").replace(/-\?{6}$/, "")}`;
  return kind === "parameter" ? `parameter ${name}` : arn;
}
