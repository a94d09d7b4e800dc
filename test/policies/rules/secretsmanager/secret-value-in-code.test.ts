import { secretValueInCode } from "../../../../policies/rules/secretsmanager/secret-value-in-code";
import { testRule } from "../../support/cases";
import { canary, declare, later } from "../../support/program";

const version = (value: object) => declare("secretVersion", { secretId: "orders/prod/database", ...value });

testRule(secretValueInCode, {
  passes: {
    "labels only": version({ versionStages: ["AWSCURRENT"] }),
    "an empty value": version({ secretString: "" }),
  },
  fails: {
    "a text": { program: version({ secretString: canary }), at: "secretString is given" },
    "a write-only text": {
      program: version({ secretStringWo: canary, secretStringWoVersion: 1 }),
      at: "secretStringWo is given",
    },
    bytes: { program: version({ secretBinary: canary }), at: "secretBinary is given" },
    "a generated text, unknown until the update": {
      program: version({ secretString: later }),
      at: "secretString is given",
    },
    "a secret of Pulumi's": {
      program: version({
        secretString: {
          "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
          value: canary,
        },
      }),
      at: "secretString is given",
    },
  },
  undecided: {},
});
