import { logRetentionDays } from "../../model/limits";
import type { OperationsKey } from "../../components/account/operationsKey";
import { RotationRollout } from "../../components/workload/rotationRollout";
import { accountPlace } from "../../model/documents/accountHoldings";
import { rolloutPolicy, rolloutQueuePolicy, rotationBusPolicy } from "../../model/documents/rolloutPolicies";
import type { WorkloadStack } from "../../model/organisation/types";
import { platformFunctionNames, rolloutQueueNames, rotationBusName } from "../../model/plan/names";
import { rolloutsIn } from "../../model/plan/rollouts";
import { rotationSucceeded } from "../../model/plan/rotationPattern";
import type { EnvironmentPlan } from "../../model/plan/types";
import type { ProgramInput } from "../programInput";
import type { Tags } from "../account/tags";

/** Restarts ECS services after rotations; nothing where no manifest asks for it. */
export function rotationRollout(
  { plan, functionCode }: ProgramInput,
  { concurrency }: WorkloadStack,
  {
    environment,
    operationsKey,
    tags,
  }: { readonly environment: EnvironmentPlan; readonly operationsKey: OperationsKey; readonly tags: Tags },
): void {
  const { organisation } = plan;
  const rollouts = rolloutsIn(plan, environment.name);
  if (rollouts.length === 0) return;
  const place = accountPlace(organisation, environment.workload.account);
  const security = accountPlace(organisation, environment.security.account);
  new RotationRollout("rotation-rollout", {
    functionName: platformFunctionNames.rollout,
    roleName: platformFunctionNames.rollout,
    description: "Redeploys ECS services after what is injected into them has been rotated",
    policy: rolloutPolicy(
      place,
      rollouts.flatMap(({ services }) => services),
    ),
    code: functionCode("rollout/entry", { rollouts }),
    logs: { retentionDays: logRetentionDays, keyArn: operationsKey.arn },
    busName: rotationBusName,
    busPolicy: rotationBusPolicy(organisation, place, security.account),
    eventPattern: rotationSucceeded(security, environment.name),
    queueNames: rolloutQueueNames,
    queuePolicy: rolloutQueuePolicy(place),
    reservedConcurrency: concurrency?.functions,
    tags,
  });
}
