import type { Statement } from "../../documents/document";
import { ownersOf } from "../../iam/grantOwners";
import { grantsOf, type Grant } from "../../iam/grants";
import { reachOf, readsValues } from "../../iam/valueAccess";
import type { Rule, StackFinding } from "../rule";
import type { Settings } from "../../pack/settings";
import { unknown } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const iamSecretRead: Rule = {
  id: "iam-secret-read",
  title: "A policy lets read the values of one service's environment",
  why: "A role that reads what other services own turns one break-in into all of them",
  remedy: "Name the service's own items, or share the item in its owner's manifest (`shareWith`)",
  severity: "critical",
  level: "mandatory",
  references: ["cdk-nag AwsSolutions-IAM5", "FSBP IAM.21"],
  settings: ["sharing", "branchReaders", "boundaries", "environments"],
  stack: {
    *check(stack, settings): Iterable<StackFinding> {
      for (const grant of grantsOf(stack, settings)) yield* checkGrant(grant, settings);
    },
  },
};

function* checkGrant(grant: Grant, settings: Settings): Iterable<StackFinding> {
  const { owners, exempt, open } = ownersOf(grant, settings);
  if (exempt) return;
  const services = [...new Set(owners.flatMap(({ service }) => service ?? []))];
  const found = [...judgeGrant(grant, services.length === 0 ? [undefined] : services, settings)];
  yield* found;
  if (open === undefined || found.length > 0) return;
  // Of whatever service the role is: does it matter?
  const matters = [...judgeGrant(grant, [""], settings)].some((one) => one.undecided !== true);
  if (matters) yield open;
}

/** The service whose values may be read; without a role that tells, that of the first value that is named. */
interface Scope {
  service: string | undefined;
}

function* judgeGrant(
  { resource, documents }: Grant,
  services: readonly (string | undefined)[],
  settings: Settings,
): Iterable<StackFinding> {
  const scopes = services.map((service): Scope => ({ service }));
  const judge = (statement: Statement): StatementFinding =>
    scopes.map((scope) => judgeStatement(statement, scope, settings)).find((found) => found !== undefined);
  for (const found of judgeStatements(documents, judge)) yield { ...found, urn: resource.urn };
}

function judgeStatement(statement: Statement, scope: Scope, settings: Settings): StatementFinding {
  const reads = readsValues(statement);
  if (!reads.secrets && !reads.parameters) return undefined;
  if (statement.notResources.length > 0) return "lets read every value but some";
  let open = statement.effect === unknown;
  for (const pattern of statement.resources) {
    const reach = reachOf(pattern, reads);
    if (reach.kind === "unknown") open = true;
    else if (reach.kind === "everything" || reach.kind === "many") return "lets read values of every service";
    else if (reach.kind === "scheme") {
      if (reach.service === undefined) return "lets read values of every service";
      if (reach.environment === undefined) return `lets read values of every environment of ${reach.service}`;
      scope.service ??= reach.service;
      const shared = settings.sharing.some(
        ({ owner, item, with: readers }) =>
          owner === reach.service && item === reach.item && readers.includes(scope.service ?? ""),
      );
      if (reach.service !== scope.service && !shared) {
        return `lets read values of ${reach.service}, which does not share them with ${scope.service}`;
      }
    }
  }
  return open ? unknown : undefined;
}
