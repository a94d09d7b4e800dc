import { secretPolicy } from "../../../../policies/rules/secretsmanager/secret-policy";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const secret = declare("secret", { name: "orders/prod/database" }, { name: "database" });
const policy = (secretArn: string, from = {}) =>
  declare("secretPolicy", { secretArn, policy: "{}" }, { from });
const elsewhere = declare("parameter", { type: "String" });

testRule(secretPolicy, {
  passes: {
    "a policy by the engine's record": [secret, policy(later, { secretArn: [secret] })],
    "a policy by name": [secret, policy("orders/prod/database")],
    "a policy on the secret itself": declare("secret", { policy: '{"Statement":[]}' }),
  },
  fails: {
    "no policy": { program: secret, at: "no SecretPolicy", on: "database" },
    "a policy only in the provider's unknown answer": {
      program: { ...secret, outputs: { policy: later } },
      at: "no SecretPolicy",
    },
    "a policy of something else": { program: [secret, policy("orders/prod/other")], at: "no SecretPolicy" },
  },
  undecided: {
    "which secret a policy is for": {
      program: [secret, elsewhere, policy(later, { secretArn: [elsewhere] })],
      at: "secretArn of a SecretPolicy",
    },
  },
});
