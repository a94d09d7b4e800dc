import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { loadPlan } from "../../../../model/load";
import type { ParameterPlan, Plan, SecretPlan } from "../../../../model/plan/types";
import { formatProblem } from "../../../../model/yaml/problem";
import { organisationRoot } from "../../../support/organisation";

export const repository = resolve(__dirname, "../../../..");

/** One service with a value of each kind, in the tests' own organisation. */
export const fixtureServices = join(__dirname, "../fixtures/services");

/** Logins of MySQL and MariaDB. */
export const mysqlServices = join(__dirname, "../fixtures/mysql");

/** A login whose administrator's secret RDS manages, in the workload account. */
export const managedServices = join(__dirname, "../fixtures/managed");

/** Credentials of partners of AWS. */
export const partnerServices = join(__dirname, "../fixtures/partners");

export function planFrom(servicesDirectory = fixtureServices): Plan {
  const { plan, problems } = loadPlan({ root: organisationRoot, servicesDirectory });
  assert.deepEqual(problems.map(formatProblem), []);
  assert.ok(plan);
  return plan;
}

export function secretNamed(plan: Plan, name: string): SecretPlan {
  const found = plan.secrets.find((secret) => secret.name === name);
  assert.ok(found, `no secret ${name}`);
  return found;
}

export function parameterNamed(plan: Plan, name: string): ParameterPlan {
  const found = plan.parameters.find((parameter) => parameter.name === name);
  assert.ok(found, `no parameter ${name}`);
  return found;
}
