import {
  DescribeServicesCommand,
  UpdateServiceCommand,
  type Deployment,
  type ECSClient,
} from "@aws-sdk/client-ecs";
import type { EcsServiceName } from "../../model/functions/settings";

export type DeployOutcome =
  /** A deployment was started. */
  | "started"
  /** One begun after the rotation has started tasks with the new value, or is about to. */
  | "not-needed"
  /** One begun before the rotation is under way. */
  | "busy";

/* eslint-disable no-restricted-syntax -- Its caller tries the whole of it again, the look first. */

/**
 * Starts a deployment of a service whose tasks were started before the given time, unless one is under way.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
 * @throws Error when there is no such active service
 */
export async function deploy(client: ECSClient, name: EcsServiceName, since: Date): Promise<DeployOutcome> {
  const { cluster, service } = name;
  const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const [found] = services;
  if (found?.status !== "ACTIVE") {
    throw new Error(
      `there is no active ECS service ${service} in cluster ${cluster}; correct rollout in the manifest, or deploy the service`,
    );
  }
  const deployments = found.deployments ?? [];
  const newest = deployments.find(({ status }) => status === "PRIMARY");
  if (newest?.createdAt !== undefined && newest.createdAt >= since) return "not-needed";
  if (deployments.some(isUnderWay)) return "busy";
  await client.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
  return "started";
}

/** Beside the newest deployment, ECS lists those it has not drained yet. */
function isUnderWay({ status, rolloutState }: Deployment): boolean {
  return status === "PRIMARY" ? rolloutState === "IN_PROGRESS" : status === "ACTIVE";
}
