import { trustOidc } from "../../../../policies/rules/iam/trust-oidc";
import { testRule } from "../../support/cases";
import { declare, document, later, prod, type StatementInput } from "../../support/program";

const github = "token.actions.githubusercontent.com";
const provider = `arn:aws:iam::${prod}:oidc-provider/${github}`;
const trust = (Condition: object, more: StatementInput = {}) =>
  declare("role", {
    assumeRolePolicy: document({
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: provider },
      Condition,
      ...more,
    }),
  });
const audience = { [`${github}:aud`]: "sts.amazonaws.com" };
const saml: StatementInput = {
  Action: "sts:AssumeRoleWithSAML",
  Principal: { Federated: `arn:aws:iam::${prod}:saml-provider/sso` },
};
const at = "assumeRolePolicy statement 1 trusts";

testRule(trustOidc, {
  passes: {
    "audience and subject": trust({
      StringEquals: { ...audience, [`${github}:sub`]: "repo:example/shop:ref:refs/heads/main" },
    }),
    "a repository's branches": trust({
      StringEquals: audience,
      StringLike: { [`${github}:sub`]: "repo:example/shop:*" },
    }),
    "SAML with its audience": trust(
      { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
      saml,
    ),
    "Cognito's signed-in users": trust(
      {
        StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:1" },
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
      },
      { Principal: { Federated: "cognito-identity.amazonaws.com" } },
    ),
    "no federation": trust({}, { Action: "sts:AssumeRole", Principal: { AWS: prod } }),
  },
  fails: {
    ...Object.fromEntries(
      ["repo:ex*", "repo:example*:ref:refs/heads/main", "repo:?xample/shop:*"].map((subject) => [
        `owners whose names begin alike: ${subject}`,
        { program: trust({ StringEquals: audience, StringLike: { [`${github}:sub`]: subject } }), at },
      ]),
    ),
    "any repository beside a named one": {
      program: trust({
        StringEquals: audience,
        StringLike: { [`${github}:sub`]: ["repo:example/shop:*", "repo:*"] },
      }),
      at,
    },
    "a provider beside an account": {
      program: trust({}, { Principal: { AWS: prod, Federated: provider } }),
      at,
    },

    "no subject": {
      program: trust({ StringEquals: audience }),
      at: `${at} an identity provider without a condition on its :sub`,
    },
    "no audience": {
      program: trust({ StringEquals: { [`${github}:sub`]: "repo:example/shop" } }),
      at: `${at} an identity provider without a condition on its :aud`,
    },
    neither: {
      program: trust({}),
      at: `${at} an identity provider without a condition on its :aud and :sub`,
    },
    "any subject": { program: trust({ StringEquals: audience, StringLike: { [`${github}:sub`]: "*" } }), at },
    "any repository": {
      program: trust({ StringEquals: audience, StringLike: { [`${github}:sub`]: "repo:*" } }),
      at,
    },
    "a subject that may be missing": {
      program: trust({
        StringEquals: audience,
        StringLikeIfExists: { [`${github}:sub`]: "repo:example/shop:*" },
      }),
      at,
    },
    "SAML without its audience": { program: trust({}, saml), at: `${at} a SAML provider without SAML:aud` },
    "Cognito's guests": {
      program: trust(
        { StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:1" } },
        { Principal: { Federated: "cognito-identity.amazonaws.com" } },
      ),
      at: `${at} an identity provider without a condition on its :amr`,
    },
  },
  undecided: {
    "the trust": {
      program: declare("role", { assumeRolePolicy: later }),
      at: "assumeRolePolicy is not known",
    },
    "whether it allows": {
      program: trust({ StringEquals: { ...audience, [`${github}:sub`]: "repo:a/b" } }, { Effect: later }),
      at: "assumeRolePolicy.Statement[0].Effect is not known",
    },
  },
});
