import { keyDeletion } from "../../../../policies/rules/kms/key-deletion";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const key = (deletionWindowInDays: number, environment?: string) =>
  declare("key", { deletionWindowInDays, ...(environment === undefined ? {} : { tags: { environment } }) });

testRule(keyDeletion, {
  passes: {
    "left to the default": declare("key", {}),
    "30 days in production": key(30, "prod"),
    "7 days in staging": key(7, "staging"),
  },
  fails: {
    "29 days in production": { program: key(29, "prod"), at: "deletionWindowInDays is 29; at least 30" },
    "less than AWS takes": { program: key(1, "staging"), at: "deletionWindowInDays is 1; at least 7" },
    "a replica in production": {
      program: declare("replicaKey", {
        primaryKeyArn: "a",
        deletionWindowInDays: 7,
        tags: { environment: "prod" },
      }),
      at: "deletionWindowInDays is 7",
    },
  },
  undecided: {
    "the window": { program: key(later, "prod"), at: "deletionWindowInDays is not known" },
    "the environment": { program: key(7, later), at: "tags is not known" },
  },
});
