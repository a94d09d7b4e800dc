import { keyCrossAccount } from "../../../../policies/rules/kms/key-cross-account";
import { testRule } from "../../support/cases";
import {
  declare,
  document,
  later,
  organization,
  policy,
  prod,
  security,
  type StatementInput,
} from "../../support/program";

const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
const role = `arn:aws:iam::${prod}:role/services/orders/orders-prod-api`;
const administration = { Action: "kms:PutKeyPolicy", Principal: root(security), Resource: "*" };
const byRole = { ArnEquals: { "aws:PrincipalArn": role } };
const inOrganization = { "aws:PrincipalOrgID": organization };
const through = { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" };
const use = (Condition: object, Principal: unknown = root(prod)): StatementInput => ({
  Action: "kms:Decrypt",
  Principal,
  Resource: "*",
  Condition,
});
const key = (...statements: StatementInput[]) =>
  declare("key", { policy: policy(administration, ...statements) });
const allows = `policy statement 2 allows account ${prod} without`;

testRule(keyCrossAccount, {
  settings: { organization },
  passes: {
    "role, organisation and service": key(
      use({ ...byRole, StringEquals: { ...inOrganization, ...through } }),
    ),
    "a role by itself, organisation and service": key(
      use({ StringEquals: { ...inOrganization, ...through } }, { AWS: role }),
    ),
    "the own account": key(use({}, root(security))),
    "a denial": key({ ...use({}), Effect: "Deny" }),
    "a service": key(use({}, { Service: "logs.amazonaws.com" })),
  },
  fails: {
    ...Object.fromEntries(
      ["*.amazonaws.com", "s*", "?*"].map((service) => [
        `through any service: ${service}`,
        {
          program: key(
            use({ ...byRole, StringEquals: inOrganization, StringLike: { "kms:ViaService": service } }),
          ),
          at: `${allows} kms:ViaService`,
        },
      ]),
    ),
    "an account and one of its roles": {
      program: key(use({ StringEquals: { ...inOrganization, ...through } }, { AWS: [role, root(prod).AWS] })),
      at: `${allows} aws:PrincipalArn`,
    },

    "no role": {
      program: key(use({ StringEquals: { ...inOrganization, ...through } })),
      at: `${allows} aws:PrincipalArn`,
    },
    "no organisation": {
      program: key(use({ ...byRole, StringEquals: through })),
      at: `${allows} aws:PrincipalOrgID`,
    },
    "another organisation": {
      program: key(use({ ...byRole, StringEquals: { ...through, "aws:PrincipalOrgID": "o-otherotherid" } })),
      at: `${allows} aws:PrincipalOrgID`,
    },
    "no service": {
      program: key(use({ ...byRole, StringEquals: inOrganization })),
      at: `${allows} kms:ViaService`,
    },
    "nothing at all": {
      program: key(use({})),
      at: `${allows} aws:PrincipalArn, aws:PrincipalOrgID, kms:ViaService`,
    },
    "a role by itself": {
      program: key(use({}, { AWS: role })),
      at: `${allows} aws:PrincipalOrgID, kms:ViaService`,
    },
  },
  undecided: {
    "the policy": { program: declare("key", { policy: later }), at: "policy is not known" },
    "a principal": {
      program: declare("key", { policy: document(administration, use({}, { AWS: later })) }),
      at: "policy.Statement[1] is not known",
    },
    "whose key it is": {
      program: declare("key", { policy: policy(use({})) }),
      at: "policy.Statement[0].Principal is not known",
    },
  },
});
