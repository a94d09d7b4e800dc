import { finding, undecided, type Finding, type Rule } from "../../rule";
import type { Settings } from "../../settings";
import { types } from "../../types";
import { booleanOf, isPresent, numberOf, objectOf, unknown } from "../../values";

export const parameterExpiryBounds: Rule = {
  id: "parameter-expiry-bounds",
  title: "A parameter expires soon enough, and its owner is told early enough",
  why: "An expiry beyond a quarter is no expiry, and a notice a day before leaves no time to get a new value",
  remedy: "Let it expire after at most 90 days and warn at least 14 days before",
  severity: "medium",
  level: "mandatory",
  references: ["AWS Systems Manager user guide: assigning parameter policies"],
  settings: ["maxExpiryDays", "minNoticeDays"],
  resource: {
    types: [types.expiringParameter],
    *check({ props }, settings): Iterable<Finding> {
      const expires = objectOf(props["expires"]);
      if (props["expires"] === unknown) yield undecided("expires");
      else if (booleanOf(expires["never"]) === true)
        yield* checkDays("remindDays", settings.maxExpiryDays, expires);
      else {
        yield* checkDays("afterDays", settings.maxExpiryDays, expires);
        yield* checkNotice(expires, settings);
      }
    },
  },
};

function* checkDays(name: string, most: number, expires: ReturnType<typeof objectOf>): Iterable<Finding> {
  const days = numberOf(expires[name]);
  if (expires[name] === unknown) yield undecided(`expires.${name}`);
  else if (days !== undefined && days > most)
    yield finding(`expires.${name}`, `is ${days}; at most ${most} are allowed`);
}

function* checkNotice(expires: ReturnType<typeof objectOf>, { minNoticeDays }: Settings): Iterable<Finding> {
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
