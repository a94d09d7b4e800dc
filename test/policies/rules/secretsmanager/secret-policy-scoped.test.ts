import { secretPolicyScoped } from "../../../../policies/rules/secretsmanager/secret-policy-scoped";
import { testRule } from "../../support/cases";
import { declare, document, later, organization, policy, prod, security } from "../../support/program";

const secretArn = `arn:aws:secretsmanager:eu-west-1:${security}:secret:orders/prod/database-AbCdEf`;
const role = `arn:aws:iam::${prod}:role/services/orders/orders-prod-api`;
const root = `arn:aws:iam::${prod}:root`;
const inOrganization = { StringEquals: { "aws:PrincipalOrgID": organization } };
const asRole = { ArnEquals: { "aws:PrincipalArn": role } };
const read = { Action: "secretsmanager:GetSecretValue", Resource: "*" };
const on = (text: string) => declare("secretPolicy", { secretArn, policy: text, blockPublicPolicy: true });

testRule(secretPolicyScoped, {
  settings: { organization },
  passes: {
    "an account with a role and the organisation": on(
      policy({ ...read, Principal: { AWS: root }, Condition: { ...asRole, ...inOrganization } }),
    ),
    "the own account with a role": on(
      policy({
        ...read,
        Principal: { AWS: security },
        Condition: { ArnLike: { "AWS:principalARN": [role] } },
      }),
    ),
    "a role of the own account": on(
      policy({ ...read, Principal: { AWS: `arn:aws:iam::${security}:role/platform/writer` } }),
    ),
    "a deny to everybody": on(
      policy({
        ...read,
        Effect: "Deny",
        Principal: { AWS: "*" },
        Condition: { ArnNotLike: { "aws:PrincipalArn": role } },
      }),
    ),
    "a service for one account": on(
      policy({
        ...read,
        Principal: { Service: "rds.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": security } },
      }),
    ),
    "no policy on the secret": declare("secret", { name: "orders/prod/database" }),
  },
  fails: {
    everybody: {
      program: on(policy({ ...read, Principal: "*", Condition: { ...asRole, ...inOrganization } })),
      at: "policy statement 1 allows every principal",
    },
    "everybody in a list": {
      program: on(policy({ ...read, Principal: { AWS: [role, "*"] }, Condition: inOrganization })),
      at: "policy statement 1 allows every principal",
    },
    ...Object.fromEntries(
      Object.entries({
        Federated: "cognito-identity.amazonaws.com",
        CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",
      }).map(([kind, value]) => [
        `whom no account answers for: ${kind}`,
        {
          program: on(policy({ ...read, Principal: { [kind]: value }, Condition: inOrganization })),
          at: `policy statement 1 allows a ${kind} principal, which is no role of an account`,
        },
      ]),
    ),
    "a role and a provider of identities": {
      program: on(
        policy({
          ...read,
          Principal: { AWS: role, Federated: `arn:aws:iam::${prod}:saml-provider/people` },
          Condition: inOrganization,
        }),
      ),
      at: "policy statement 1 allows a Federated principal",
    },
    "a bare root": {
      program: on(policy({ ...read, Sid: "Readers", Principal: { AWS: root }, Condition: inOrganization })),
      at: `policy statement "Readers" allows the whole account ${prod}`,
    },
    "a role of anything": {
      program: on(
        policy({
          ...read,
          Principal: { AWS: root },
          Condition: { ArnLike: { "aws:PrincipalArn": "*" }, ...inOrganization },
        }),
      ),
      at: `policy statement 1 allows the whole account ${prod}`,
    },
    "a role condition that passes without a role": {
      program: on(
        policy({
          ...read,
          Principal: { AWS: root },
          Condition: { ArnLikeIfExists: { "aws:PrincipalArn": role }, ...inOrganization },
        }),
      ),
      at: `policy statement 1 allows the whole account ${prod}`,
    },
    "another account outside the organisation": {
      program: on(policy({ ...read, Principal: { AWS: root }, Condition: asRole })),
      at: `policy statement 1 allows account ${prod} without the organisation`,
    },
    "another organisation": {
      program: on(
        policy({
          ...read,
          Principal: { AWS: root },
          Condition: { ...asRole, StringEquals: { "aws:PrincipalOrgID": "o-otherotherid" } },
        }),
      ),
      at: `policy statement 1 allows account ${prod} without the organisation`,
    },
    "another account's role by itself": {
      program: on(policy({ ...read, Principal: { AWS: role } })),
      at: `policy statement 1 allows a principal of account ${prod}`,
    },
    "a service for anyone": {
      program: on(policy({ ...read, Principal: { Service: "rds.amazonaws.com" } })),
      at: "policy statement 1 allows an AWS service",
    },
    "a service for every account": {
      program: on(
        policy({
          ...read,
          Principal: { Service: "rds.amazonaws.com" },
          Condition: { ArnLike: { "aws:SourceArn": "arn:aws:rds:*:*:*" } },
        }),
      ),
      at: "policy statement 1 allows an AWS service",
    },
    "every role of every account": {
      program: on(
        policy({
          ...read,
          Principal: { AWS: root },
          Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" }, ...inOrganization },
        }),
      ),
      at: "policy statement 1 allows the whole account",
    },
    "the policy on the secret itself": {
      program: declare("secret", { policy: policy({ ...read, Principal: "*" }) }),
      at: "policy statement 1 allows every principal",
    },
    "what is known beside an unknown statement": {
      program: on(document({ ...read, Principal: "*" }, later)),
      at: "policy statement 1 allows every principal",
      times: 2,
    },
  },
  undecided: {
    "the policy": { program: on(later), at: "policy is not known" },
    "the principal": {
      program: on(document({ ...read, Principal: { AWS: later } })),
      at: "policy.Statement[0].Principal.AWS is not",
    },
    "text that is no policy": { program: on("allow all"), at: "policy cannot be read" },
  },
});
