import { parameterExpiry } from "../../../../policies/rules/ssm/parameter-expiry";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const expiring = (expires?: object) =>
  declare("expiringParameter", {
    name: "/orders/prod/partner-token",
    description: "d",
    keyId: "k",
    ...(expires && { expires }),
  } as never);

testRule(parameterExpiry, {
  passes: {
    "with an expiry": expiring({ never: false, afterDays: 90, warnDays: 14 }),
    "with a reminder": expiring({ never: true, remindDays: 180 }),
    "a String": declare("parameter", { type: "String", name: "/orders/prod/log-level", value: "info" }),
  },
  fails: {
    "no expiry": { program: expiring(), at: "expires is missing" },
    "no days": { program: expiring({ never: false }), at: "expires.afterDays is missing" },
    "never, and no reminder": { program: expiring({ never: true }), at: "expires.remindDays is missing" },
    "a plain SecureString": {
      program: declare("parameter", { type: "SecureString", name: "/orders/prod/partner-token" }),
      at: "the provider's Parameter takes neither",
    },
  },
  undecided: {
    "the expiry": { program: expiring(later), at: "expires is not known" },
    "whether there is one": { program: expiring({ never: later }), at: "expires.never is not known" },
    "the type": { program: declare("parameter", { type: later }), at: "type is not known" },
  },
});
