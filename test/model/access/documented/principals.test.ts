import { type DocumentedCase, itDecides } from "../support/documentedCase";
import { all, arnsOf, security, type Statement } from "../support/world";

const home = arnsOf({});
const read: Statement = {
  Sid: "Read",
  Effect: "Allow",
  Action: "secretsmanager:GetSecretValue",
  Resource: home.secret,
};
const deny: Statement = { Sid: "No", Effect: "Deny", Action: "secretsmanager:GetSecretValue", Resource: "*" };
const to = (AWS: unknown): Statement => ({ ...read, Sid: "To", Principal: { AWS }, Resource: "*" });

const cases: readonly DocumentedCase[] = [
  { name: "nothing allows", page: "logic", refusedBy: "identity" },
  { name: "the role's policy is enough within an account", page: "logic", identity: [read] },
  {
    name: "the secret's policy that names the role is enough within an account",
    page: "logic",
    secretPolicy: [to(home.principal)],
  },
  {
    name: "a Deny of the role's own stands above the secret's Allow",
    page: "logic",
    identity: [deny],
    secretPolicy: [to(home.principal)],
    refusedBy: "identity",
  },
  {
    name: "a Deny of the secret's stands above the role's Allow",
    page: "logic",
    identity: [all],
    secretPolicy: [{ ...deny, Principal: { AWS: "*" } }],
    refusedBy: "resource",
  },
  {
    name: "a Deny in a boundary stands above all",
    page: "order",
    identity: [all],
    boundary: [all, deny],
    refusedBy: "boundary",
  },
  {
    name: "a Deny for a service means no role",
    page: "principal",
    identity: [all],
    secretPolicy: [{ ...deny, Principal: { Service: "lambda.amazonaws.com" } }],
  },
  {
    name: "the account as principal leaves it to the role's policies",
    page: "principal",
    secretPolicy: [to(home.root)],
    refusedBy: "identity",
  },
  {
    name: "the account by its number does the same",
    page: "principal",
    secretPolicy: [to(security)],
    refusedBy: "identity",
  },
  {
    name: "everybody is the role too, without a policy of its own",
    page: "principal",
    secretPolicy: [to("*")],
  },
  {
    name: "another role's name is not this one",
    page: "principal",
    secretPolicy: [to(`${home.principal}-2`)],
    refusedBy: "identity",
  },
  {
    name: "the id of a deleted role means nobody",
    page: "principal",
    secretPolicy: [to("AROAEXAMPLEEXAMPLE12")],
    refusedBy: "identity",
  },
  {
    name: "a boundary that does not allow refuses",
    page: "boundaries",
    identity: [all],
    boundary: [{ ...all, Action: "s3:*" }],
    refusedBy: "boundary",
  },
  { name: "a boundary allows nothing by itself", page: "boundaries", boundary: [all], refusedBy: "identity" },
  {
    name: "a boundary limits what the secret's policy gives the role by its name",
    page: "order",
    secretPolicy: [to(home.principal)],
    boundary: [{ ...all, Action: "s3:*" }],
    refusedBy: "boundary",
  },
  {
    name: "a boundary does not limit what everybody is given, narrowed to the role by a condition",
    page: "principal",
    secretPolicy: [{ ...to("*"), Condition: { ArnEquals: { "aws:PrincipalArn": home.principal } } }],
    boundary: [{ ...all, Action: "s3:*" }],
  },
];

describe("AWS's pages decide about whom a policy means, and what limits it", () => itDecides(cases));
