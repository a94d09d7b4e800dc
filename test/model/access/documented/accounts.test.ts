import { type DocumentedCase, itDecides } from "../support/documentedCase";
import { all, arnsOf, everybody, prod, type Statement } from "../support/world";

const home = arnsOf({});
const abroad = arnsOf({ account: prod });
const read: Statement = {
  Sid: "Read",
  Effect: "Allow",
  Action: "secretsmanager:GetSecretValue",
  Resource: home.secret,
};
const deny: Statement = { Sid: "No", Effect: "Deny", Action: "secretsmanager:GetSecretValue", Resource: "*" };
const to = (AWS: unknown): Statement => ({ ...read, Sid: "To", Principal: { AWS }, Resource: "*" });

const cases: readonly DocumentedCase[] = [
  {
    name: "between accounts the role's policy is not enough",
    page: "abroad",
    account: prod,
    identity: [all],
    refusedBy: "resource",
  },
  {
    name: "between accounts the secret's policy is not enough",
    page: "abroad",
    account: prod,
    secretPolicy: [to(abroad.principal)],
    refusedBy: "identity",
  },
  {
    name: "between accounts everybody is not enough either",
    page: "abroad",
    account: prod,
    secretPolicy: [to("*")],
    refusedBy: "identity",
  },
  {
    name: "between accounts both are",
    page: "secretsAbroad",
    account: prod,
    identity: [read],
    secretPolicy: [to(abroad.root)],
  },
  {
    name: "between accounts a boundary limits what everybody is given",
    page: "abroad",
    account: prod,
    identity: [all],
    boundary: [{ ...all, Action: "s3:*" }],
    secretPolicy: [to("*")],
    refusedBy: "boundary",
  },
  {
    name: "an account let in by its number is let in",
    page: "secretPolicies",
    account: prod,
    identity: [read],
    secretPolicy: [to(prod)],
  },
  {
    name: "an account that is let in only within the organisation, and left it",
    page: "globalKeys",
    account: prod,
    organisation: "o-otherotherot",
    identity: [all],
    secretPolicy: [
      { ...to(abroad.root), Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } } },
    ],
    refusedBy: "resource",
  },
  {
    name: "an account in no organisation has no such key",
    page: "globalKeys",
    account: prod,
    organisation: null,
    identity: [all],
    secretPolicy: [
      { ...to(abroad.root), Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } } },
    ],
    refusedBy: "resource",
  },
  {
    name: "each level of control has to allow",
    page: "controls",
    identity: [all],
    controls: [[all], [{ ...all, Action: "s3:*" }]],
    refusedBy: "organisation",
  },
  {
    name: "controls allow nothing by themselves",
    page: "controls",
    controls: [[all], [all]],
    refusedBy: "identity",
  },
  {
    name: "a control that denies refuses",
    page: "controls",
    identity: [all],
    controls: [[all], [all, deny]],
    refusedBy: "organisation",
  },
  {
    name: "controls limit what a secret's policy gives",
    page: "controls",
    secretPolicy: [to("*")],
    controls: [[{ ...all, Action: "s3:*" }]],
    refusedBy: "organisation",
  },
  { name: "controls of another account do not bind", page: "controls", identity: [all] },
  {
    name: "a call through an endpoint that allows it",
    page: "endpoints",
    identity: [all],
    through: "vpce-1",
    endpoint: [everybody],
  },
  {
    name: "an endpoint's policy refuses what it does not allow",
    page: "endpoints",
    identity: [all],
    through: "vpce-1",
    endpoint: [{ ...everybody, Principal: { AWS: abroad.root } }],
    refusedBy: "endpoint",
  },
  {
    name: "an endpoint's policy gives nothing",
    page: "endpoints",
    through: "vpce-1",
    endpoint: [everybody],
    refusedBy: "identity",
  },
  {
    name: "without the endpoint its policy does not count",
    page: "endpoints",
    identity: [all],
    endpoint: [],
  },
  {
    name: "a policy may ask for the endpoint",
    page: "globalKeys",
    identity: [{ ...all, Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }],
    through: "vpce-1",
  },
  {
    name: "which another way lacks",
    page: "globalKeys",
    identity: [{ ...all, Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }],
    refusedBy: "identity",
  },
];

describe("AWS's pages decide about between accounts, in an organisation, through an endpoint", () =>
  itDecides(cases));
