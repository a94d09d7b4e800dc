import { trustPods } from "../../../../policies/rules/iam/trust-pods";
import { testRule } from "../../support/cases";
import { declare, document, later, prod, type StatementInput } from "../../support/program";

const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
const trust = (Condition: object, more: StatementInput = {}) =>
  declare("role", {
    assumeRolePolicy: document({
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Principal: { Service: "pods.eks.amazonaws.com" },
      Condition,
      ...more,
    }),
  });
const token = (operator: string, subject: string | readonly string[]) =>
  trust(
    {
      StringEqualsIgnoreCase: { [`${issuer}:aud`]: "sts.amazonaws.com" },
      [operator]: { [`${issuer}:sub`]: subject },
    },
    {
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: `arn:aws:iam::${prod}:oidc-provider/${issuer}` },
    },
  );
const cluster = { "aws:RequestTag/eks-cluster-arn": `arn:aws:eks:eu-west-1:${prod}:cluster/main` };
const namespace = { "aws:RequestTag/kubernetes-namespace": "shop" };
const account = { "aws:RequestTag/kubernetes-service-account": "orders" };
const pods = { ...namespace, ...account };
const at = "assumeRolePolicy statement 1 lets";
const without = (what: string) => `${at} pods in without naming their ${what}`;

const byTokens = `${at} in pods of more than one service account by their tokens`;

testRule(trustPods, {
  passes: {
    "pods of one cluster": trust({ StringEquals: { ...pods, ...cluster } }),
    "pods of any cluster of the account": trust({
      StringEquals: pods,
      StringLike: { "aws:RequestTag/eks-cluster-arn": `arn:aws:eks:eu-west-1:${prod}:cluster/*` },
    }),
    "pods, for the account": trust({ StringEquals: { ...pods, "aws:SourceAccount": prod } }),
    "pods of two namespaces": trust({
      StringEquals: { ...account, ...cluster, "aws:RequestTag/kubernetes-namespace": ["shop", "depot"] },
    }),
    "a token of one service account": token("StringEquals", "system:serviceaccount:shop:orders"),
    "tokens of two service accounts": token("StringEquals", [
      "system:serviceaccount:shop:orders",
      "system:serviceaccount:shop:reports",
    ]),
    "a pipeline's token": trust(
      { StringLike: { "token.actions.githubusercontent.com:sub": "repo:example/shop:*" } },
      {
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: `arn:aws:iam::${prod}:oidc-provider/token.actions.githubusercontent.com` },
      },
    ),
    "another service": trust(
      {},
      { Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
    ),
    "a denial": trust({}, { Effect: "Deny" }),
  },
  fails: {
    "no condition": {
      program: trust({}),
      at: without("cluster's account and namespace and service account"),
    },
    "no namespace": {
      program: trust({ StringEquals: { ...account, ...cluster } }),
      at: without("namespace"),
    },
    "no service account": {
      program: trust({ StringEquals: { ...namespace, ...cluster } }),
      at: without("service account"),
    },
    "no cluster": { program: trust({ StringEquals: pods }), at: without("cluster's account") },
    "a cluster of any account": {
      program: trust({
        StringEquals: pods,
        StringLike: { "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:*:*:cluster/main" },
      }),
      at: without("cluster's account"),
    },
    "any account's": {
      program: trust({ StringEquals: pods, StringLike: { "aws:SourceAccount": "*" } }),
      at: without("cluster's account"),
    },
    ...Object.fromEntries(
      ["*", "shop*", "sho?", ["shop", "*"]].map((value) => [
        `the namespace ${String(value)}`,
        {
          program: trust({
            StringEquals: { ...account, ...cluster },
            StringLike: { "aws:RequestTag/kubernetes-namespace": value },
          }),
          at: without("namespace"),
        },
      ]),
    ),
    "every service account": {
      program: trust({
        StringEquals: { ...namespace, ...cluster },
        StringLike: { "aws:RequestTag/kubernetes-service-account": "*" },
      }),
      at: without("service account"),
    },
    "a namespace that may be missing": {
      program: trust({ StringEquals: { ...account, ...cluster }, StringEqualsIfExists: namespace }),
      at: without("namespace"),
    },
    "tags that may be missing, for all values": {
      program: trust({ StringEquals: { ...account, ...cluster }, "ForAllValues:StringEquals": namespace }),
      at: without("namespace"),
    },
    "in China": {
      program: trust(
        { StringEquals: { ...account, ...cluster } },
        { Principal: { Service: "pods.eks.amazonaws.com.cn" } },
      ),
      at: without("namespace"),
    },
    ...Object.fromEntries(
      [
        "system:serviceaccount:shop:*",
        "system:serviceaccount:*:orders",
        "system:serviceaccount:shop:o?ders",
      ].map((subject) => [
        `tokens of ${subject}`,
        {
          program: token("StringLike", subject),
          at: byTokens,
        },
      ]),
    ),
    "a token of every service account beside one": {
      program: token("StringLike", ["system:serviceaccount:shop:orders", "system:serviceaccount:shop:*"]),
      at: byTokens,
    },
  },
  undecided: {
    "the trust": {
      program: declare("role", { assumeRolePolicy: later }),
      at: "assumeRolePolicy is not known",
    },
    "whom it lets in": {
      program: trust({}, { Principal: { Service: later } }),
      at: "assumeRolePolicy.Statement[0].Principal",
    },
    "whether it allows": {
      program: trust({ StringEquals: { ...pods, ...cluster } }, { Effect: later }),
      at: "assumeRolePolicy.Statement[0].Effect is not known",
    },
  },
});
