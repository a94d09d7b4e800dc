import { keyChoice } from "../../view/keys";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { booleanOf, isPresent, unknown } from "../../view/values";

export const trailBase: Rule = {
  id: "trail-base",
  title: "A trail covers every region, is validated, encrypted and searchable",
  why: "Reads in a region nobody watches, or in a file somebody changed, are reads nobody can show",
  remedy: "Set `isMultiRegionTrail`, `enableLogFileValidation`, `kmsKeyId` and `cloudWatchLogsGroupArn`",
  severity: "high",
  level: "mandatory",
  references: [
    "FSBP CloudTrail.1",
    "FSBP CloudTrail.2",
    "FSBP CloudTrail.4",
    "FSBP CloudTrail.5",
    "CIS AWS 3.0 3.1",
    "CIS AWS 3.0 3.2",
    "CIS AWS 3.0 3.5",
  ],
  resource: {
    types: [types.trail],
    *check({ props }): Iterable<Finding> {
      for (const property of ["isMultiRegionTrail", "enableLogFileValidation"]) {
        if (props[property] === unknown) yield undecided(property);
        else if (booleanOf(props[property]) !== true) yield finding(property, "is off, as by default");
      }
      for (const property of ["enableLogging", "includeGlobalServiceEvents"]) {
        if (props[property] === unknown) yield undecided(property);
        else if (booleanOf(props[property]) === false) yield finding(property, "is off");
      }
      if (keyChoice(props["kmsKeyId"]) !== "customer-managed")
        yield finding("kmsKeyId", "names no key of your own");
      if (!isPresent(props["cloudWatchLogsGroupArn"])) {
        yield finding("cloudWatchLogsGroupArn", "is missing, so no metric filter sees the events");
      }
    },
  },
};
