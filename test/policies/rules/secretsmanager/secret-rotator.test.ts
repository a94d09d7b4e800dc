import { secretRotator } from "../../../../policies/rules/secretsmanager/secret-rotator";
import { testRule } from "../../support/cases";
import { declare, later, type Details } from "../../support/program";

const own = declare("secret", { name: "orders/prod/webhook" }, { name: "webhook" });
const partners = declare(
  "secret",
  { name: "orders/prod/crm", type: "SalesforceClientSecret" },
  { name: "crm" },
);
const rotation = (secretId: string, by: object, details: Details = {}) =>
  declare("secretRotation", { secretId, rotationRules: { automaticallyAfterDays: 30 }, ...by }, details);
const elsewhere = declare("parameter", { type: "String" });
const byFunction = { rotationLambdaArn: "arn:aws:lambda:eu-west-1:111111111111:function:rotate" };
const byRole = { externalSecretRotationRoleArn: "arn:aws:iam::111111111111:role/platform/rotation" };

testRule(secretRotator, {
  passes: {
    "a function": [own, rotation("orders/prod/webhook", byFunction)],
    "a role for a partner's secret": [partners, rotation("orders/prod/crm", byRole)],
    "a function that is not made yet": [
      own,
      elsewhere,
      rotation(
        "orders/prod/webhook",
        { rotationLambdaArn: later },
        { from: { rotationLambdaArn: [elsewhere] } },
      ),
    ],
    "a secret elsewhere": [rotation("elsewhere", byRole), rotation("elsewhere", byFunction)],
    "no rotation": own,
  },
  fails: {
    "neither a function nor a role": {
      program: [own, rotation("orders/prod/webhook", {})],
      at: "rotationLambdaArn is missing",
    },
    both: {
      program: [partners, rotation("orders/prod/crm", { ...byFunction, ...byRole })],
      at: "externalSecretRotationRoleArn stands beside",
    },
    "a role for a secret of nobody's type": {
      program: [own, rotation("orders/prod/webhook", byRole)],
      at: "externalSecretRotationRoleArn names a role",
    },
    "a function for a partner's secret": {
      program: [partners, rotation("orders/prod/crm", byFunction)],
      at: "rotationLambdaArn names a function",
    },
  },
  undecided: {
    "which secret a rotation is for": {
      program: [own, elsewhere, rotation(later, byRole, { from: { secretId: [elsewhere] } })],
      at: "secretId",
    },
    "which secret a name is of": {
      program: [
        elsewhere,
        declare("secret", { name: later }, { name: "crm", from: { name: [elsewhere] } }),
        rotation("orders/prod/crm", byRole),
      ],
      at: "secretId",
    },
    "a secret's type": {
      program: [
        elsewhere,
        declare(
          "secret",
          { name: "orders/prod/crm", type: later },
          { name: "crm", from: { type: [elsewhere] } },
        ),
        rotation("orders/prod/crm", byRole),
      ],
      at: "type of the secret",
    },
  },
});
