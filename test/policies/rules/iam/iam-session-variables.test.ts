import { iamSessionVariables } from "../../../../policies/rules/iam/iam-session-variables";
import { testRule, type Program } from "../../support/cases";
import { declare, document, later, policy, type StatementInput } from "../../support/program";

const object = (key: string): StatementInput => ({
  Action: "s3:GetObject",
  Resource: `arn:aws:s3:::builds/${key}`,
});
const tag = "${aws:PrincipalTag/team}";
/** A role with one inline policy. */
const role = (statement: StatementInput, path = "/services/orders/"): Program => [
  declare("role", { name: "r", path, assumeRolePolicy: "{}" }, { name: "role" }),
  declare("rolePolicy", { role: "r", policy: document(statement) }, { name: "policy" }),
];
const refused = "policy statement 1 allows what a policy variable says";

testRule(iamSessionVariables, {
  passes: {
    "one object": role(object("web.zip")),
    "a pattern": role(object("web/*")),
    "the character itself": role(object("web${*}.zip")),
    "a denial": role({ ...object(tag), Effect: "Deny" }),
    "people, by their session": role(object(`${tag}/*`), "/platform/"),
    "users, by their own name": declare("groupPolicy", {
      group: "g",
      policy: policy({ Action: "iam:ChangePassword", Resource: "arn:aws:iam::*:user/${aws:username}" }),
    }),
  },
  fails: {
    "a tag of the session in a resource": { program: role(object(tag)), at: refused, on: "policy" },
    "a variable with a default": { program: role(object("${aws:userid, 'web'}.zip")), at: refused },
    "one resource of two": {
      program: role({
        ...object(""),
        Resource: ["arn:aws:s3:::builds/web.zip", `arn:aws:s3:::${tag}/web.zip`],
      }),
      at: refused,
    },
    "what is left out": {
      program: role({ Action: "s3:GetObject", NotResource: `arn:aws:s3:::${tag}` }),
      at: refused,
    },
    "a condition": {
      program: role({
        ...object("web.zip"),
        Condition: {
          StringLike: { "kms:EncryptionContext:SecretARN": `arn:aws:secretsmanager:*:*:secret:${tag}/*` },
        },
      }),
      at: refused,
    },
    "a policy of the role itself": {
      program: declare("role", {
        name: "r",
        path: "/services/orders/",
        assumeRolePolicy: "{}",
        inlinePolicies: [{ name: "p", policy: policy(object(tag)) }],
      }),
      at: "inlinePolicies[0].policy statement 1 allows what a policy variable says",
    },
  },
  undecided: {
    "the resource": { program: role({ Action: "s3:GetObject", Resource: later }), at: "policy" },
    "the policy": {
      program: (() => {
        const made = declare(
          "role",
          { name: "r", path: "/services/orders/", assumeRolePolicy: "{}" },
          { name: "role" },
        );
        return [made, declare("rolePolicy", { role: "r", policy: later }, { from: { policy: [made] } })];
      })(),
      at: "policy is not known",
    },
  },
});
