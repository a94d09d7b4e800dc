import { isProduction } from "../../view/production";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { numberOf, unknown } from "../../view/values";

const property = "deletionWindowInDays";

export const keyDeletion: Rule = {
  id: "key-deletion",
  title: "A key waits long enough before it is deleted",
  why: "With the key goes everything that was encrypted under it; the waiting period is the only way back",
  remedy: "Leave `deletionWindowInDays` out, for 30 days",
  severity: "high",
  level: "mandatory",
  references: ["FSBP KMS.3"],
  settings: ["production", "minKeyDeletionDays", "minProductionKeyDeletionDays"],
  resource: {
    types: [types.key, types.replicaKey, types.externalKey],
    *check({ props }, settings): Iterable<Finding> {
      const days = numberOf(props[property]);
      const { minKeyDeletionDays, minProductionKeyDeletionDays } = settings;
      if (props[property] === unknown) yield undecided(property);
      else if (days === undefined || days >= minProductionKeyDeletionDays) return;
      else if (days < minKeyDeletionDays) {
        yield finding(property, `is ${days}; at least ${minKeyDeletionDays} are asked for`);
      } else if (isProduction(props, settings) === unknown) yield undecided("tags");
      else if (isProduction(props, settings) === true) {
        yield finding(
          property,
          `is ${days}; at least ${minProductionKeyDeletionDays} are asked for in production`,
        );
      }
    },
  },
};
