/**
 * A second reading of IAM's evaluation rules, written for these tests alone and from AWS's own text, so that a mistake
 * in the documents is not repeated by the thing that judges them. It knows the operators our documents use and throws
 * on any other.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */

export type Verdict = "allow" | "deny" | "nothing";

export interface Caller {
  readonly arn: string;
  readonly account: string;
  readonly organisation: string;
  /** Set for an AWS service that calls as itself; then nothing above counts. */
  readonly service?: string;
}

export interface Request {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  /** Condition keys beside those that follow from the caller. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

type OneOrMany = string | readonly string[];

interface ReadStatement {
  readonly Effect: string;
  readonly Principal?: "*" | Readonly<Record<string, OneOrMany>>;
  readonly Action: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly NotResource?: OneOrMany;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;
}

/** `text` is the document as AWS gets it. An explicit Deny stands above every Allow. */
export function decide(text: string, request: Request): Verdict {
  const { Statement } = JSON.parse(text) as { Statement: readonly ReadStatement[] };
  const applying = Statement.filter((statement) => applies(statement, request)).map(({ Effect }) => Effect);
  return applying.includes("Deny") ? "deny" : applying.includes("Allow") ? "allow" : "nothing";
}

/** Several documents of one kind, such as all policies of a role. */
export function decideAll(texts: readonly string[], request: Request): Verdict {
  const decisions = texts.map((text) => decide(text, request));
  return decisions.includes("deny") ? "deny" : decisions.includes("allow") ? "allow" : "nothing";
}

function applies(statement: ReadStatement, request: Request): boolean {
  return (
    (statement.Principal === undefined || isNamed(statement.Principal, request.caller)) &&
    many(statement.Action).some((pattern) => matches(pattern.toLowerCase(), request.action.toLowerCase())) &&
    aboutResource(statement, request.resource) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, key, many(values), request)),
    )
  );
}

function isNamed(principal: NonNullable<ReadStatement["Principal"]>, caller: Caller): boolean {
  if (principal === "*") return true;
  if (many(principal["AWS"] ?? []).includes("*")) return true;
  if (caller.service !== undefined) return many(principal["Service"] ?? []).includes(caller.service);
  return many(principal["AWS"] ?? []).some(
    (name) => name === caller.account || name === caller.arn || name === rootOf(caller),
  );
}

function rootOf({ arn, account }: Caller): string {
  return `${arn.split(":").slice(0, 4).join(":")}:${account}:root`;
}

function aboutResource({ Resource, NotResource }: ReadStatement, resource: string): boolean {
  if (NotResource !== undefined) return !many(NotResource).some((pattern) => matches(pattern, resource));
  // A trust names no resource: it is its role's.
  return Resource === undefined || many(Resource).some((pattern) => matches(pattern, resource));
}

function holds(operator: string, key: string, values: readonly string[], request: Request): boolean {
  const found = contextValue(key, request);
  const any = (test: (value: string, wanted: string) => boolean) =>
    found.some((value) => values.some((wanted) => test(value, wanted)));
  switch (operator) {
    case "Bool":
    case "StringEquals":
    case "ForAnyValue:StringEquals":
      return any((value, wanted) => value === wanted);
    case "ForAllValues:StringEquals":
      return found.every((value) => values.includes(value));
    case "Null":
      return values.includes(String(found.length === 0));
    case "StringLike":
    case "ArnEquals":
    case "ArnLike":
      return any((value, wanted) => matches(wanted, value));
    case "NumericLessThan":
      return any((value, wanted) => Number(value) < Number(wanted));
    case "ArnNotLike":
      return !any((value, wanted) => matches(wanted, value));
    default:
      throw new Error(`the tests do not know the operator ${operator}`);
  }
}

function contextValue(key: string, { caller, context = {} }: Request): readonly string[] {
  const own: Readonly<Record<string, OneOrMany>> =
    caller.service === undefined
      ? {
          "aws:PrincipalArn": caller.arn,
          "aws:PrincipalAccount": caller.account,
          "aws:PrincipalOrgID": caller.organisation,
        }
      : {};
  return many(own[key] ?? context[key] ?? []);
}

/** `*` stands for any characters, `?` for exactly one. */
function matches(pattern: string, text: string): boolean {
  let [at, next, star, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[next] === "*") [star, resume] = [next++, at];
    else if (next < pattern.length && (pattern[next] === "?" || pattern[next] === text[at]))
      [at, next] = [at + 1, next + 1];
    else if (star >= 0) [at, next] = [++resume, star + 1];
    else return false;
  }
  while (pattern[next] === "*") next++;
  return next === pattern.length;
}

function many(value: OneOrMany): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
