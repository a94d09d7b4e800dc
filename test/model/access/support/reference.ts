import { decide, decideAll, type Request, type Verdict } from "../../documents/support/evaluator";

/**
 * AWS's evaluation over whole documents, written for the tests alone over their own evaluator and from AWS's pages, so
 * that nothing of `model/access` judges itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export interface ReferenceCase {
  readonly request: Request;
  readonly owner: string;
  readonly isKey: boolean;
  readonly identity: readonly string[];
  readonly boundary?: string;
  readonly controls?: readonly (readonly string[])[];
  readonly resource?: string;
  readonly endpoint?: string;
}

export function referenceAllows(one: ReferenceCase): boolean {
  const { request, owner, isKey, identity, boundary, controls = [], resource, endpoint } = one;
  const own = decideAll(identity, request);
  const limits: readonly Verdict[] = [
    ...controls.map((level) => decideAll(level, request)),
    ...(endpoint === undefined ? [] : [decide(endpoint, request)]),
  ];
  const limit: Verdict = boundary === undefined ? "allow" : decide(boundary, request);
  const theirs: Verdict = resource === undefined ? "nothing" : decide(resource, request);
  if ([own, limit, theirs, ...limits].includes("deny")) return false;
  if (limits.includes("nothing")) return false;
  const both = own === "allow" && limit === "allow";
  if (owner !== request.caller.account) return both && theirs === "allow";
  const directly = (names: (name: string) => boolean) =>
    resource !== undefined && decide(onlyFor(resource, names), request) === "allow";
  if (directly((name) => name === "*")) return true;
  if (directly((name) => name === request.caller.arn)) return limit === "allow";
  return both && (!isKey || theirs === "allow");
}

type Principal = "*" | Readonly<Record<string, string | readonly string[]>>;

/** The document with only those principals left in its Allow statements. */
function onlyFor(text: string, keep: (name: string) => boolean): string {
  const document = JSON.parse(text) as { Statement: readonly { Effect: string; Principal: Principal }[] };
  const Statement = document.Statement.flatMap((statement) => {
    if (statement.Effect === "Deny") return [statement];
    const { Principal } = statement;
    const names = Principal === "*" ? ["*"] : [Principal["AWS"] ?? []].flat();
    const kept = names.filter(keep);
    return kept.length > 0 ? [{ ...statement, Principal: { AWS: kept } }] : [];
  });
  return JSON.stringify({ ...document, Statement });
}
