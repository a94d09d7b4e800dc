import { secretRotation } from "../../../../policies/rules/secretsmanager/secret-rotation";
import { testRule } from "../../support/cases";
import { declare, later, type Details } from "../../support/program";

const secret = declare("secret", { name: "orders/prod/database" }, { name: "database" });
const other = declare("secret", { name: "orders/prod/webhook" }, { name: "webhook" });
const rotation = (secretId: string, more: object = {}, details: Details = {}) =>
  declare("secretRotation", { secretId, rotationRules: { automaticallyAfterDays: 30 }, ...more }, details);
const elsewhere = declare("parameter", { type: "String" });

testRule(secretRotation, {
  passes: {
    "by name": [secret, rotation("orders/prod/database")],
    "by the engine's record, the value unknown": [
      secret,
      rotation(later, {}, { from: { secretId: [secret] } }),
    ],
    "by the provider's answer": [
      {
        ...secret,
        outputs: { arn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-AbCdEf" },
      },
      rotation("arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-AbCdEf"),
    ],
    "an answer that is not known yet": [
      secret,
      { ...rotation("orders/prod/database"), outputs: { rotationEnabled: later } },
    ],
    "no secret in the stack": [rotation("elsewhere")],
  },
  fails: {
    "a rotation of a secret elsewhere": {
      program: [secret, rotation("elsewhere")],
      at: "no SecretRotation",
      on: "database",
    },

    "no rotation": { program: secret, at: "no SecretRotation", on: "database" },
    "another secret's rotation": {
      program: [secret, other, rotation("orders/prod/webhook")],
      at: "no SecretRotation",
      on: "database",
    },
    "a rotation that is off": {
      program: [secret, rotation("orders/prod/database", { rotationEnabled: false })],
      at: "rotationEnabled is false",
      on: "database",
    },
  },
  undecided: {
    "which secret a rotation is for": {
      program: [secret, elsewhere, rotation(later, {}, { from: { secretId: [elsewhere] } })],
      at: "secretId of a SecretRotation",
      on: "database",
    },
  },
});
