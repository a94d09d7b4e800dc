import { functionEnvCmk } from "../../../../policies/rules/lambda/function-env-cmk";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const environment = { variables: { LOG_LEVEL: "info" } };

testRule(functionEnvCmk, {
  passes: {
    "a key of one's own": declare("function", {
      role: "r",
      environment,
      kmsKeyArn: "arn:aws:kms:eu-west-1:333333333333:key/1",
    }),
    "a key this update makes": declare("function", { role: "r", environment, kmsKeyArn: later }),
    "no environment": declare("function", { role: "r" }),
    "an empty environment": declare("function", { role: "r", environment: { variables: {} } }),
  },
  fails: {
    "no key": { program: declare("function", { role: "r", environment }), at: "kmsKeyArn is missing" },
    "AWS's key": {
      program: declare("function", {
        role: "r",
        environment,
        kmsKeyArn: "arn:aws:kms:eu-west-1:333333333333:alias/aws/lambda",
      }),
      at: "kmsKeyArn names a key that AWS manages",
    },
  },
  undecided: {
    "whether there is an environment": {
      program: declare("function", { role: "r", environment: later }),
      at: "environment.variables is not known",
    },
    "its variables": {
      program: declare("function", { role: "r", environment: { variables: later } }),
      at: "environment.variables is not known",
    },
  },
});
