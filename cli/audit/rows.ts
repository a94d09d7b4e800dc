import { stripVTControlCharacters } from "node:util";
import type { Row } from "../../model/audit/tally";
import type { RoleIdentity } from "../../model/plan/types";
import { itemPath } from "../operations/item";

/** One row of the report, in words; times are ISO 8601 in UTC. */
export interface ReportedRow {
  /** `orders/prod/database`; empty where the records do not name it. */
  readonly item: string;
  readonly environment: string;
  readonly account: string;
  /** ARN of a role or user, a service, or an account. */
  readonly principal: string;
  readonly session: string;
  /** `orders/prod/api` */
  readonly consumer: string;
  readonly from: string;
  readonly endpoint: string;
  readonly verdict: Row["finding"];
  readonly reads: number;
  readonly decrypts: number;
  readonly denied: number;
  readonly first: string;
  readonly last: string;
}

/** A read, not only an attempt, that nothing in the manifests or settings explains. */
export function isUnexplained({ finding, reads, decrypts }: Row): boolean {
  return finding === "unexplained" && reads + decrypts > 0;
}

export function reported(row: Row): ReportedRow {
  const { item, principal, several, endpoint, finding, reads, decrypts, denied, first, last } = row;
  const reader = item?.readers.find(({ arn }) => arn === principal.name);
  return {
    item: item === undefined ? "" : itemPath(item),
    environment: item?.environment ?? "",
    account: printable(principal.account),
    principal: printable(principal.name),
    session: printable(principal.session ?? ""),
    consumer: reader === undefined ? "" : consumerOf(reader),
    from: several ? "several" : printable(row.from),
    endpoint: printable(endpoint),
    verdict: finding,
    reads,
    decrypts,
    denied,
    first: printable(first),
    last: printable(last),
  };
}

export function consumerOf({ service, environment, consumer }: RoleIdentity): string {
  return `${service}/${environment}/${consumer}`;
}

/** A file may hold anything; a terminal gets nothing that steers it. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/[\u0000-\u001f\u007f-\u009f]/g, "");
}
