import { secretRecovery } from "../../../../policies/rules/secretsmanager/secret-recovery";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const secret = (recoveryWindowInDays: number, more: object = {}) =>
  declare("secret", { recoveryWindowInDays, ...more });

testRule(secretRecovery, {
  settings: { minRecoveryDays: 14 },
  passes: {
    "just enough days in production": secret(14, { tags: { environment: "prod" } }),

    "left to the default": declare("secret", {}),
    "30 days": secret(30),
    "few days in staging": secret(7, { tags: { environment: "staging" } }),
  },
  fails: {
    none: { program: secret(0), at: "recoveryWindowInDays is 0" },
    "few days in production, by tag": {
      program: secret(7, { tags: { environment: "prod" } }),
      at: "recoveryWindowInDays is 7; at least 14",
    },
    "few days in production, by name": {
      program: secret(7, { name: "orders/prod/database" }),
      at: "recoveryWindowInDays is 7; at least 14",
    },
  },
  undecided: {
    "the window": { program: secret(later), at: "recoveryWindowInDays is not known" },
    "the environment": { program: secret(7, { tags: { environment: later } }), at: "tags is not known" },
    "the tags": { program: secret(7, { tags: later }), at: "tags is not known" },
  },
});
