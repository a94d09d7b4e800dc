import { roleBoundary } from "../../../../policies/rules/iam/role-boundary";
import { testRule, type Failing, type Program } from "../../support/cases";
import { declare, document, later, prod, security, type StatementInput } from "../../support/program";

const role = (more: object) => declare("role", { assumeRolePolicy: "{}", ...more });

const boundaryArn = `arn:aws:iam::${prod}:policy/platform/boundary`;
/** A role of a service with a boundary of the program. */
const bound = (...statements: StatementInput[]): Program => [
  declare("managedPolicy", { name: "boundary", path: "/platform/", policy: document(...statements) }),
  role({ path: "/services/orders/", permissionsBoundary: boundaryArn }),
];
const ofProd = [
  `arn:aws:secretsmanager:*:${security}:secret:*/prod/*`,
  `arn:aws:ssm:*:${security}:parameter/*/prod/*`,
];
const read = ["secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters"];
const everything = { Action: "*", Resource: "*" };
const fails = (program: Program): Failing => ({
  program,
  at: "permissionsBoundary lets every value be read",
  on: "role",
});

testRule(roleBoundary, {
  passes: {
    "with a boundary": role({
      path: "/services/orders/",
      permissionsBoundary: `arn:aws:iam::${prod}:policy/platform/boundary`,
    }),
    "with a boundary this update makes": role({ path: "/services/orders/", permissionsBoundary: later }),
    "one environment's values": bound({ Action: read, Resource: ofProd }),
    "everything but the values of other environments": bound(everything, {
      Effect: "Deny",
      Action: [...read, "ssm:GetParametersByPath"],
      NotResource: ofProd,
    }),
    "everything but values, by what is denied": bound(everything, {
      Effect: "Deny",
      NotAction: ["s3:*", "logs:*"],
      Resource: "*",
    }),
    "values with the role's own tag": bound({
      Action: "secretsmanager:*",
      Resource: "*",
      Condition: { StringEquals: { "secretsmanager:ResourceTag/service": "${aws:PrincipalTag/service}" } },
    }),
    "nothing about values": bound({ Action: ["s3:*", "logs:*"], Resource: "*" }),
    "everything, on a role of the platform": [
      declare("managedPolicy", { name: "boundary", path: "/platform/", policy: document(everything) }),
      role({ path: "/platform/", permissionsBoundary: boundaryArn }),
    ],
    "AWS's own that allows none": role({
      path: "/services/orders/",
      permissionsBoundary: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    }),
    "a role of the platform": role({ path: "/platform/" }),
    "a role without a path": role({}),
  },
  fails: {
    "none, under /services/": {
      program: role({ path: "/services/orders/" }),
      at: "permissionsBoundary is missing",
    },
    "all of everything": fails(bound(everything)),
    "every value": fails(bound({ Action: read, Resource: ["arn:aws:s3:::b", "*"] })),
    "every secret": fails(
      bound({ Action: "secretsmanager:Get*", Resource: "arn:aws:secretsmanager:*:*:secret:*" }),
    ),
    "every parameter of every service and environment": fails(
      bound({ Action: "ssm:*", Resource: "arn:aws:ssm:*:*:parameter/*/*" }),
    ),
    "everything but IAM": fails(bound({ NotAction: "iam:*", Resource: "*" })),
    "every secret but one": fails(
      bound(everything, {
        Effect: "Deny",
        Action: "*",
        Resource: `arn:aws:secretsmanager:*:*:secret:root-*`,
      }),
    ),
    "everything but one secret": fails(
      bound({ Action: "*", NotResource: "arn:aws:secretsmanager:*:*:secret:root-*" }),
    ),
    "everything, denied over plain HTTP": fails(
      bound(everything, {
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    ),
    "every parameter, where secrets are limited": fails(
      bound(everything, { Effect: "Deny", Action: "secretsmanager:*", NotResource: ofProd }),
    ),
    ...Object.fromEntries(
      ["AdministratorAccess", "PowerUserAccess", "SecretsManagerReadWrite"].map((name) => [
        `AWS's ${name}`,
        fails(role({ path: "/services/orders/", permissionsBoundary: `arn:aws:iam::aws:policy/${name}` })),
      ]),
    ),
    "an empty one": {
      program: role({ path: "/services/orders/", permissionsBoundary: "" }),
      at: "permissionsBoundary is missing",
    },
  },
  undecided: {
    "the path": { program: role({ path: later }), at: "path is not known" },
    "what it bounds": {
      program: bound({ Action: read, Resource: later }),
      at: "permissionsBoundary depends on a policy that is not known",
    },
  },
});
