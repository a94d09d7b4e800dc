import { ECSClient } from "@aws-sdk/client-ecs";
import { setTimeout as wait } from "node:timers/promises";
import type { RolloutSettings } from "../../model/functions/settings";
import { writeToStandardOutput } from "../lambda/log";
import { readSettings } from "../lambda/settings";
import { rollout } from "./handler";

/** Lambda function that redeploys ECS services after a secret they were started with has been rotated. */
export const handler = rollout({
  client: new ECSClient({ maxAttempts: 6, retryMode: "adaptive" }),
  settings: readSettings<RolloutSettings>(),
  write: writeToStandardOutput,
  wait,
});
