import { modelledActions } from "../../../../model/access/actions";
import type { Thing } from "../../../../model/changes/types";
import { types } from "../../../../policies/view/types";
import { identityOf } from "./identity";
import type { ExportedResource } from "./readExport";
import { type ComparedStatement, statementsOf } from "./statements";

/**
 * The statements of a resource's policies that the other side does not have as well, by whatever name. Those of a resource
 * that is on one side only are told by the resource, but for what its role may read, and who beside services of AWS may
 * assume it.
 *
 * @param same as the other side has it, if it does
 * @param isDecided whether who reads what was decided: a statement about that and nothing else neither widens nor narrows
 */
export function documentsOf(
  resource: ExportedResource,
  same: ExportedResource | undefined,
  isDecided: boolean,
): readonly Thing[] {
  return ["policy", "assumeRolePolicy"].flatMap((property) => {
    const others = new Set(statementsOf(same?.inputs[property]).map(({ content }) => content));
    return statementsOf(resource.inputs[property]).flatMap((statement) => {
      const always = property === "assumeRolePolicy" && statement.namesPeople;
      const grants = resource.type === types.rolePolicy && !isDecided ? grantsIn(resource, statement) : [];
      const thing = statementThing(resource, property, statement, grants.length > 0);
      const isTold = isDecided && property === "policy" && isAboutReading(resource, statement);
      const isNews = (same !== undefined || always) && !others.has(statement.content);
      return [...grants, ...(isNews ? [isTold ? onlyTold(thing) : thing] : [])];
    });
  });
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

/** Resources whose documents the evaluator decides from. */
const decidedTypes: readonly string[] = [
  types.rolePolicy,
  types.managedPolicy,
  types.secret,
  types.secretPolicy,
  types.key,
];

/** What names and describes, and changes nothing: beside what gives values out or decrypts them, of no account here. */
const describing = /^(?:secretsmanager:(?:Describe|List)|kms:(?:Describe|List)|ssm:(?:Describe|List))\w*$/;

/** Whether decisions tell all that a statement opens or refuses. */
function isAboutReading({ type }: ExportedResource, { actions }: ComparedStatement): boolean {
  return (
    decidedTypes.includes(type) &&
    actions.length > 0 &&
    actions.every((action) => modelled.has(action) || action === batch || describing.test(action))
  );
}

const modelled: ReadonlySet<string> = new Set(modelledActions);
/** Asks for GetSecretValue of each secret besides. */
const batch = "secretsmanager:BatchGetSecretValue";

/** Whether a policy that is a resource of its own says nothing but who reads what. */
export function isDecidedAlone(resource: ExportedResource): boolean {
  if (![types.rolePolicy, types.secretPolicy].some((type) => type === resource.type)) return false;
  const statements = statementsOf(resource.inputs["policy"]);
  return statements.length > 0 && statements.every((statement) => isAboutReading(resource, statement));
}

function onlyTold({ kind, stack, about, name, words, facts }: Thing): Thing {
  const told = Object.entries(facts).map(([fact, { value }]) => [fact, { value }] as const);
  return { kind, stack, about, name, words, facts: Object.fromEntries(told) };
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
