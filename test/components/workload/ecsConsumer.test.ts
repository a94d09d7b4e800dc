import assert from "node:assert/strict";
import { EcsConsumer } from "../../../components/workload/ecsConsumer";
import type { EcsConsumerArgs, EcsTaskArgs } from "../../../components/workload/ecsConsumerArgs";
import { containerDefinition } from "../../../components/workload/taskContainer";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { tags } from "../support/organisation";
import { boundary, injected, levelArn, logs, references, roleArgs, roleInputs } from "./support/consumer";

const image = "333333333333.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256:" + "0".repeat(64);

function args(change: Partial<EcsConsumerArgs> = {}): EcsConsumerArgs {
  return {
    name: "orders-prod-worker",
    boundary: boundary(),
    references,
    executionRole: roleArgs("orders-prod-worker-execution"),
    taskRole: { ...roleArgs("orders-prod-worker-task"), policy: undefined },
    logs,
    task: taskArgs(),
    tags,
    ...change,
  };
}

function taskArgs(change: Partial<EcsTaskArgs> = {}): EcsTaskArgs {
  return { injected, image, cpu: 256, memoryMiB: 512, region: "eu-west-1", ...change };
}

function task(change: Partial<EcsTaskArgs>): EcsConsumerArgs {
  return args({ task: taskArgs(change) });
}

