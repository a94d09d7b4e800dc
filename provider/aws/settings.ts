import { accountIds, iamArn } from "../../model/aws/textRules";
import type { InputProblem } from "../protocol/handlers";
import { containsUnknown, type Properties } from "../protocol/properties";

const roleArn = iamArn("role/.+");

/**
 * How to reach AWS, in the terms of the AWS provider's own configuration
 * (pulumi.com/registry/packages/aws/installation-configuration), so that a stack states it once.
 */
export interface AwsSettings {
  readonly region?: string;
  readonly profile?: string;
  readonly accessKey?: string;
  readonly secretKey?: string;
  readonly token?: string;
  /** 12 digits each; with any other account nothing is done. */
  readonly allowedAccountIds: readonly string[];
  /** Assumed one after the other. */
  readonly assumeRoles: readonly RoleToAssume[];
  readonly assumeRoleWithWebIdentity?: WebIdentityRole;
  /** By service: `secretsmanager`, `ssm`, `sts`. */
  readonly endpoints: Readonly<Record<string, string>>;
}

export interface RoleToAssume {
  readonly roleArn: string;
  readonly sessionName?: string;
  readonly externalId?: string;
  readonly sourceIdentity?: string;
  readonly policy?: string;
  readonly policyArns?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
}

export interface WebIdentityRole {
  readonly roleArn: string;
  readonly sessionName?: string;
  readonly webIdentityToken?: string;
  readonly webIdentityTokenFile?: string;
}

const settingNames = [
  "region",
  "profile",
  "accessKey",
  "secretKey",
  "token",
  "allowedAccountIds",
  "assumeRole",
  "assumeRoles",
  "assumeRoleWithWebIdentity",
  "endpoints",
] as const;

/** Settings of the engine's own that come along with a provider's. */
const ignoredNames = new Set(["version", "pluginDownloadURL"]);

/** Everything wrong with the configuration; what is not known yet passes. */
export function settingProblems(configuration: Properties): InputProblem[] {
  const values = decodeAll(configuration);
  const problems: InputProblem[] = [];
  const fail = (property: string, reason: string): number => problems.push({ property, reason });

  for (const name of Object.keys(values)) {
    if (ignoredNames.has(name) || (settingNames as readonly string[]).includes(name)) continue;
    fail(name, `is no setting of this provider; it takes ${settingNames.join(", ")}`);
  }
  for (const name of ["region", "profile", "accessKey", "secretKey", "token"]) {
    const value = values[name];
    if (value !== undefined && typeof value !== "string") fail(name, "must be a text");
  }
  if ((values.accessKey === undefined) !== (values.secretKey === undefined))
    fail("accessKey", "accessKey and secretKey come together; give both or neither");

  const accounts = values.allowedAccountIds;
  if (accounts !== undefined && !containsUnknown(accounts) && !isListOf(accounts, isAccountId))
    fail("allowedAccountIds", 'must be a list of account numbers of 12 digits, as texts: ["111111111111"]');

  for (const [property, role] of rolesWithPlaces(values)) {
    if (containsUnknown(role)) continue;
    if (typeof role.roleArn !== "string" || !roleArn.test(role.roleArn))
      fail(`${property}.roleArn`, "must be the ARN of a role, arn:PARTITION:iam::ACCOUNT:role/NAME");
  }
  for (const [service, url] of Object.entries(endpointsOf(values))) {
    if (!containsUnknown(url) && (typeof url !== "string" || !URL.canParse(url)))
      fail(`endpoints.${service}`, "must be a URL, such as https://ssm.eu-west-1.amazonaws.com");
  }
  return problems;
}

/** The settings out of a configuration without problems. */
export function awsSettings(configuration: Properties): AwsSettings {
  const values = decodeAll(configuration);
  const roles = ["assumeRole", "assumeRoles"];
  const plain = Object.fromEntries(Object.entries(values).filter(([name]) => !roles.includes(name)));
  return {
    ...(plain as Partial<AwsSettings>),
    allowedAccountIds: (values.allowedAccountIds as string[] | undefined) ?? [],
    assumeRoles: assumedRoles(values).map(([, role]) => role as unknown as RoleToAssume),
    endpoints: endpointsOf(values) as Record<string, string>,
  };
}

/** Structured settings come as they are, or, from a stack's file, as JSON text. */
function decodeAll(configuration: Properties): Properties {
  return Object.fromEntries(Object.entries(configuration).map(([name, value]) => [name, decode(value)]));
}

function decode(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function rolesWithPlaces(values: Properties): [place: string, role: Properties][] {
  const web = values.assumeRoleWithWebIdentity;
  return [
    ...assumedRoles(values),
    ...(isRecord(web) ? [["assumeRoleWithWebIdentity", web] as [string, Properties]] : []),
  ];
}

function assumedRoles(values: Properties): [place: string, role: Properties][] {
  const list = Array.isArray(values.assumeRoles) ? (values.assumeRoles as unknown[]) : [];
  return [
    ...(isRecord(values.assumeRole) ? [["assumeRole", values.assumeRole] as [string, Properties]] : []),
    ...list.filter(isRecord).map((role, index): [string, Properties] => [`assumeRoles[${index}]`, role]),
  ];
}

/** The AWS provider takes a list of objects by service. */
function endpointsOf(values: Properties): Properties {
  const list = Array.isArray(values.endpoints) ? (values.endpoints as unknown[]) : [values.endpoints];
  return Object.assign({}, ...list.filter(isRecord)) as Properties;
}

function isRecord(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isAccountId(value: unknown): boolean {
  return typeof value === "string" && accountIds.pattern.test(value);
}
