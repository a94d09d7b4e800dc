import type { Fact, Wider } from "../../../../model/changes/types";
import { record } from "./readExport";
import { canonical } from "./sameDocument";

/** A statement of a policy, as what is compared of it. */
export interface ComparedStatement {
  /** Its Sid, or its place in the document. */
  readonly id: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Whether somebody beside a service of AWS is named, or everybody is. */
  readonly namesPeople: boolean;
  readonly facts: Readonly<Record<string, Fact>>;
  /** One text for all statements that say the same, whatever they are called. */
  readonly content: string;
}

/**
 * The statements of a document, if a text is one. In an Allow more actions, resources and principals are wider, and a
 * condition makes it narrower; in a Deny it is the other way round.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function statementsOf(text: unknown): readonly ComparedStatement[] {
  const document = documentOf(text);
  const given = document["Statement"];
  const list: readonly unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
  const seen = new Set<string>();
  return list.map(record).map((statement, at) => {
    const { Sid: sid, ...said } = statement;
    const id = typeof sid === "string" && !seen.has(sid) ? sid : `statement ${at + 1}`;
    seen.add(id);
    const effect = statement["Effect"] === "Deny" ? "Deny" : "Allow";
    const principals = principalsOf(statement["Principal"]);
    return {
      id,
      effect,
      actions: texts(statement["Action"]),
      resources: texts(statement["Resource"]),
      namesPeople: principals.some((principal) => !principal.startsWith("Service ")),
      facts: { ...elementFacts(statement, effect), ...conditionFacts(statement["Condition"], effect) },
      content: canonical(said),
    };
  });
}

function documentOf(text: unknown): Readonly<Record<string, unknown>> {
  if (typeof text !== "string" || !text.trimStart().startsWith("{")) return {};
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
}

function elementFacts(
  statement: Readonly<Record<string, unknown>>,
  effect: "Allow" | "Deny",
): Readonly<Record<string, Fact>> {
  const facts: Record<string, Fact> = {};
  for (const element of ["Action", "Resource", "Principal"]) {
    const read = element === "Principal" ? principalsOf : texts;
    const [named, others] = [statement[element], statement[`Not${element}`]];
    if (named !== undefined) facts[element] = { value: read(named), wider: turned("more", effect) };
    if (others !== undefined)
      facts[`Not${element}`] = {
        value: read(others),
        wider: turned("fewer", effect),
        absent: effect === "Allow" ? "narrowest" : "widest",
      };
  }
  return facts;
}

/** Values that a condition may meet are alternatives, but those of a negated one, all of which are excluded. */
function conditionFacts(condition: unknown, effect: "Allow" | "Deny"): Readonly<Record<string, Fact>> {
  const facts: Record<string, Fact> = {};
  for (const [operator, keys] of Object.entries(record(condition))) {
    for (const [key, value] of Object.entries(record(keys))) {
      facts[`Condition ${operator} ${key}`] = {
        value: texts(value),
        wider: directionOf(operator, effect),
        absent: effect === "Allow" ? "widest" : "narrowest",
      };
    }
  }
  return facts;
}

/** Of numbers, dates and truths anything that changes is to be looked at. */
function directionOf(operator: string, effect: "Allow" | "Deny"): Wider {
  const plain = operator.replace(/^For(?:Any|All)Values?:/, "").replace(/IfExists$/, "");
  if (!/^(?:String|Arn|IpAddress|NotIpAddress)/.test(plain)) return "any";
  return turned(plain.includes("Not") ? "fewer" : "more", effect);
}

function turned(wider: "more" | "fewer", effect: "Allow" | "Deny"): Wider {
  return effect === "Allow" ? wider : wider === "more" ? "fewer" : "more";
}

function principalsOf(principal: unknown): readonly string[] {
  if (typeof principal === "string") return [principal];
  return Object.entries(record(principal)).flatMap(([kind, names]) =>
    texts(names).map((name) => `${kind} ${name}`),
  );
}

function texts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.map((entry) => (typeof entry === "string" ? entry : JSON.stringify(entry)));
}
