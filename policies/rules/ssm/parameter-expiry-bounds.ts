import { longestExpiryDays, shortestWarningDays } from "../../../model/limits";
import { finding, undecided, type Finding, type Rule } from "../rule";
import type { Settings } from "../../pack/settings";
import { types } from "../../view/types";
import { booleanOf, isPresent, numberOf, objectOf, type Properties, unknown } from "../../view/values";

export const parameterExpiryBounds: Rule = {
  id: "parameter-expiry-bounds",
  title: "A parameter expires soon enough, and its owner is told early enough",
  why: "An expiry beyond a quarter is no expiry, and a notice a day before leaves no time to get a new value",
  remedy: `Let it expire after at most ${longestExpiryDays} days and warn at least ${shortestWarningDays} days before`,
  severity: "medium",
  level: "mandatory",
  references: ["AWS Systems Manager user guide: assigning parameter policies"],
  settings: ["maxExpiryDays", "minNoticeDays"],
  resource: {
    types: [types.expiringParameter],
    *check({ props }, settings): Iterable<Finding> {
      if (props["expires"] === unknown) {
        yield undecided("expires");
        return;
      }
      const expires = objectOf(props["expires"]);
      if (booleanOf(expires["never"]) === true) return;
      yield* checkExpiry(expires, settings);
      yield* checkNotice(expires, settings);
    },
  },
};

function* checkExpiry({ afterDays }: Properties, { maxExpiryDays }: Settings): Iterable<Finding> {
  const days = numberOf(afterDays);
  if (afterDays === unknown) yield undecided("expires.afterDays");
  else if (days !== undefined && days > maxExpiryDays) {
    yield finding("expires.afterDays", `is ${days}; at most ${maxExpiryDays} are allowed`);
  }
}

function* checkNotice(expires: Properties, { minNoticeDays }: Settings): Iterable<Finding> {
  const property = "expires.warnDays";
  const [after, warn] = [numberOf(expires["afterDays"]), numberOf(expires["warnDays"])];
  if (expires["warnDays"] === unknown) yield undecided(property);
  else if (!isPresent(expires["warnDays"])) yield finding(property, "is missing, so nobody is told");
  else if (warn !== undefined && warn < minNoticeDays) {
    yield finding(property, `is ${warn}; at least ${minNoticeDays} are asked for`);
  } else if (warn !== undefined && after !== undefined && warn >= after) {
    yield finding(
      property,
      `is ${warn}, and the parameter expires after ${after}: the notice would come at once`,
    );
  }
}
