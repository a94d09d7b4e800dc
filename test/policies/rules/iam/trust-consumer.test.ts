import { trustConsumer } from "../../../../policies/rules/iam/trust-consumer";
import { testRule, type Program } from "../../support/cases";
import { declare, later, policy, prod } from "../../support/program";

const trusting = (...services: string[]) =>
  policy({
    Action: "sts:AssumeRole",
    Principal: { Service: services.map((service) => `${service}.amazonaws.com`) },
  });
const role = (assumeRolePolicy: string, path = "/services/orders/") =>
  declare("role", { name: "r", path, assumeRolePolicy }, { name: "role" });
const handler = declare("function", { role: "r" });
const task = declare("taskDefinition", { family: "f", containerDefinitions: "[]", executionRoleArn: "r" });
const build = declare("buildProject", {
  serviceRole: "r",
  artifacts: { type: "NO_ARTIFACTS" },
  source: { type: "NO_SOURCE" },
  environment: { computeType: "c", image: "i", type: "t" },
});
const profile = declare("instanceProfile", { role: "r" });
const pod = declare("podAssociation", {
  roleArn: "r",
  clusterName: "main",
  namespace: "shop",
  serviceAccount: "orders",
});
const at = "assumeRolePolicy";

testRule(trustConsumer, {
  passes: {
    "a function": [role(trusting("lambda")), handler],
    "a task": [role(trusting("ecs-tasks")), task],
    "a build": [role(trusting("codebuild")), build],
    "an instance, in China": [
      role(policy({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com.cn" } })),
      profile,
    ],
    "a pod": [role(trusting("pods.eks")), pod],
    "a state machine": [
      role(trusting("states")),
      declare("stateMachine", { roleArn: "r", definition: "{}" }),
    ],
    "a database proxy": [
      role(trusting("rds")),
      declare("databaseProxy", { roleArn: "r", engineFamily: "POSTGRESQL", vpcSubnetIds: [] }),
    ],
    "a Glue job": [
      role(trusting("glue")),
      declare("glueJob", { roleArn: "r", command: { scriptLocation: "s3://b/s" } }),
    ],
    "a notebook": [
      role(trusting("sagemaker")),
      declare("notebook", { roleArn: "r", instanceType: "ml.t3.medium" }),
    ],
    "an endpoint of a migration, which a region's service reads the login of": [
      role(trusting("dms.eu-west-1")),
      declare("migrationEndpoint", {
        secretsManagerAccessRoleArn: "r",
        endpointId: "e",
        endpointType: "source",
        engineName: "postgres",
      }),
    ],
    "a function at the edge": [role(trusting("lambda", "edgelambda")), handler],
    "a role that nothing in the stack runs as": [role(trusting("glue"))],
    "another service, for a role that is no consumer's": [role(trusting("lambda", "glue"), "/"), handler],
  },
  fails: {
    "a function's role for tasks": {
      program: [role(trusting("ecs-tasks"), "/"), handler],
      at: `${at} does not let lambda assume the role that a function runs as`,
      on: "role",
    },
    "a task's role for functions": {
      program: [role(trusting("lambda"), "/"), task],
      at: `${at} does not let ecs-tasks`,
    },
    "a build's role for functions": {
      program: [role(trusting("lambda"), "/"), build],
      at: `${at} does not let codebuild`,
    },
    "an instance's role for functions": {
      program: [role(trusting("lambda"), "/"), profile],
      at: `${at} does not let ec2`,
    },
    "a task's own role": {
      program: [
        role(trusting("lambda"), "/"),
        declare("taskDefinition", { family: "f", containerDefinitions: "[]", taskRoleArn: "r" }),
      ],
      at: `${at} does not let ecs-tasks`,
    },
    "a pod's role for functions": {
      program: [role(trusting("lambda"), "/"), pod],
      at: `${at} does not let pods.eks assume the role that a pod runs as`,
    },
    "functions beside pods": {
      program: [role(trusting("pods.eks", "lambda")), pod],
      at: `${at} also lets lambda`,
    },
    "a database proxy's role for state machines": {
      program: [
        role(trusting("states"), "/"),
        declare("databaseProxy", { roleArn: "r", engineFamily: "POSTGRESQL", vpcSubnetIds: [] }),
      ],
      at: `${at} does not let rds`,
    },
    "another service too": {
      program: [role(trusting("lambda", "glue")), handler],
      at: `${at} also lets glue`,
    },
    "an account too": {
      program: [
        role(
          policy(
            { Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
            { Action: "sts:AssumeRole", Principal: { AWS: prod } },
          ),
        ),
        handler,
      ],
      at: `${at} also lets AWS`,
    },
    "by the engine's record": {
      program: ((): Program => {
        const own = role(trusting("glue"), "/");
        return [own, declare("function", { role: later }, { from: { role: [own] } })];
      })(),
      at: `${at} does not let lambda`,
    },
  },
  undecided: {
    "the trust": {
      program: [
        handler,
        declare("role", { name: "r", assumeRolePolicy: later }, { from: { assumeRolePolicy: [handler] } }),
      ],
      at: `${at} is not known`,
    },
  },
});