describe("EcsConsumer", () => {
  it("makes two roles, a log group and a task definition", async () => {
    const { created, named } = await runProgram(() => new EcsConsumer("worker", args()));
    assert.deepEqual(created, [
      "aws:cloudwatch/logGroup:LogGroup worker-logs",
      "aws:ecs/taskDefinition:TaskDefinition worker-task-definition",
      "aws:iam/policy:Policy boundary",
      "aws:iam/role:Role worker-execution-role",
      "aws:iam/role:Role worker-task-role",
      "aws:iam/rolePolicy:RolePolicy worker-execution-policy",
    ]);
    const execution = "orders-prod-worker-execution";
    assert.deepEqual(named("worker-execution-role").inputs, roleInputs(execution, tags));
    assert.deepEqual(named("worker-task-role").inputs, roleInputs("orders-prod-worker-task", tags));
    assert.equal(named("worker-execution-policy").inputs["role"], execution);
    assert.equal(named("worker-logs").inputs["name"], "/ecs/orders-prod-worker");
  });

  it("makes the two roles and the log group alone for tasks that are deployed by other means", async () => {
    const { created, result } = await runProgram(() => new EcsConsumer("worker", args({ task: undefined })));
    assert.deepEqual(created, [
      "aws:cloudwatch/logGroup:LogGroup worker-logs",
      "aws:iam/policy:Policy boundary",
      "aws:iam/role:Role worker-execution-role",
      "aws:iam/role:Role worker-task-role",
      "aws:iam/rolePolicy:RolePolicy worker-execution-policy",
    ]);
    assert.equal(result.taskDefinitionArn, undefined);
  });

  it("runs the container on Fargate with each role in its place", async () => {
    const { named } = await runProgram(() => new EcsConsumer("worker", args()));
    const { containerDefinitions, ...inputs } = named("worker-task-definition").inputs;
    assert.deepEqual(inputs, {
      family: "orders-prod-worker",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" },
      cpu: "256",
      memory: "512",
      executionRoleArn: roleArgs("orders-prod-worker-execution").arn,
      taskRoleArn: roleArgs("orders-prod-worker-task").arn,
      skipDestroy: false,
      tags,
    });
    const container = containerDefinition({
      name: "orders-prod-worker",
      image,
      references,
      injected,
      logGroupName: "/ecs/orders-prod-worker",
      region: "eu-west-1",
    });
    assert.deepEqual(JSON.parse(containerDefinitions as string), [container]);
  });

  it("passes port and command on to the container", async () => {
    const { named } = await runProgram(
      () =>
        new EcsConsumer(
          "worker",
          task({ ports: [{ port: 8080, protocol: "tcp" }], command: ["node", "worker.js"] }),
        ),
    );
    const text = named("worker-task-definition").inputs["containerDefinitions"] as string;
    const [container] = JSON.parse(text) as [{ portMappings: unknown; command: unknown }];
    assert.deepEqual(container.portMappings, [{ containerPort: 8080, protocol: "tcp" }]);
    assert.deepEqual(container.command, ["node", "worker.js"]);
  });

  it("tells the container plain variables beside where the values are, and no variable twice", async () => {
    const { named } = await runProgram(
      () => new EcsConsumer("worker", task({ variables: { NODE_ENV: "production" } })),
    );
    const text = named("worker-task-definition").inputs["containerDefinitions"] as string;
    const [container] = JSON.parse(text) as [{ environment: { name: string; value: string }[] }];
    assert.deepEqual(
      container.environment.map(({ name }) => name),
      ["BILLING_TOKEN_ARN", "DATABASE_ARN", "LOG_LEVEL_ARN", "NODE_ENV"],
    );
    const { result } = await runProgram(() =>
      rejected(() => new EcsConsumer("worker", task({ variables: { DATABASE_ARN: "", LOG_LEVEL: "a" } }))),
    );
    assert.deepEqual(Object.keys(result), ["task.variables.DATABASE_ARN", "task.variables.LOG_LEVEL"]);
  });

  it("runs containers beside the main one, each with its own, and opens the lowest port once", async () => {
    const sidecar = { image: "nginx", injected: injected.slice(1, 2), variables: { MODE: "proxy" } };
    const { named } = await runProgram(
      () =>
        new EcsConsumer(
          "worker",
          task({
            architecture: "arm64",
            ports: [{ port: 443, protocol: "tcp" }],
            sidecars: { proxy: { ...sidecar, ports: [{ port: 80, protocol: "tcp" }], user: "nginx" } },
          }),
        ),
    );
    const { runtimePlatform, containerDefinitions } = named("worker-task-definition").inputs;
    assert.deepEqual(runtimePlatform, { operatingSystemFamily: "LINUX", cpuArchitecture: "ARM64" });
    const containers = JSON.parse(containerDefinitions as string) as Readonly<Record<string, unknown>>[];
    assert.deepEqual(
      containers.map(({ name, user, systemControls }) => [name, user, systemControls]),
      [
        [
          "orders-prod-worker",
          "1000:1000",
          [{ namespace: "net.ipv4.ip_unprivileged_port_start", value: "80" }],
        ],
        ["proxy", "nginx", undefined],
      ],
    );
    assert.deepEqual(containers[1]!["environment"], [{ name: "MODE", value: "proxy" }]);
    assert.deepEqual(containers[1]!["secrets"], [{ name: "LOG_LEVEL", valueFrom: levelArn }]);
    assert.equal(containers[1]!["readonlyRootFilesystem"], true);
  });

  it("starts what stays behind the last of those that end first, and these one after the other", async () => {
    const container = { image: "nginx", injected: [] };
    const sidecars = {
      migrate: { ...container, init: true },
      proxy: container,
      seed: { ...container, init: true },
    };
    const { named } = await runProgram(() => new EcsConsumer("worker", task({ sidecars })));
    const { containerDefinitions } = named("worker-task-definition").inputs;
    const containers = JSON.parse(containerDefinitions as string) as Readonly<Record<string, unknown>>[];
    const wellEnded = (containerName: string) => [{ containerName, condition: "SUCCESS" }];
    assert.deepEqual(
      containers.map(({ name, essential, dependsOn }) => [name, essential, dependsOn]),
      [
        ["orders-prod-worker", true, wellEnded("seed")],
        ["migrate", false, undefined],
        ["proxy", true, wellEnded("seed")],
        ["seed", false, wellEnded("migrate")],
      ],
    );
  });

  it("rejects what is wrong with any container", async () => {
    const wrong = {
      image: "nginx",
      injected: [],
      user: "root",
      writable: [{ path: "/proc/1", sizeMiB: 0 }],
      healthCheck: { command: ["CMD", "true"], intervalSeconds: 4, timeoutSeconds: 61, retries: 0 },
      stopTimeoutSeconds: 121,
      repositoryCredentials: "orders/prod/registry",
    };
    const reasons = async (change: Partial<EcsTaskArgs>) =>
      (await runProgram(() => rejected(() => new EcsConsumer("worker", task(change))))).result;
    assert.deepEqual(Object.keys(await reasons({ sidecars: { proxy: wrong } })), [
      "task.sidecars.proxy.user",
      "task.sidecars.proxy.writable[0].path",
      "task.sidecars.proxy.writable[0].sizeMiB",
      "task.sidecars.proxy.healthCheck.intervalSeconds",
      "task.sidecars.proxy.healthCheck.timeoutSeconds",
      "task.sidecars.proxy.healthCheck.retries",
      "task.sidecars.proxy.stopTimeoutSeconds",
      "task.sidecars.proxy.repositoryCredentials",
    ]);
    const file = { kind: "parameter", variable: "PLATFORM_FILE_1", arn: levelArn } as const;
    assert.deepEqual(Object.keys(await reasons({ injected: [{ ...file, file: "/run/../key" }] })), [
      "task.injected[0].file",
      "task.entryPoint",
      "task.writable",
    ]);
    for (const user of ["0", "0:0", "root:root", "1000:", "00"])
      assert.deepEqual(Object.keys(await reasons({ user })), ["task.user"], user);
    const proxy = { image: "nginx", injected: [] };
    const names = Array.from({ length: 10 }, (_, index) => [`proxy-${index}`, proxy]);
    const many = Object.fromEntries(names) as Record<string, typeof proxy>;
    assert.deepEqual(Object.keys(await reasons({ sidecars: many })), ["task.sidecars"]);
    assert.deepEqual(Object.keys(await reasons({ sidecars: { "orders-prod-worker": proxy } })), [
      "task.sidecars.orders-prod-worker",
    ]);
    assert.deepEqual(Object.keys(await reasons({ variables: { A: "x".repeat(65_536) } })), ["task"]);
  });

  it("makes the task definition last, so that nothing starts before it may read", async () => {
    const { named } = await runProgram(() => new EcsConsumer("worker", args()));
    assert.deepEqual(named("worker-task-definition").dependsOn, [
      "worker-execution-policy",
      "worker-execution-role",
      "worker-logs",
      "worker-task-role",
    ]);
  });

  it("shows the whole task definition in a first preview", async () => {
    const first = await runProgram(() => new EcsConsumer("worker", args()), { preview: true });
    const later = await runProgram(() => new EcsConsumer("worker", args()));
    const name = "worker-task-definition";
    assert.deepEqual(first.named(name).inputs, later.named(name).inputs);
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new EcsConsumer(
            "worker",
            args({
              name: "orders prod",
              taskRole: roleArgs("orders-prod-worker-execution"),
              task: taskArgs({
                injected: [
                  { kind: "secret", variable: "1ST", arn: "orders/prod/database", field: "pass:word" },
                  { kind: "parameter", variable: "DATABASE_ARN", arn: references[0]?.arn ?? "" },
                ],
                image: "docker image",
                cpu: 300,
                ports: [{ port: 0, protocol: "tcp" }],
                region: "Ireland",
              }),
              logs: { ...logs, retentionDays: 0 },
              tags: { ...tags, owner: "" },
            }),
          ),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "name",
      "tags",
      "taskRole.arn",
      "logs.retentionDays",
      "task.injected[0].variable",
      "task.injected[0].arn",
      "task.injected[0].field",
      "task.injected[1]",
      "task.image",
      "task.ports[0]",
      "task.cpu",
      "task.region",
    ]);
    assert.match(
      result["task.injected[1]"] ?? "",
      /^an injected value would take the variable DATABASE_ARN of database;/,
    );
  });

  it("takes only memory that Fargate has for the CPU", async () => {
    await runProgram(() => new EcsConsumer("worker", task({ cpu: 1024, memoryMiB: 3072 })));
    const { result } = await runProgram(() =>
      rejected(() => new EcsConsumer("worker", task({ cpu: 256, memoryMiB: 3072 }))),
    );
    assert.match(
      result["task.memoryMiB"] ?? "",
      /^3072 MiB was found; with 256 CPU units Fargate offers 512, 1024, 2048;/,
    );
  });
});
