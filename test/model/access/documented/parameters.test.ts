import { type DocumentedCase, itDecides } from "../support/documentedCase";
import { all, arnsOf, prod, type Statement } from "../support/world";

const home = arnsOf({});
const share = (rest: object = {}) => ({
  name: "share",
  accounts: [prod],
  external: false,
  permission: "read" as const,
  ...rest,
});
const getParameter: Statement = { Sid: "Get", Effect: "Allow", Action: "ssm:*", Resource: "*" };

const cases: readonly DocumentedCase[] = [
  {
    name: "a SecureString is decrypted under its own context",
    page: "secureStrings",
    action: "ssm:GetParameter",
    identity: [getParameter],
  },
  {
    name: "having a path is having what is under it",
    page: "byPath",
    action: "ssm:GetParametersByPath",
    identity: [{ ...getParameter, Resource: `${home.parameter.replace("/prod/token", "")}` }],
  },
  {
    name: "also where the parameter itself is denied",
    page: "byPath",
    action: "ssm:GetParametersByPath",
    identity: [getParameter, { ...getParameter, Effect: "Deny", Resource: home.parameter }],
  },
  {
    name: "having the parameter is not having the path",
    page: "byPath",
    action: "ssm:GetParametersByPath",
    identity: [{ ...getParameter, Resource: home.parameter }],
    refusedBy: "identity",
  },
  {
    name: "a parameter that is not shared stays in its account",
    page: "shared",
    account: prod,
    action: "ssm:GetParameter",
    identity: [all],
    refusedBy: "resource",
  },
  {
    name: "a shared one is read where the role's policy allows",
    page: "shared",
    account: prod,
    action: "ssm:GetParameter",
    identity: [getParameter],
    shares: [share()],
  },
  {
    name: "sharing gives a role nothing by itself",
    page: "shared",
    account: prod,
    action: "ssm:GetParameter",
    shares: [share()],
    refusedBy: "identity",
  },
  {
    name: "a shared one has no history",
    page: "shared",
    account: prod,
    action: "ssm:GetParameterHistory",
    identity: [all],
    shares: [share()],
    refusedBy: "resource",
  },
  {
    name: "unless it is shared with it",
    page: "shared",
    account: prod,
    action: "ssm:GetParameterHistory",
    identity: [all],
    shares: [share({ permission: "read-with-history" })],
  },
  {
    name: "a shared one is not found by path",
    page: "shared",
    account: prod,
    action: "ssm:GetParametersByPath",
    identity: [all],
    shares: [share({ permission: "read-with-history" })],
    refusedBy: "resource",
  },
  {
    name: "a share within the organisation ends with it",
    page: "shared",
    account: prod,
    organisation: "o-otherotherot",
    action: "ssm:GetParameter",
    identity: [all],
    shares: [share()],
    refusedBy: "resource",
  },
  {
    name: "one with external principals does not",
    page: "shared",
    account: prod,
    organisation: "o-otherotherot",
    action: "ssm:GetParameter",
    identity: [all],
    shares: [share({ external: true })],
  },
];

describe("AWS's pages decide about parameters and shares", () => itDecides(cases));
