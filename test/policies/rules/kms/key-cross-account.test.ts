import { keyCrossAccount } from "../../../../policies/rules/kms/key-cross-account";
import type { RegisteredResource } from "../../../../policies/pack/evaluate";
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

const ownKey = declare("key", { policy: policy(administration) });
const grant = (inputs: object, from: readonly RegisteredResource[] = []) =>
  declare(
    "keyGrant",
    { keyId: later, granteePrincipal: role, operations: ["Encrypt"], ...inputs },
    from.length > 0 ? { from: { keyId: [...from] } } : {},
  );

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
    "a grant to a role of its own account": [
      ownKey,
      grant({ granteePrincipal: `arn:aws:iam::${security}:role/rotation` }, [ownKey]),
    ],
    "a grant on a key that is named by ARN": grant({
      keyId: `arn:aws:kms:eu-west-1:${security}:key/1`,
      granteePrincipal: `arn:aws:sts::${security}:assumed-role/rotation/one`,
    }),
    "a denial": key({ ...use({}), Effect: "Deny" }),
    "a service": key(use({}, { Service: "logs.amazonaws.com" })),
  },
  fails: {
    ...Object.fromEntries(
      (
        [
          ["kms:CreateGrant", allows],
          ["kms:ReEncryptFrom", allows],
          ["kms:PutKeyPolicy", `policy lets accounts ${security}, ${prod} change it`],
          ["kms:*", `policy lets accounts ${security}, ${prod} change it`],
        ] as const
      ).map(([Action, at]) => [
        `only ${Action} to a role of another account`,
        { program: key({ ...use({}, { AWS: role }), Action }), at },
      ]),
    ),
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
    ...Object.fromEntries(
      ["Federated", "CanonicalUser"].map((kind) => [
        `whom no account answers for: ${kind}`,
        {
          program: key(use({ StringEquals: { ...inOrganization, ...through } }, { [kind]: "x" })),
          at: `policy statement 2 allows a ${kind} principal, which is no principal of an account`,
        },
      ]),
    ),
    "a grant to another account's role": {
      program: [ownKey, grant({}, [ownKey])],
      at: `granteePrincipal is of account ${prod}, and a grant has no condition on aws:PrincipalOrgID or kms:ViaService`,
      on: "keyGrant",
    },
    "a grant to another account as a whole": {
      program: [ownKey, grant({ granteePrincipal: root(prod).AWS, operations: ["Decrypt"] }, [ownKey])],
      at: `granteePrincipal is of account ${prod}`,
    },
    "a grant to another account's session, on a key by its alias": {
      program: (() => {
        const alias = declare(
          "keyAlias",
          { name: "alias/x", targetKeyId: later },
          { from: { targetKeyId: [ownKey] } },
        );
        return [
          ownKey,
          alias,
          grant({ granteePrincipal: `arn:aws:sts::${prod}:assumed-role/orders-prod-api/1` }, [alias]),
        ];
      })(),
      at: `granteePrincipal is of account ${prod}`,
    },
    "a grant to another account, on a key that is named by ARN": {
      program: grant({ keyId: `arn:aws:kms:eu-west-1:${security}:key/1` }),
      at: `granteePrincipal is of account ${prod}`,
    },
    "a grant to another account, by its number in a key's policy beside it": {
      program: (() => {
        const bare = declare("key", {});
        const beside = declare(
          "keyPolicy",
          { keyId: later, policy: policy(administration) },
          { from: { keyId: [bare] } },
        );
        return [bare, beside, grant({}, [bare])];
      })(),
      at: `granteePrincipal is of account ${prod}`,
    },
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
    "to whom a grant is": {
      program: [ownKey, grant({ granteePrincipal: later }, [ownKey])],
      at: "granteePrincipal is not known",
    },
    "which key a grant is on": { program: grant({}), at: "keyId is not known" },
    "whose key it is": {
      program: declare("key", { policy: policy(use({})) }),
      at: "policy.Statement[0].Principal is not known",
    },
  },
});
