import { parameterExpiryBounds } from "../../../../policies/rules/ssm/parameter-expiry-bounds";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const expiring = (expires: object) =>
  declare("expiringParameter", {
    name: "/orders/prod/partner-token",
    description: "d",
    keyId: "k",
    expires,
  } as never);

testRule(parameterExpiryBounds, {
  passes: {
    "90 days, told 14 before": expiring({ never: false, afterDays: 90, warnDays: 14 }),
    "never, reminded twice a year": expiring({ never: true, remindDays: 180 }),
  },
  fails: {
    "91 days": {
      program: expiring({ never: false, afterDays: 91, warnDays: 14 }),
      at: "expires.afterDays is 91; at most 90",
    },
    "told 13 before": {
      program: expiring({ never: false, afterDays: 60, warnDays: 13 }),
      at: "expires.warnDays is 13; at least 14",
    },
    "not told": { program: expiring({ never: false, afterDays: 60 }), at: "expires.warnDays is missing" },
    "told at once": {
      program: expiring({ never: false, afterDays: 20, warnDays: 20 }),
      at: "expires.warnDays is 20, and the parameter expires after 20",
    },
  },
  undecided: {
    "the expiry": { program: expiring(later), at: "expires is not known" },
    "its days": {
      program: expiring({ never: false, afterDays: later, warnDays: 14 }),
      at: "expires.afterDays is not known",
    },
    "its notice": {
      program: expiring({ never: false, afterDays: 60, warnDays: later }),
      at: "expires.warnDays is not known",
    },
  },
});
