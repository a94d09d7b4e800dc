import { isLimitedBy } from "../documents/conditions";
import type { Statement } from "../documents/document";
import { statementsOf } from "../documents/read";
import { includesAction, known } from "../documents/statements";
import type { Value } from "../view/values";
import { reachOf } from "./valueAccess";

/** Reads of one value by name. */
const reading = ["secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters"];
const all = { secrets: true, parameters: true };

/**
 * Does a permissions boundary let every secret, or every parameter, be read? What limits it is which things its allows
 * name, a denial of all but some, or a condition on things or their tags
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
 */
export function readsEverything(boundary: Value): boolean {
  const statements = statementsOf(boundary);
  return reading.some((action) => {
    const about = statements.filter((statement) => includesAction(statement, action));
    return about.some(allowsEverything) && !about.some(deniesMost);
  });
}

function allowsEverything(statement: Statement): boolean {
  if (statement.effect !== "Allow" || isLimitedByThings(statement)) return false;
  return statement.notResources.length > 0 || known(statement.resources).some(isEverything);
}

function isEverything(pattern: string): boolean {
  const reach = reachOf(pattern, all);
  return (
    reach.kind === "everything" ||
    (reach.kind === "scheme" && reach.service === undefined && reach.environment === undefined)
  );
}

/** All but what it names, or all under a condition on the thing. */
function deniesMost(statement: Statement): boolean {
  if (statement.effect !== "Deny") return false;
  const mostly = statement.notResources.length > 0 || known(statement.resources).some(isEverything);
  return mostly && (statement.conditions.length === 0 || aboutThings(statement).length > 0);
}

function isLimitedByThings(statement: Statement): boolean {
  return isLimitedBy(statement, ...aboutThings(statement));
}

/** Keys of conditions on the thing that is read: its tags, its name, whose it is. */
function aboutThings({ conditions }: Statement): readonly string[] {
  return conditions
    .map(({ key }) => key)
    .filter(
      (key) =>
        key.includes("resourcetag/") ||
        key === "secretsmanager:secretid" ||
        key === "secretsmanager:resource/allowrotationlambdaarn" ||
        key.startsWith("aws:resource"),
    );
}
