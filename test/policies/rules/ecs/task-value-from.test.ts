import { taskValueFrom } from "../../../../policies/rules/ecs/task-value-from";
import { testRule } from "../../support/cases";
import { declare, later, prod, security } from "../../support/program";

const tags = { service: "orders", environment: "prod", owner: "orders-team@example.com" };
const task = (valueFrom: string, more: object = { tags }) =>
  declare("taskDefinition", {
    family: "orders",
    containerDefinitions: [{ name: "app", secrets: [{ name: "VALUE", valueFrom }] }] as never,
    ...more,
  });
const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:${security}:secret:${name}`;
const parameter = (name: string) => `arn:aws:ssm:eu-west-1:${prod}:parameter/${name}`;

testRule(taskValueFrom, {
  settings: { sharing: [{ owner: "payments", item: "partner-token", with: ["orders"] }] },
  passes: {
    "a task that tells only its service": task(secret("payments/staging/database-AbCdEf"), {
      tags: { service: "orders" },
    }),

    "a whole secret": task(secret("orders/prod/database-AbCdEf")),
    "a field with its colons": task(secret("orders/prod/database-AbCdEf:password::")),
    "a parameter": task(parameter("orders/prod/log-level")),
    "an item that is shared": task(parameter("payments/prod/partner-token")),
    "a secret that RDS makes": task(secret("rds!cluster-12345-AbCdEf:password::")),
    "a task without tags": task(secret("payments/staging/database-AbCdEf"), {}),
    "a name in no scheme": task(secret("legacy-AbCdEf")),
  },
  fails: {
    "a name": {
      program: task("orders/prod/database"),
      at: "containerDefinitions[0].secrets.VALUE is not the full ARN",
    },
    "an ARN of something else": {
      program: task("arn:aws:s3:::bucket"),
      at: "containerDefinitions[0].secrets.VALUE is not the full ARN",
    },
    "a partial ARN": {
      program: task(secret("orders/prod/database")),
      at: "containerDefinitions[0].secrets.VALUE is a secret's partial ARN",
    },
    "a pattern": {
      program: task(secret("orders/prod/database-??????")),
      at: "containerDefinitions[0].secrets.VALUE is a secret's partial ARN",
    },
    "missing colons": {
      program: task(secret("orders/prod/database-AbCdEf:password")),
      at: "containerDefinitions[0].secrets.VALUE misses colons",
    },
    "another environment": {
      program: task(secret("orders/staging/database-AbCdEf")),
      at: "containerDefinitions[0].secrets.VALUE names an item of environment staging",
    },
    "another service": {
      program: task(secret("payments/prod/database-AbCdEf")),
      at: "containerDefinitions[0].secrets.VALUE names an item of service payments",
    },
    "another environment's shared item": {
      program: task(parameter("payments/staging/partner-token")),
      at: "containerDefinitions[0].secrets.VALUE names an item of environment staging",
    },
    "a parameter's ARN with a field": {
      program: task(parameter("orders/prod/log-level:field::")),
      at: "containerDefinitions[0].secrets.VALUE is not the ARN of a parameter",
    },
    "in the log driver's options": {
      program: declare("taskDefinition", {
        family: "orders",
        tags,
        containerDefinitions: JSON.stringify([
          {
            name: "app",
            logConfiguration: { secretOptions: [{ name: "splunk-token", valueFrom: "splunk" }] },
          },
        ]),
      }),
      at: "containerDefinitions[0].logConfiguration.secretOptions.splunk-token is not the full ARN",
    },
  },
  undecided: {
    "all references": {
      program: task("", { containerDefinitions: [{ name: "app", secrets: later }] }),
      at: "containerDefinitions[0].secrets is not known",
    },

    "a reference": { program: task(later), at: "containerDefinitions[0].secrets.VALUE is not known" },
    "the containers": {
      program: task("", { containerDefinitions: later }),
      at: "containerDefinitions is not known",
    },
  },
});
