import type { ReadPolicy } from "../../access/policies";
import type { Item } from "../../access/types";
import type { Organisation } from "../../organisation/types";
import type { ParameterPlan } from "../../plan/types";
import { administrator } from "../assumed";
import type { Layer } from "./layer";
import { readCalls, strangersTo } from "./probes";
import { subjectsOf } from "./subjects";

/** A parameter's shares: with the accounts of its readers, as long as they are of the organisation; not its past. */
export function shareLayer(
  organisation: Organisation,
  parameter: ParameterPlan,
  item: Item,
  policy: ReadPolicy,
): Layer {
  const accounts = new Set(
    parameter.readers.map(({ account }) => account).filter((account) => account !== parameter.account),
  );
  // Somebody has to ask, where nobody is meant to read.
  const own = administrator(organisation.partition, parameter.account);
  const readers = [...parameter.readers.map(({ arn }) => arn), own].map(subjectsOf(organisation));
  return {
    policy,
    probes: readers.flatMap((by) => [by, ...strangersTo(by)].flatMap((one) => readCalls(one, item))),
    allows: ({ by, action }) =>
      accounts.has(by.account) &&
      by.organisation === organisation.id &&
      (action === "ssm:GetParameter" || action === "ssm:GetParameters")
        ? "account"
        : undefined,
    denies: () => false,
  };
}
