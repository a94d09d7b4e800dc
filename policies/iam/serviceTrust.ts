import type { ServicePlace, SourceKey } from "../../model/aws/servicePrincipals";
import { serviceName, serviceUse } from "../../model/aws/serviceUse";
import { barringKeys, neededKeys } from "../documents/conditions";
import type { Statement } from "../documents/document";
import { unknown } from "../view/values";
import { limitsSource } from "./limits";

/** The services a statement names, without the partition's ending and the region: `ecs-tasks`, `lambda`. */
export function servicesIn(statement: Statement): readonly string[] {
  return statement.principals.flatMap(({ kind, value }) =>
    kind === "Service" && value !== unknown ? [serviceName(value) ?? value] : [],
  );
}

/** Keys by which services tell for whom they act, as they stand in requests. */
const sources: ReadonlyMap<string, string> = new Map(
  ["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceOwner"].map(
    (key) => [key.toLowerCase(), key],
  ),
);

/**
 * The organisation of whom a service acts for stands in every request that says for whom.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceorgid
 */
const withAny = ["aws:SourceOrgID", "aws:SourceOrgPaths"];

/** Keys that AWS says a service sends at a place, in lower case; undefined for a service whose keys are not known here. */
export function sourcesSent(service: string, place: ServicePlace): readonly string[] | undefined {
  const use = serviceUse(service, place);
  return use && withOrganisation(use.sends);
}

/** With what only one of its pages says that it sends. */
function sourcesPerhapsSent(service: string, place: ServicePlace): readonly string[] | undefined {
  const use = serviceUse(service, place);
  return use && withOrganisation([...use.sends, ...(use.disputed?.keys ?? [])]);
}

function withOrganisation(sent: readonly SourceKey[]): readonly string[] {
  return sent.length > 0 ? [...sent, ...withAny].map((key) => key.toLowerCase()) : [];
}

/**
 * The key for whose lack a statement allows a service nothing, or denies it everything: one that AWS does not say it
 * sends there. Undefined where there is none, and for services whose keys are not known here.
 */
export function unsentSource(statement: Statement, service: string, place: ServicePlace): string | undefined {
  const sent = sourcesPerhapsSent(service, place);
  if (sent === undefined) return undefined;
  const keys = statement.effect === "Deny" ? barringKeys(statement) : neededKeys(statement);
  return keys.flatMap((key) => (sent.includes(key) ? [] : (sources.get(key) ?? []))).at(0);
}

/**
 * Does the statement let a service act for anyone, where it says for whom it does? Of a service whose keys are not known
 * here, only a condition can tell that it does: one that limits nothing.
 */
export function isForAnyone(statement: Statement, service: string, place: ServicePlace): boolean {
  const sent = sourcesSent(service, place) ?? neededKeys(statement).filter((key) => sources.has(key));
  return sent.length > 0 && !limitsSource(statement, sent);
}
