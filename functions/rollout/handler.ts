import type { ECSClient } from "@aws-sdk/client-ecs";
import type { Clock } from "../../aws/clock";
import { rolloutMetrics } from "../../model/functions/metrics";
import type { EcsServiceName, RolloutSettings } from "../../model/functions/settings";
import { awsCalls } from "../lambda/awsCalls";
import type { LambdaContext } from "../lambda/context";
import { describeError } from "../lambda/describeError";
import { jsonLog, type WriteLine } from "../lambda/log";
import { writeMetrics } from "../lambda/metrics";
import { deploy } from "./deploy";
import { parseRotations, type RotationSucceeded } from "./event";
import { servicesFor } from "./targets";

export interface RolloutDependencies {
  readonly client: ECSClient;
  readonly settings: RolloutSettings;
  readonly write: WriteLine;
  /** Waits so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** Between two looks at a deployment under way. */
const pauseMs = 15_000;

/** Left for the calls after the last pause. */
const reserveMs = 30_000;

/**
 * After a rotation, redeploys the ECS services that were given the secret at the start of their tasks. A service
 * with a deployment under way is waited for, and rotations come one after the other from a queue: never two at a time.
 * When time runs out, or anything fails, the call fails, so that the queue gives the rotation again; what is done by
 * then is recognised and not done again.
 */
export function rollout(dependencies: RolloutDependencies) {
  return async (event: unknown, context: LambdaContext): Promise<void> => {
    for (const rotation of parseRotations(event)) await deployFor(rotation, dependencies, context);
  };
}

async function deployFor(
  { secretArn, time }: RotationSucceeded,
  { client, settings, write, wait, clock }: RolloutDependencies,
  context: LambdaContext,
): Promise<void> {
  const log = jsonLog(write, { requestId: context.awsRequestId, secret: secretArn });
  const count = (name: string) =>
    writeMetrics(write, context.functionName, [{ name, value: 1, unit: "Count" }]);
  const aws = awsCalls(context, { reserveMs, clock });
  const failures: string[] = [];
  let open = servicesFor(settings, secretArn);
  if (open.length === 0) log.info("no service is restarted for this secret");

  for (;;) {
    const busy: EcsServiceName[] = [];
    for (const name of open) {
      const fields = { cluster: name.cluster, service: name.service };
      try {
        // From the look on: a fault may hide that the deployment was started.
        const outcome = await aws.call("ecs:UpdateService", () => deploy(client, name, time), ["target"]);
        if (outcome === "busy") busy.push(name);
        if (outcome === "started") {
          log.info("a new deployment was started", fields);
          count(rolloutMetrics.started);
        }
        if (outcome === "not-needed") {
          log.info("a deployment begun since has the new value", fields);
          count(rolloutMetrics.skipped);
        }
      } catch (error) {
        const reason = reasonOf(error);
        failures.push(`${name.cluster}/${name.service}: ${reason}`);
        log.error(reason, fields);
        count(rolloutMetrics.failed);
      }
    }
    open = busy;
    if (open.length === 0 || context.getRemainingTimeInMillis() < pauseMs + reserveMs) break;
    await wait(pauseMs);
  }

  for (const { cluster, service } of open) {
    failures.push(`${cluster}/${service}: an earlier deployment is still under way`);
    log.error("an earlier deployment is still under way", { cluster, service });
    count(rolloutMetrics.failed);
  }
  if (failures.length > 0) throw new Error(`not every service could be deployed: ${failures.join("; ")}`);
}

/** Own errors carry no code and may be shown. */
function reasonOf(error: unknown): string {
  return error instanceof Error && error.constructor === Error && !("$metadata" in error)
    ? error.message
    : describeError(error);
}
