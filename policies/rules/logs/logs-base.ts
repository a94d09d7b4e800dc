import { keyChoice } from "../../view/keys";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { numberOf, unknown } from "../../view/values";

export const logsBase: Rule = {
  id: "logs-base",
  title: "A log group is encrypted with a customer-managed key and kept for a stated time",
  why: "Logs repeat what programs print, and kept for ever they are the longest-lived copy of it",
  remedy: "Set `kmsKeyId` and `retentionInDays`",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP CloudWatch.16", "Checkov CKV_AWS_158", "Checkov CKV_AWS_66"],
  resource: {
    types: [types.logGroup],
    *check({ props }): Iterable<Finding> {
      const days = props["retentionInDays"];
      if (days === unknown) yield undecided("retentionInDays");
      else if ((numberOf(days) ?? 0) === 0)
        yield finding("retentionInDays", "is missing, so that events never expire");
      if (keyChoice(props["kmsKeyId"]) !== "customer-managed")
        yield finding("kmsKeyId", "names no key of your own");
    },
  },
};
