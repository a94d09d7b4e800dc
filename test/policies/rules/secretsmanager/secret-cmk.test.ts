import { secretCmk } from "../../../../policies/rules/secretsmanager/secret-cmk";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

testRule(secretCmk, {
  passes: {
    "a key by ARN": declare("secret", { kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/1111-2222" }),
    "a key by alias": declare("secret", { kmsKeyId: "alias/prod/configuration" }),
    "a key this update makes": declare("secret", { kmsKeyId: later }),
  },
  fails: {
    "no key": { program: declare("secret", { name: "orders/prod/database" }), at: "kmsKeyId is missing" },
    "an empty key": { program: declare("secret", { kmsKeyId: "" }), at: "kmsKeyId is missing" },
    "AWS's key by alias": {
      program: declare("secret", { kmsKeyId: "alias/aws/secretsmanager" }),
      at: "kmsKeyId names a key that AWS manages",
    },
    "AWS's key by the alias's ARN": {
      program: declare("secret", {
        kmsKeyId: "arn:aws-cn:kms:cn-north-1:111111111111:alias/aws/secretsmanager",
      }),
      at: "kmsKeyId names a key that AWS manages",
    },
  },
  undecided: {},
});
