import { taskEnvSecret } from "../../../../policies/rules/ecs/task-env-secret";
import { testRule } from "../../support/cases";
import { canary, declare, later } from "../../support/program";

const task = (container: object, write: (value: object) => unknown = JSON.stringify) =>
  declare("taskDefinition", {
    family: "orders",
    containerDefinitions: write([{ name: "app", image: "app:1", ...container }]) as string,
  });
const asList = (value: object): object => value;

testRule(taskEnvSecret, {
  passes: {
    "plain settings": task({
      environment: [{ name: "LOG_LEVEL", value: "info" }],
      command: ["serve", "--port", "8080"],
    }),
    "a secret by reference": task({
      secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:ssm:::parameter/x" }],
    }),
    "an unknown value under a plain name": task(
      { environment: [{ name: "QUEUE_URL", value: later }] },
      asList,
    ),
  },
  fails: {
    "a variable under keys in capitals": {
      program: task({ Environment: [{ Name: "DB_PASSWORD", Value: canary }] }),
      at: "containerDefinitions[0].environment.DB_PASSWORD",
    },
    "the command that looks after it": {
      program: task({ healthCheck: { command: ["CMD", `https://u:${canary}@db.prod.internal/`] } }),
      at: "containerDefinitions[0].healthCheck.command[1] holds",
    },
    "an option of its log": {
      program: task({ logConfiguration: { logDriver: "splunk", options: { "splunk-token": canary } } }),
      at: "containerDefinitions[0].logConfiguration.options.splunk-token",
    },
    "in a tag": {
      program: {
        ...task({}),
        inputs: {
          ...task({}).inputs,
          tags: { database: `postgres://orders:${canary}@db.prod.internal/orders` },
        },
      },
      at: "tags.database holds what looks like a URL with a password",
    },

    "a password": {
      program: task({
        environment: [
          { name: "LOG_LEVEL", value: "info" },
          { name: "DB_PASSWORD", value: canary },
        ],
      }),
      at: "containerDefinitions[0].environment.DB_PASSWORD is named like a credential",
    },
    "a password in a list": {
      program: task({ environment: [{ name: "DB_PASSWORD", value: canary }] }, asList),
      at: "containerDefinitions[0].environment.DB_PASSWORD is named",
    },
    "a label": {
      program: task({ dockerLabels: { "registry.token": canary } }),
      at: "containerDefinitions[0].dockerLabels.registry.token is named",
    },
    "a file of variables in S3": {
      program: task({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::orders/prod.env" }] }),
      at: "containerDefinitions[0].environmentFiles[0] takes variables from a file in S3, which holds them in plain text",
    },
    "files of variables under keys in capitals": {
      program: task({
        EnvironmentFiles: [
          { Type: "s3", Value: later },
          { Type: "s3", Value: "arn:aws:s3:::b/c.env" },
        ],
      }),
      at: "containerDefinitions[0].environmentFiles[0] takes",
      times: 2,
    },
    "an option of a volume's driver": {
      program: {
        ...task({}),
        inputs: {
          ...task({}).inputs,
          volumes: [
            { name: "plain", dockerVolumeConfiguration: { driverOpts: { type: "nfs" } } },
            {
              name: "share",
              dockerVolumeConfiguration: { driver: "cifs", driverOpts: { password: canary } },
            },
          ],
        },
      },
      at: "volumes[1].dockerVolumeConfiguration.driverOpts.password is named like a credential",
    },
    "a label of a volume": {
      program: {
        ...task({}),
        inputs: {
          ...task({}).inputs,
          volumes: [{ name: "v", dockerVolumeConfiguration: { labels: { "registry.token": canary } } }],
        },
      },
      at: "volumes[0].dockerVolumeConfiguration.labels.registry.token is named",
    },
    "a command": {
      program: task({ command: ["migrate", `postgres://orders:${canary}@db/orders`] }),
      at: "containerDefinitions[0].command[1] holds what looks like a URL",
    },
    "an entry point": {
      program: task({ entryPoint: ["sh", `-c password=${canary} run`] }),
      at: "containerDefinitions[0].entryPoint[1] holds what looks like a connection string",
    },
  },
  undecided: {
    "the containers": {
      program: declare("taskDefinition", { family: "orders", containerDefinitions: later }),
      at: "containerDefinitions is not known",
    },
    "one environment": {
      program: task({ environment: later }, asList),
      at: "containerDefinitions[0].environment is not",
    },
    "the files of variables": {
      program: task({ environmentFiles: later }, asList),
      at: "containerDefinitions[0].environmentFiles is not known",
    },
    "the volumes": {
      program: { ...task({}), inputs: { ...task({}).inputs, volumes: later } },
      at: "volumes is not known",
    },
    "a password": {
      program: task({ environment: [{ name: "DB_PASSWORD", value: later }] }, asList),
      at: "containerDefinitions[0].environment.DB_PASSWORD is not known",
    },
    "text that is no JSON": {
      program: declare("taskDefinition", { family: "orders", containerDefinitions: "[" }),
      at: "containerDefinitions is not JSON",
    },
  },
});
