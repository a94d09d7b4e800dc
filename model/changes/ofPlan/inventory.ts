import { environmentOf } from "../../plan/environmentOf";
import type { Plan, SecretPlan } from "../../plan/types";
import type { HeldName, Inventory, ItemToSet, Thing } from "../types";
import { alarmsOf } from "./alarms";
import { consumersOf } from "./consumers";
import { grantsOf } from "./grants";
import { keysOf } from "./keys";
import { parametersOf } from "./parameters";
import { secretsOf } from "./secrets";
import { settingsOf } from "./settings";

/** Of the policy pack's exemptions, what is compared. */
export interface ExemptionOfRule {
  readonly rule: string;
  readonly resource: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day it counts, as in `2026-11-30`. */
  readonly until: string;
}

/** What a catalogue and its Plan give. Linear in items, grants and alarms. */
export function inventoryOfPlan(plan: Plan, exemptions: readonly ExemptionOfRule[]): Inventory {
  return {
    things: [
      ...grantsOf(plan),
      ...exemptions.map(exemptionOf),
      ...settingsOf(plan),
      ...keysOf(plan),
      ...consumersOf(plan),
      ...secretsOf(plan),
      ...parametersOf(plan),
      ...alarmsOf(plan),
    ],
    names: held(plan).map(({ stack, name }) => ({ stack, name })),
    protectedNames: held(plan).flatMap(({ stack, name, isProtected }) =>
      isProtected ? [{ stack, name }] : [],
    ),
    toSet: itemsToSet(plan),
  };
}

function exemptionOf({ rule, resource, reason, owner, until }: ExemptionOfRule): Thing {
  return {
    kind: "exemption",
    stack: "all",
    about: "policies",
    name: `${rule} ${resource}`,
    words: `${resource} is exempt from ${rule}`,
    wider: "added",
    facts: { until: { value: until, wider: "more" }, reason: { value: reason }, owner: { value: owner } },
  };
}

/** As stacks export them (`protectedNames`). */
function held(plan: Plan): readonly (HeldName & { readonly isProtected: boolean })[] {
  return [
    ...plan.keys.map(({ alias, environment, home, protected: isProtected }) => ({
      stack: environmentOf(plan, environment)[home].stack,
      name: alias,
      isProtected,
    })),
    ...plan.secrets.map(({ name, environment, protected: isProtected }) => ({
      stack: environmentOf(plan, environment).security.stack,
      name,
      isProtected,
    })),
    ...plan.parameters.map(({ name, environment, home, protected: isProtected }) => ({
      stack: environmentOf(plan, environment)[home].stack,
      name,
      isProtected,
    })),
  ];
}

/**
 * Generated secrets get their value at creation; a login and a function's secret wait for theirs, and so does every
 * SecureString. Into what is on its way out nothing is put any more.
 */
export function itemsToSet(plan: Plan): readonly ItemToSet[] {
  const secrets = plan.secrets.filter(({ rotation, retired }) => !rotation.immediately && !retired);
  const parameters = plan.parameters.filter(({ key, retired }) => key !== undefined && !retired);
  return [
    ...secrets.map((secret) => ({
      stack: environmentOf(plan, secret.environment).security.stack,
      name: secret.name,
      item: `${secret.service}/${secret.environment}/${secret.item}`,
      ...loginOf(secret),
    })),
    ...parameters.map(({ name, environment, home, service, item }) => ({
      stack: environmentOf(plan, environment)[home].stack,
      name,
      item: `${service}/${environment}/${item}`,
    })),
  ];
}

/** What the value of a login is for, which rotations copy on as it is. */
function loginOf({ shape, rotation }: SecretPlan): { readonly login?: string } {
  if (shape.form !== "database") return {};
  const { host, port, name, username } = shape.database;
  return { login: JSON.stringify([shape.engine, host, port, name, username, rotation.admin ?? ""]) };
}
