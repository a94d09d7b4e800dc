import { secretPolicy } from "../../../../policies/rules/secretsmanager/secret-policy";
import { testRule } from "../../support/cases";
import { declare, document, later } from "../../support/program";

const secret = declare("secret", { name: "orders/prod/database" }, { name: "database" });
const text = document({ Effect: "Deny", Action: "secretsmanager:*", Principal: "*", Resource: "*" });
const beside = (secretArn: string, from = {}, policy: string = JSON.stringify(text)) =>
  declare("secretPolicy", { secretArn, policy }, { from, name: "policy" });
const inline = (policy: unknown) => declare("secret", { policy: policy as string }, { name: "database" });
const elsewhere = declare("parameter", { type: "String" });

testRule(secretPolicy, {
  passes: {
    "a policy by the engine's record": [secret, beside(later, { secretArn: [secret] })],
    "a policy by name": [secret, beside("orders/prod/database")],
    "a policy on the secret itself": inline(JSON.stringify(text)),
    "a policy of one statement that is in no list": inline('{"Statement":{"Effect":"Deny"}}'),
    "a policy as an object": inline(text),
    "an empty document, and a policy beside it": [inline("{}"), beside(later, { secretArn: [inline("{}")] })],
  },
  fails: {
    "no policy": { program: secret, at: "no SecretPolicy", on: "database" },
    "a policy only in the provider's unknown answer": {
      program: { ...secret, outputs: { policy: later } },
      at: "no SecretPolicy",
    },
    "an empty document": { program: inline("{}"), at: "policy is an empty document", on: "database" },
    "an empty document with spaces": { program: inline(" { }\n"), at: "policy is an empty document" },
    "an empty object": { program: inline({}), at: "policy is an empty document" },
    "a document of a version only": {
      program: inline('{"Version":"2012-10-17"}'),
      at: "policy is an empty document",
    },
    "no statement": {
      program: inline('{"Version":"2012-10-17","Statement":[]}'),
      at: "policy is an empty document",
    },
    "a list of nothing": { program: inline("[]"), at: "policy is an empty document" },
    "an empty statement": { program: inline('{"Statement":[{}]}'), at: "policy is an empty document" },
    "a text that says null": { program: inline("null"), at: "policy is an empty document" },
    "a text of spaces": { program: inline("  "), at: "policy is an empty document" },
    "an empty document beside it": {
      program: [secret, beside(later, { secretArn: [secret] }, "{}")],
      at: "policy is an empty document",
      on: "policy",
    },
    "an empty document on it and beside it": {
      program: [inline("{}"), beside(later, { secretArn: [inline("{}")] }, '{"Statement":[]}')],
      at: "policy is an empty document",
      on: "policy",
    },
    "an empty document, and a policy of something else": {
      program: [inline("{}"), beside("orders/prod/other")],
      at: "policy is an empty document",
      on: "database",
    },
    "a policy of something else": { program: [secret, beside("orders/prod/other")], at: "no SecretPolicy" },
  },
  undecided: {
    "an empty document, and which secret a policy is for": {
      program: [inline("{}"), elsewhere, beside(later, { secretArn: [elsewhere] })],
      at: "secretArn of a SecretPolicy",
    },
    "a policy on the secret itself": {
      program: [
        elsewhere,
        declare("secret", { policy: later }, { name: "database", from: { policy: [elsewhere] } }),
      ],
      at: "policy is not known",
      on: "database",
    },
    "a policy beside it": {
      program: [
        secret,
        elsewhere,
        declare(
          "secretPolicy",
          { secretArn: later, policy: later },
          { from: { secretArn: [secret], policy: [elsewhere] } },
        ),
      ],
      at: "policy is not known",
    },
    "a text that is no document": { program: inline("see the wiki"), at: "policy cannot be read" },
    "which secret a policy is for": {
      program: [secret, elsewhere, beside(later, { secretArn: [elsewhere] })],
      at: "secretArn of a SecretPolicy",
    },
  },
});
