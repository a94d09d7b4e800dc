import { taskExecutionMinimal } from "../../../../policies/rules/ecs/task-execution-minimal";
import { testRule, type Program } from "../../support/cases";
import { declare, document, later, prod, security, type StatementInput } from "../../support/program";

const secret = (name: string, region = "eu-west-1") =>
  `arn:aws:secretsmanager:${region}:${security}:secret:${name}`;
const parameter = (name: string) => `arn:aws:ssm:eu-west-1:${prod}:parameter/${name}`;
const read = (...Resource: unknown[]): StatementInput => ({
  Sid: "Read",
  Action: ["secretsmanager:GetSecretValue", "ssm:GetParameters"],
  Resource,
});
const task = (name: string, containers: unknown, executionRoleArn = "r") =>
  declare(
    "taskDefinition",
    { family: name, containerDefinitions: containers as string, executionRoleArn },
    { name },
  );
const injecting = (...valueFrom: unknown[]) =>
  JSON.stringify([
    { name: "app", secrets: valueFrom.map((value, at) => ({ name: `V${at}`, valueFrom: value })) },
  ]);
const given = (statement: StatementInput, ...tasks: ReturnType<typeof task>[]): Program => [
  declare("role", { name: "r", assumeRolePolicy: "{}" }, { name: "role" }),
  declare("rolePolicy", { role: "r", policy: document(statement) }, { name: "policy" }),
  ...tasks,
];
const database = secret("orders/prod/database-AbCdEf");

testRule(taskExecutionMinimal, {
  passes: {
    "exactly what is injected": given(
      read(secret("orders/prod/database-??????"), parameter("orders/prod/log-level")),
      task("task", injecting(`${database}:password::`, parameter("orders/prod/log-level"))),
    ),
    "the replica of what is injected": given(
      read(secret("orders/prod/database-??????", "eu-central-1")),
      task("task", injecting(database)),
    ),
    "what two tasks inject": given(
      read(secret("orders/prod/database-??????"), parameter("orders/prod/token")),
      task("one", injecting(database)),
      task("two", injecting(parameter("orders/prod/token"))),
    ),
    "the log driver's token and the registry's login": given(
      read(secret("orders/prod/splunk-??????"), secret("orders/prod/registry-??????")),
      task(
        "task",
        JSON.stringify([
          {
            name: "app",
            repositoryCredentials: { credentialsParameter: secret("orders/prod/registry-AbCdEf") },
            logConfiguration: {
              secretOptions: [{ name: "splunk-token", valueFrom: secret("orders/prod/splunk-AbCdEf") }],
            },
          },
        ]),
      ),
    ),
    "other actions": given({ Action: "logs:PutLogEvents", Resource: "*" }, task("task", "[]")),
    "a role that is no execution role": given(read(database), task("task", "[]", "other")),
  },
  fails: {
    "a parameter nothing injects": {
      program: given(
        { Sid: "Read", Action: "ssm:GetParameters", Resource: parameter("orders/prod/token") },
        task("task", "[]"),
      ),
      at: 'policy statement "Read" lets read',
    },

    "something nothing injects": {
      program: given(
        read(secret("orders/prod/database-??????"), parameter("orders/prod/token")),
        task("task", injecting(database)),
      ),
      at: `policy statement "Read" lets read ${parameter("orders/prod/token")}, which no task injects`,
      on: "policy",
    },
    "a whole branch": {
      program: given(read(secret("orders/prod/*")), task("task", injecting(database))),
      at: 'policy statement "Read" lets read',
      says: "more than a task injects",
    },
    everything: {
      program: given(read("*"), task("task", injecting(database))),
      at: 'policy statement "Read" lets read *, which is more',
    },
  },
  undecided: {
    "what is injected": {
      program: given(
        read(database),
        task("task", [{ name: "app", secrets: [{ name: "V", valueFrom: later }] }]),
      ),
      at: "containerDefinitions is not known",
      on: "role",
    },
    "the role's policy": {
      program: ((): Program => {
        const role = declare("role", { name: "r", assumeRolePolicy: "{}" }, { name: "role" });
        return [
          role,
          declare("rolePolicy", { role: "r", policy: later }, { name: "policy", from: { policy: [role] } }),
          task("task", injecting(database)),
        ];
      })(),
      at: "policy is not known",
      on: "policy",
    },
  },
});
