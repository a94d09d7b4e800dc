import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { booleanOf, isPresent, objectOf, unknown } from "../../view/values";

export const parameterExpiry: Rule = {
  id: "parameter-expiry",
  title: "A SecureString expires, or somebody is reminded of it",
  why: "A value that people put and nothing rotates stays valid until someone remembers it",
  remedy: "Make it with this platform's ExpiringParameter and give `expires`",
  severity: "medium",
  level: "mandatory",
  references: ["AWS Systems Manager user guide: assigning parameter policies"],
  resource: {
    types: [types.parameter, types.expiringParameter],
    *check({ type, props }): Iterable<Finding> {
      if (type === types.expiringParameter) yield* checkExpires(props["expires"]);
      else if (props["type"] === "SecureString") {
        yield { message: "the provider's Parameter takes neither Expiration nor NoChangeNotification" };
      } else if (props["type"] === unknown) yield undecided("type");
    },
  },
};

function* checkExpires(expires: Parameters<typeof objectOf>[0]): Iterable<Finding> {
  if (expires === unknown) {
    yield undecided("expires");
    return;
  }
  if (!isPresent(expires)) {
    yield finding("expires", "is missing");
    return;
  }
  const { never, afterDays, remindDays } = objectOf(expires);
  if (never === unknown) yield undecided("expires.never");
  else if (booleanOf(never) === true) {
    if (!isPresent(remindDays))
      yield finding("expires.remindDays", "is missing, and the parameter never expires");
  } else if (!isPresent(afterDays)) yield finding("expires.afterDays", "is missing");
}
