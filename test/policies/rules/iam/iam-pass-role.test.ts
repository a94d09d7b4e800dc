import { iamPassRole } from "../../../../policies/rules/iam/iam-pass-role";
import { testRule } from "../../support/cases";
import { declare, document, later, prod, type StatementInput } from "../../support/program";

const toTasks = { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };
const role = (name: string) => `arn:aws:iam::${prod}:role/${name}`;
const pass = (Resource: unknown, more: StatementInput = { Condition: toTasks }) =>
  declare("rolePolicy", { role: "r", policy: document({ Action: "iam:PassRole", Resource, ...more }) });

testRule(iamPassRole, {
  passes: {
    "a role to a service": pass(role("services/orders/orders-prod-api")),
    "a service's roles to a service": pass(role("services/orders/*")),
    "a denial": pass("*", { Effect: "Deny" }),
    "other actions": pass("*", { Action: "iam:GetRole" }),
  },
  fails: {
    ...Object.fromEntries(
      ["*.amazonaws.com", "?*", "e*"].map((service) => [
        `to any service: ${service}`,
        {
          program: pass(role("x"), { Condition: { StringLike: { "iam:PassedToService": service } } }),
          at: "policy statement 1 passes roles to every service",
        },
      ]),
    ),
    "every role": { program: pass("*"), at: "policy statement 1 passes every role" },
    "every role of the account": { program: pass(role("*")), at: "policy statement 1 passes every role" },
    "every role but one": {
      program: declare("rolePolicy", {
        role: "r",
        policy: document({ Action: "iam:Pass*", NotResource: role("x"), Condition: toTasks }),
      }),
      at: "policy statement 1 passes every role",
    },
    "to every service": {
      program: pass(role("x"), {}),
      at: "policy statement 1 passes roles to every service",
    },
    "to every service, by a pattern": {
      program: pass(role("x"), { Condition: { StringLike: { "iam:PassedToService": "*" } } }),
      at: "policy statement 1 passes roles to every service",
    },
  },
  undecided: {
    "the role": { program: pass(later), at: "policy.Statement[0].Resource is not known" },
    "the policy": { program: declare("rolePolicy", { role: "r", policy: later }), at: "policy is not known" },
  },
});
