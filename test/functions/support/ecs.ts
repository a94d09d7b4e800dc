import { ECSClient, type DeploymentRolloutState } from "@aws-sdk/client-ecs";
import assert from "node:assert/strict";
import { ServiceFault, startJsonService, type JsonService } from "./jsonService";

export interface StoredDeployment {
  status: "PRIMARY" | "ACTIVE";
  rolloutState: DeploymentRolloutState;
  /** Seconds of the epoch. */
  createdAt: number;
}

export interface StoredService {
  readonly serviceName: string;
  status: "ACTIVE" | "INACTIVE";
  deployments: StoredDeployment[];
}

export interface EcsDouble extends JsonService {
  services: StoredService[];
  client(): ECSClient;
}

/**
 * Named test double of ECS's deployments: one that is started replaces the primary one and is under way until the test
 * ends it. It fails a test that starts one beside another.
 */
export async function startEcs(now: () => Date): Promise<EcsDouble> {
  const service = await startJsonService({
    DescribeServices({ services: [name] }: { services: string[] }) {
      const found = ecs.services.filter(({ serviceName }) => serviceName === name);
      return { services: found, failures: found.length === 0 ? [{ arn: name, reason: "MISSING" }] : [] };
    },
    UpdateService({ service: name, forceNewDeployment }: { service: string; forceNewDeployment?: boolean }) {
      const found = ecs.services.find(({ serviceName }) => serviceName === name);
      if (found === undefined) throw new ServiceFault("ServiceNotFoundException", "Service not found.");
      assert.equal(forceNewDeployment, true);
      assert.ok(
        found.deployments.every(
          ({ status, rolloutState }) => status === "PRIMARY" && rolloutState !== "IN_PROGRESS",
        ),
        "a second deployment was started beside one under way",
      );
      for (const deployment of found.deployments) deployment.status = "ACTIVE";
      found.deployments.unshift({
        status: "PRIMARY",
        rolloutState: "IN_PROGRESS",
        createdAt: now().getTime() / 1000,
      });
      return { service: found };
    },
  });

  const ecs: EcsDouble = Object.assign(service, {
    services: [],
    client: () =>
      new ECSClient({
        region: "eu-west-1",
        endpoint: service.endpoint,
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
        maxAttempts: 1,
      }),
  });
  return ecs;
}
