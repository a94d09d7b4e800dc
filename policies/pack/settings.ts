import type { PolicyConfigSchema } from "@pulumi/policy";
import { pendingDeletionDays } from "../../model/aws/pendingDeletion";
import { longestExpiryDays, longestRotationDays, shortestWarningDays } from "../../model/limits";

/** What an organisation may say to the rules. Every setting has a default that suits a program on its own. */
export interface Settings {
  /** Identifier of the AWS organisation; empty: any organisation condition counts. */
  readonly organization: string;
  /** Values of the `environment` tag, or path segments, that are production. */
  readonly production: readonly string[];
  /** Names of environments, as they stand in the names of roles. */
  readonly environments: readonly string[];
  /** Items that more than one service may read. */
  readonly sharing: readonly Share[];
  /** Tags every secret, key and parameter carries. */
  readonly requiredTags: readonly string[];
  readonly maxRotationDays: number;
  readonly maxExpiryDays: number;
  readonly minNoticeDays: number;
  readonly minRecoveryDays: number;
  readonly minKeyDeletionDays: number;
  readonly minProductionKeyDeletionDays: number;
  /** Roles, by path and name (`/platform/*`), that may read more than one service's environment. */
  readonly branchReaders: readonly string[];
  /** Managed policies, by path and name, that are permissions boundaries even while no role has them. */
  readonly boundaries: readonly string[];
  /** Stacks in whose account something else looks for access from outside. */
  readonly analyzedElsewhere: readonly string[];
  /** Names of String and StringList parameters whose owners said why anybody may know them. */
  readonly publicParameters: readonly string[];
  /** Names of launch templates whose instances run containers that need the instance's role. */
  readonly containerInstances: readonly string[];
}

/** `item` of `owner` in every environment, read by the services in `with`. */
export interface Share {
  readonly owner: string;
  readonly item: string;
  readonly with: readonly string[];
}

export type SettingName = keyof Settings;

type Schema<T> = PolicyConfigSchema["properties"][string] & {
  readonly default: T;
  readonly description: string;
};

export const settingSchemas: { readonly [K in SettingName]: Schema<Settings[K]> } = {
  organization: {
    type: "string",
    pattern: "^(o-[a-z0-9]{10,32})?$",
    default: "",
    description: "Identifier of the AWS organisation. Empty: any organisation named in a condition counts",
  },
  production: {
    type: "array",
    items: { type: "string" },
    default: ["prod", "production"],
    description: "Names of the production environments, as in the `environment` tag",
  },
  environments: {
    type: "array",
    items: { type: "string" },
    default: [
      "dev",
      "development",
      "test",
      "qa",
      "uat",
      "sandbox",
      "stage",
      "staging",
      "preprod",
      "prod",
      "production",
    ],
    description:
      "Names of all environments, by which a role's name tells its own (`{service}-{environment}-{consumer}`)",
  },
  sharing: {
    type: "array",
    items: {
      type: "object",
      required: ["owner", "item", "with"],
      additionalProperties: false,
      properties: {
        owner: { type: "string", description: "Service that owns the item" },
        item: { type: "string", description: "Name of the secret or parameter" },
        with: { type: "array", items: { type: "string" }, description: "Services that may read it" },
      },
    },
    default: [],
    description: "Secrets and parameters that services beside their owner may read",
  },
  requiredTags: {
    type: "array",
    items: { type: "string" },
    default: ["owner", "service", "environment"],
    description: "Tags that every secret carries",
  },
  maxRotationDays: {
    type: "number",
    minimum: 1,
    maximum: 1000,
    default: longestRotationDays,
    description: "Longest time between two rotations, in days",
  },
  maxExpiryDays: {
    type: "number",
    minimum: 1,
    default: longestExpiryDays,
    description: "Longest life of a parameter that expires, in days",
  },
  minNoticeDays: {
    type: "number",
    minimum: 1,
    default: shortestWarningDays,
    description: "Shortest time between the notice and the expiry, in days",
  },
  minRecoveryDays: {
    type: "number",
    minimum: pendingDeletionDays.from,
    maximum: pendingDeletionDays.to,
    default: pendingDeletionDays.from,
    description: "Shortest recovery window of a deleted production secret, in days",
  },
  minKeyDeletionDays: {
    type: "number",
    minimum: pendingDeletionDays.from,
    maximum: pendingDeletionDays.to,
    default: pendingDeletionDays.from,
    description: "Shortest waiting period before a key is deleted, in days",
  },
  minProductionKeyDeletionDays: {
    type: "number",
    minimum: pendingDeletionDays.from,
    maximum: pendingDeletionDays.to,
    default: pendingDeletionDays.to,
    description: "Shortest waiting period before a production key is deleted, in days",
  },
  branchReaders: {
    type: "array",
    items: { type: "string" },
    default: ["/platform/*"],
    description: "Roles, by path and name, that may read whole branches of values, `*` standing for any text",
  },
  boundaries: {
    type: "array",
    items: { type: "string" },
    default: [],
    description:
      "Managed policies, by path and name (`/platform/boundary`, `*` standing for any text), that are permissions boundaries even while no role has them; one that is attached to anything is judged all the same",
  },
  analyzedElsewhere: {
    type: "array",
    items: { type: "string" },
    default: [],
    description:
      "Stacks in whose account something else looks for access from outside, such as the organisation",
  },
  publicParameters: {
    type: "array",
    items: { type: "string" },
    default: [],
    description:
      "Parameters, by their full names, whose owners gave a reason why anybody may know the value: their names do not make credentials of them, and the known form of a credential still does",
  },
  containerInstances: {
    type: "array",
    items: { type: "string" },
    default: [],
    description:
      "Launch templates, by name, whose owners said that containers on their instances need the instance's role: a hop limit of 2 is allowed to them",
  },
};

export const defaultSettings: Settings = Object.fromEntries(
  Object.entries(settingSchemas).map(([name, schema]) => [name, schema.default]),
) as unknown as Settings;

/** An organisation's environments, with the names that roles of others usually hold. */
export function withUsual(environments: readonly string[]): readonly string[] {
  return [...new Set([...environments, ...defaultSettings.environments])];
}
