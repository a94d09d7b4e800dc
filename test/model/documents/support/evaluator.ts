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
  /** Set, to the ARN of the provider, for one who comes with a token of it. */
  readonly provider?: string;
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
  if (caller.provider !== undefined) return many(principal["Federated"] ?? []).includes(caller.provider);
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
  const [, set, plain = "", ifExists] = /^(ForAnyValue:|ForAllValues:)?(.*?)(IfExists)?$/.exec(operator)!;
  const found = contextValue(key, request);
  const missing = found.length === 0;
  if (plain === "Null") return values.includes(String(missing));
  const negated = plain.includes("Not");
  const compare = comparison(plain.replace("Not", ""));
  const passes = (value: string) => values.some((wanted) => compare(value, wanted)) !== negated;
  if (set === "ForAllValues:") return found.every(passes);
  if (set === "ForAnyValue:") return found.some(passes);
  return missing ? negated || ifExists !== undefined : found.some(passes);
}

function comparison(operator: string): (value: string, wanted: string) => boolean {
  switch (operator) {
    case "Bool":
    case "StringEquals":
      return (value, wanted) => value === wanted;
    case "StringLike":
      return (value, wanted) => matches(wanted, value);
    case "ArnEquals":
    case "ArnLike":
      return matchesArn;
    case "NumericLessThan":
      return (value, wanted) => Number(value) < Number(wanted);
    default:
      throw new Error(`the tests do not know the operator ${operator}`);
  }
}

function contextValue(key: string, { caller, context = {} }: Request): readonly string[] {
  const own: Readonly<Record<string, OneOrMany>> =
    caller.service === undefined && caller.provider === undefined
      ? {
          "aws:PrincipalArn": caller.arn,
          "aws:PrincipalAccount": caller.account,
          // Empty for an account in no organisation.
          "aws:PrincipalOrgID": caller.organisation === "" ? [] : caller.organisation,
        }
      : {};
  const same = ([name]: readonly [string, OneOrMany]) => name.toLowerCase() === key.toLowerCase();
  const [, value] = Object.entries({ ...context, ...own }).find(same) ?? [];
  return many(value ?? []);
}

/**
 * Each of the six parts by itself, the last with its colons.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function matchesArn(arn: string, pattern: string): boolean {
  const six = (text: string) => /^(.*?):(.*?):(.*?):(.*?):(.*?):(.*)$/s.exec(text)?.slice(1);
  const [found, wanted] = [six(arn), six(pattern)];
  if (found === undefined || wanted === undefined) return matches(pattern, arn);
  return wanted.every((part, at) => matches(part, found[at]!));
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
