import { logRetentionDays, shortestWarningDays } from "../../model/limits";
import { ExpiryWatch } from "../../components/account/expiryWatch";
import type { OperationsKey } from "../../components/account/operationsKey";
import { expiryWatchPolicy } from "../../model/documents/expiryWatchPolicy";
import { type ExpiryWatchSettings, topicArnVariable } from "../../model/functions/settings";
import type { Stack } from "../../model/organisation/types";
import { formTagValue } from "../../model/values/databaseForm";
import { plannedForm } from "../../model/values/plannedForm";
import { platformFunctionNames } from "../../model/plan/names";
import { plannedRotation } from "../../model/plan/plannedRotation";
import type { ParameterPlan, SecretPlan } from "../../model/plan/types";
import type { ProgramInput } from "../programInput";
import type { Tags } from "./tags";

interface Watched {
  readonly stack: Stack;
  /** Topic that owners are told through. */
  readonly topicArn: string;
  readonly parameters: readonly ParameterPlan[];
  readonly secrets: readonly SecretPlan[];
}

/** Looks daily through what an account holds. */
export function expiryWatch(
  { plan, functionCode }: ProgramInput,
  { stack: { account, concurrency }, topicArn, parameters, secrets }: Watched,
  operationsKey: OperationsKey,
  tags: Tags,
): void {
  const expectedParameters = parameters
    .filter(({ expires }) => expires !== undefined)
    .map(({ name, owner, expires }) => ({ name, owner, ...(expires && { expires }) }));
  const expectedRotations = secrets.map(({ name, rotation }) => ({ name, ...plannedRotation({ rotation }) }));
  const expectedReplicas = secrets
    .filter(({ replicas }) => replicas.length > 0)
    .map(({ name, replicas }) => ({ name, regions: replicas }));
  const expectedForms = secrets.flatMap(({ name, shape, rotation: { admin } }) =>
    shape.form === "database" ? [{ name, form: formTagValue(plannedForm(shape, admin)) }] : [],
  );
  const settings: ExpiryWatchSettings = {
    expectedParameters,
    expectedRotations,
    expectedReplicas,
    expectedForms,
    warnDays: shortestWarningDays,
  };
  new ExpiryWatch("expiry-watch", {
    functionName: platformFunctionNames.expiryWatch,
    roleName: platformFunctionNames.expiryWatch,
    description: "Tells owners what has expired, is unset, overdue or stuck",
    policy: expiryWatchPolicy(plan.organisation, account, topicArn, expectedReplicas.length > 0),
    code: functionCode("expiryWatch/entry", settings),
    environment: { [topicArnVariable]: topicArn },
    logs: { retentionDays: logRetentionDays, keyArn: operationsKey.arn },
    reservedConcurrency: concurrency?.functions,
    tags,
  });
}
