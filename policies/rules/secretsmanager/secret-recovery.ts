import { isProduction } from "../../view/production";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { numberOf, unknown } from "../../view/values";

export const secretRecovery: Rule = {
  id: "secret-recovery",
  title: "A deleted secret can be restored",
  why: "With a window of 0 days a mistaken deletion is final at once, for every service that reads the secret",
  remedy: "Leave `recoveryWindowInDays` out, for 30 days, or set 7 to 30",
  severity: "medium",
  level: "mandatory",
  references: ["AWS Secrets Manager user guide: delete a secret"],
  settings: ["production", "minRecoveryDays"],
  resource: {
    types: [types.secret],
    *check({ props }, settings): Iterable<Finding> {
      const property = "recoveryWindowInDays";
      if (props[property] === unknown) {
        yield undecided(property);
        return;
      }
      const days = numberOf(props[property]);
      if (days === undefined || days >= settings.minRecoveryDays) return;
      if (days === 0) {
        yield finding(property, "is 0, so that a deletion is final at once");
        return;
      }
      const production = isProduction(props, settings);
      if (production === unknown) yield undecided(props["name"] === unknown ? "name" : "tags");
      else if (production) {
        yield finding(
          property,
          `is ${days}; at least ${settings.minRecoveryDays} are asked for in production`,
        );
      }
    },
  },
};
