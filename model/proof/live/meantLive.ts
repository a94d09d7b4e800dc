import { accountInArn } from "../../aws/accountInArn";
import { covers, hasWildcard } from "../../aws/patterns";
import { administratorArns } from "../../documents/people";
import { isObject } from "../../access/conditions";
import type { AccessDocuments, PrincipalDocuments } from "../../access/input";
import type { Plan } from "../../plan/types";
import { administrator, concrete, rotatorsElsewhere } from "../assumed";
import { type Intention, intention } from "../intention";

/**
 * The intention for the roles that there are. Beside those of the Plan: a role that a pattern of the settings or of AWS's functions
 * stands for is meant as the pattern is; one whose own policies allow everything is meant as an administrator of its
 * account. Of roles in accounts that were not read nothing is expected.
 */
export function meantLive(plan: Plan, { principals, items }: AccessDocuments): Intention {
  const meant = intention(plan, items);
  const { partition, stacks } = plan.organisation;
  const patterns = [
    ...new Set([
      ...stacks.flatMap(({ account }) => administratorArns(plan.organisation, account)),
      ...rotatorsElsewhere(plan),
    ]),
  ].filter(hasWildcard);
  const found = new Map<string, ReadonlySet<string>>();
  for (const principal of principals) {
    const { arn } = principal;
    const account = accountInArn(arn);
    const own = meant.get(arn);
    const like = own === undefined ? patterns.filter((pattern) => covers(pattern, arn)) : [];
    const names = [
      ...like.map(concrete),
      ...(mayDoEverything(principal) ? [administrator(partition, account)] : []),
    ];
    const all = [own ?? new Set<string>(), ...names.map((name) => meant.get(name) ?? new Set<string>())];
    found.set(arn, new Set(all.flatMap((set) => [...set])));
  }
  return found;
}

/** Whether one statement allows every action on everything, whatever else is said. */
function mayDoEverything({ policies }: PrincipalDocuments): boolean {
  return policies.some(({ document }) => {
    const { Statement } = (typeof document === "string" ? JSON.parse(document) : document) as {
      readonly Statement?: unknown;
    };
    const all: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
    return all.some(
      (statement) =>
        isObject(statement) &&
        statement["Effect"] === "Allow" &&
        statement["Condition"] === undefined &&
        [statement["Action"], statement["Resource"]].flat().join(" ") === "* *",
    );
  });
}
