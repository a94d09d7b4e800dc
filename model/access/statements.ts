import { coversAction, hasWildcard } from "../aws/patterns";
import { type ModelledAction, modelledActions, modelledServices } from "./actions";
import { isObject, readConditions, type Test } from "./conditions";
import { likeOneOf, type Matcher, parts } from "./match";
import actionNames from "./names.json";
import type { Unmodelled } from "./notModelled";
import { readPrincipals } from "./principals";
import type { Principals } from "./subjects";

/** What a policy is attached to decides which elements it has. */
export type PolicyKind = "identity" | "resource";

export interface ReadStatement {
  /** Its Sid, or its place in the document, from 1. */
  readonly name: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: ReadonlySet<ModelledAction>;
  /** What `Resource` says, or `NotResource` where `except`. */
  readonly resources: readonly string[];
  readonly except: boolean;
  readonly aboutResource: Matcher;
  /** Only in a resource's policy. */
  readonly principals?: Principals;
  readonly tests: readonly Test[];
}

const elements: Readonly<Record<PolicyKind, readonly string[]>> = {
  identity: ["Sid", "Effect", "Action", "Resource", "NotResource", "Condition"],
  resource: ["Sid", "Effect", "Principal", "Action", "Resource", "NotResource", "Condition"],
};

/**
 * One statement; undefined where none of its actions opens a value, and then its conditions are not read either.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readStatement(
  statement: unknown,
  place: number,
  kind: PolicyKind,
  note: Unmodelled,
): ReadStatement | undefined {
  if (!isObject(statement)) return void note(`statement ${place}, which is no object`);
  const name =
    typeof statement["Sid"] === "string" && statement["Sid"] !== "" ? statement["Sid"] : String(place);
  const here: Unmodelled = (reason) => note(`statement ${name}: ${reason}`);
  for (const element of Object.keys(statement)) {
    if (!elements[kind].includes(element))
      here(`the element ${element} in a policy of a ${kind === "identity" ? "role" : kind}`);
  }
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny") return void here(`the Effect ${JSON.stringify(effect)}`);
  const actions = readActions(statement["Action"], here);
  if (actions.size === 0) return undefined;
  const except = statement["NotResource"] !== undefined;
  const resources = readResources(statement, here);
  return {
    name,
    effect,
    actions,
    resources,
    except,
    aboutResource: except ? not(likeOneOf(resources)) : likeOneOf(resources),
    ...(kind === "resource" && { principals: readPrincipals(statement["Principal"], here) }),
    tests: readConditions(statement["Condition"], here),
  };
}

/** Those of the modelled actions that the patterns cover. */
function readActions(action: unknown, note: Unmodelled): ReadonlySet<ModelledAction> {
  const patterns = texts(action);
  if (patterns === undefined) note("an Action that is no text or list of texts");
  const found = new Set<ModelledAction>();
  for (const pattern of patterns ?? []) {
    const { covered, wrong } = coverage(pattern);
    if (wrong !== undefined) note(wrong);
    for (const one of covered) found.add(one);
  }
  return found;
}

interface Coverage {
  readonly covered: readonly ModelledAction[];
  readonly wrong?: string;
}

/** The same few patterns stand in every role's policy. */
const coverages = new Map<string, Coverage>();

function coverage(pattern: string): Coverage {
  const known = coverages.get(pattern);
  if (known !== undefined) return known;
  const wrong = wrongAction(pattern);
  const made = {
    covered: modelledActions.filter((one) => coversAction(pattern, one)),
    ...(wrong !== undefined && { wrong }),
  };
  coverages.set(pattern, made);
  return made;
}

function wrongAction(pattern: string): string | undefined {
  if (pattern === "*") return undefined;
  const [, service = "", name = ""] = /^([^:]*):(.*)$/s.exec(pattern) ?? [];
  if (service === "" || name === "") return `the action ${JSON.stringify(pattern)}`;
  if (hasWildcard(service)) return `a wildcard in the service of the action ${pattern}`;
  const known = modelledServices.find((one) => one === service.toLowerCase());
  return known === undefined || actionNames[known].some((one) => coversAction(name, one))
    ? undefined
    : `the action ${pattern}, which ${known} does not have`;
}

function readResources(statement: Readonly<Record<string, unknown>>, note: Unmodelled): readonly string[] {
  if (statement["Resource"] !== undefined && statement["NotResource"] !== undefined) {
    note("both Resource and NotResource");
  }
  const resources = texts(statement["NotResource"] ?? statement["Resource"]);
  if (resources === undefined) note("a Resource that is no text or list of texts");
  for (const resource of resources ?? []) {
    if (resource.includes("${")) note(`a policy variable in the resource ${resource}`);
    if (resource !== "*" && (parts(resource).length < 6 || !resource.startsWith("arn:"))) {
      note(`the resource ${JSON.stringify(resource)}, which is no ARN`);
    }
  }
  return resources ?? [];
}

function texts(value: unknown): readonly string[] | undefined {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.length > 0 && all.every((one) => typeof one === "string") ? all : undefined;
}

function not(matches: Matcher): Matcher {
  return (text) => !matches(text);
}
