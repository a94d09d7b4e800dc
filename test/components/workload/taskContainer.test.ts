import assert from "node:assert/strict";
import {
  type ContainerSettings,
  containerDefinition,
  lowestKeptPort,
} from "../../../components/workload/taskContainer";
import { valueFrom } from "../../../model/references/valueFrom";
import {
  databaseArn,
  injected,
  levelArn,
  referenceEnvironment,
  references,
  sharedArn,
} from "./support/consumer";

const settings: ContainerSettings = {
  name: "orders-prod-worker",
  image: "public.ecr.aws/docker/library/node:22",
  references,
  injected,
  logGroupName: "/ecs/orders-prod-worker",
  region: "eu-west-1",
};

describe("valueFrom", () => {
  it("ends in two colons where a field is named, and in none otherwise", () => {
    const secret = { kind: "secret", variable: "DB_PASSWORD", arn: databaseArn } as const;
    assert.equal(valueFrom({ ...secret, field: "password" }), `${databaseArn}:password::`);
    assert.equal(valueFrom(secret), databaseArn);
    assert.equal(valueFrom({ kind: "parameter", arn: levelArn }), levelArn);
  });
});

describe("containerDefinition", () => {
  it("holds references and no way out of the container", () => {
    assert.deepEqual(containerDefinition(settings), {
      name: "orders-prod-worker",
      image: "public.ecr.aws/docker/library/node:22",
      essential: true,
      user: "1000:1000",
      privileged: false,
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      environment: Object.entries(referenceEnvironment).map(([name, value]) => ({ name, value })),
      secrets: [
        { name: "BILLING_TOKEN", valueFrom: sharedArn },
        { name: "DB_PASSWORD", valueFrom: `${databaseArn}:password::` },
        { name: "LOG_LEVEL", valueFrom: levelArn },
      ],
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": "/ecs/orders-prod-worker",
          "awslogs-region": "eu-west-1",
          "awslogs-stream-prefix": "orders-prod-worker",
        },
      },
    });
  });

  it("opens a port and replaces the command where asked to", () => {
    const container = containerDefinition({
      ...settings,
      ports: [{ port: 8080, protocol: "tcp" }],
      command: ["node", "server.js"],
    });
    assert.deepEqual(container.portMappings, [{ containerPort: 8080, protocol: "tcp" }]);
    assert.deepEqual(container.command, ["node", "server.js"]);
  });

  it("lets its user listen on a port that Linux keeps for root, and on no other port of that kind", () => {
    const lowest = (...ports: number[]) =>
      lowestKeptPort(ports.map((port) => ({ ports: [{ port, protocol: "tcp" }] })));
    assert.deepEqual(
      [lowest(443, 80), lowest(1023), lowest(1024), lowest()],
      [80, 1023, undefined, undefined],
    );
    assert.deepEqual(containerDefinition({ ...settings, openedPort: 80 }).systemControls, [
      { namespace: "net.ipv4.ip_unprivileged_port_start", value: "80" },
    ]);
    assert.equal(containerDefinition(settings).systemControls, undefined);
  });

  it("writes to memory alone, as whom it is told, and says when it is healthy", () => {
    const container = containerDefinition({
      ...settings,
      user: "101:101",
      writable: [{ path: "/tmp", sizeMiB: 64 }],
      healthCheck: { command: ["CMD-SHELL", "true"], intervalSeconds: 10, timeoutSeconds: 3, retries: 2 },
      stopTimeoutSeconds: 120,
      repositoryCredentials: sharedArn,
    });
    assert.equal(container.user, "101:101");
    assert.equal(container.readonlyRootFilesystem, true);
    assert.deepEqual(container.linuxParameters, {
      initProcessEnabled: true,
      capabilities: { drop: ["ALL"] },
      tmpfs: [{ containerPath: "/tmp", size: 64, mountOptions: ["rw", "noexec", "nosuid", "nodev"] }],
    });
    assert.deepEqual(container.healthCheck, {
      command: ["CMD-SHELL", "true"],
      interval: 10,
      timeout: 3,
      retries: 2,
    });
    assert.equal(container.stopTimeout, 120);
    assert.deepEqual(container.repositoryCredentials, { credentialsParameter: sharedArn });
  });

  it("writes files by a shell that becomes the program, and starts after what must have ended well", () => {
    const [value] = injected;
    const container = containerDefinition({
      ...settings,
      entryPoint: ["/docker-entrypoint.sh"],
      command: ["nginx"],
      injected: [{ ...value!, file: "/run/tls/tls.key" }],
      after: ["migrate"],
    });
    assert.deepEqual(container.entryPoint?.slice(0, 2), ["/bin/sh", "-c"]);
    assert.match(container.entryPoint?.[2] ?? "", new RegExp(`\\$${value!.variable}" >/run/tls/tls.key`));
    assert.deepEqual(container.entryPoint?.slice(3), ["sh", "/docker-entrypoint.sh"]);
    assert.deepEqual(container.command, ["nginx"]);
    assert.deepEqual(
      container.secrets.map(({ name }) => name),
      [value!.variable],
    );
    assert.deepEqual(container.dependsOn, [{ containerName: "migrate", condition: "SUCCESS" }]);
    assert.equal(container.essential, true);
    assert.equal(containerDefinition({ ...settings, init: true }).essential, false);
    const plain = containerDefinition({ ...settings, entryPoint: ["/start"] });
    assert.deepEqual([plain.entryPoint, plain.command, plain.dependsOn], [["/start"], undefined, undefined]);
  });

  it("is the same whatever the manifest's order, so that no revision is made for it", () => {
    const reversed = { references: [...references].reverse(), injected: [...injected].reverse() };
    assert.deepEqual(containerDefinition({ ...settings, ...reversed }), containerDefinition(settings));
  });
});
