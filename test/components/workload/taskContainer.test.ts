import assert from "node:assert/strict";
import { type ContainerSettings, containerDefinition } from "../../../components/workload/taskContainer";
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
    const container = containerDefinition({ ...settings, port: 8080, command: ["node", "server.js"] });
    assert.deepEqual(container.portMappings, [{ containerPort: 8080, protocol: "tcp" }]);
    assert.deepEqual(container.command, ["node", "server.js"]);
  });

  it("lets its user listen on a port that Linux keeps for root, and on no other port of that kind", () => {
    const open = (port: number) => containerDefinition({ ...settings, port }).systemControls;
    assert.deepEqual(open(80), [{ namespace: "net.ipv4.ip_unprivileged_port_start", value: "80" }]);
    assert.deepEqual(open(1023)?.[0]?.value, "1023");
    assert.deepEqual([open(1024), open(8080)], [undefined, undefined]);
  });

  it("is the same whatever the manifest's order, so that no revision is made for it", () => {
    const reversed = { references: [...references].reverse(), injected: [...injected].reverse() };
    assert.deepEqual(containerDefinition({ ...settings, ...reversed }), containerDefinition(settings));
  });
});
