import { parameterValueInCode } from "../../../../policies/rules/ssm/parameter-value-in-code";
import { testRule } from "../../support/cases";
import { canary, declare, later } from "../../support/program";

const name = "/orders/prod/partner-token";

testRule(parameterValueInCode, {
  passes: {
    "no value, of an unknown type": declare("parameter", { type: later, name }),

    "a String": declare("parameter", { type: "String", name, value: "info" }),
    "no value": declare("parameter", { type: "SecureString", name }),
  },
  fails: {
    "a value": {
      program: declare("parameter", { type: "SecureString", name, value: canary }),
      at: "value is given",
    },
    "a write-only value": {
      program: declare("parameter", { type: "SecureString", name, valueWo: canary, valueWoVersion: 1 }),
      at: "valueWo is given",
    },
    "an unprotected value": {
      program: declare("parameter", { type: "SecureString", name, insecureValue: canary }),
      at: "insecureValue is given",
    },
    "a value that is not known yet": {
      program: declare("parameter", { type: "SecureString", name, value: later }),
      at: "value is given",
    },
  },
  undecided: {
    "the type": {
      program: declare("parameter", { type: later, name, value: canary }),
      at: "type is not known",
    },
  },
});
