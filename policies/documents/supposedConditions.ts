import { entriesOf, isObject, unknown, type Properties, type Value } from "../view/values";
import { mapElements } from "./elements";
import { strangers } from "./strangers";
import type { Supposition } from "./supposition";

/** Operators whose values may hold wildcards, and so need not limit anything. */
const wild = /like|^arn/;

/** Conditions on what rules ask for; a value that is not known counts as one that limits. */
const limitingTests: Properties = Object.fromEntries(
  [
    "aws:PrincipalArn",
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:RequestTag/eks-cluster-arn",
    "aws:RequestTag/kubernetes-namespace",
    "aws:RequestTag/kubernetes-service-account",
    "aws:ResourceAccount",
    "aws:ResourceTag/unknown",
    "aws:SourceAccount",
    "iam:PassedToService",
    "kms:EncryptionContext:SecretARN",
    "kms:ResourceAliases",
    "kms:ViaService",
    "saml:aud",
    "unknown:amr",
    "unknown:aud",
    "unknown:sub",
  ].map((key) => [key, unknown]),
);

/** Conditions that only a stranger meets. */
const strangeTests: Properties = Object.fromEntries(
  ["aws:PrincipalArn", "aws:SourceAccount", "aws:SourceOwner"].map((key) => [key, unknown]),
);

/**
 * A value that is not known is taken for one that limits, where no wildcard can make it one that does not: so it stays
 * unknown unless a stranger is supposed.
 */
export function supposeConditions(element: Value, how: Supposition, denies: boolean): Value {
  if (element === unknown)
    return supposeConditions({ [denies ? "StringNotEquals" : "StringEquals"]: unknown }, how, denies);
  if (!isObject(element)) return element;
  return mapElements(element, (operator, tests) => {
    if (tests !== unknown) return isObject(tests) ? supposeTests(tests, operator, how) : tests;
    if (how === "widest") return {};
    return supposeTests(how === "narrowest" ? limitingTests : strangeTests, operator, how);
  });
}

function supposeTests(tests: Properties, operator: string, how: Supposition): Properties {
  const open = how === "widest" && wild.test(operator.slice(operator.indexOf(":") + 1));
  return mapElements(tests, (key, values) => {
    const entries = entriesOf(values);
    if (!entries.includes(unknown)) return values;
    if (open) return undefined;
    const stranger = how === "stranger" ? strangerFor(key, operator) : unknown;
    return entries.map((entry) => (entry === unknown ? stranger : entry));
  });
}

function strangerFor(key: string, operator: string): string {
  if (operator === "null") return "false";
  if (key === "aws:principalarn") return "arn:aws:iam::*:role/unknown";
  if (key.endsWith("arn")) return strangers.arn;
  if (key.endsWith("account") || key.endsWith("owner")) return strangers.account;
  return key.includes("org") ? strangers.organization : strangers.other;
}
