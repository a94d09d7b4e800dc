import { buildEnvSecret } from "../../../../policies/rules/codebuild/build-env-secret";
import { testRule } from "../../support/cases";
import { canary, declare, later } from "../../support/program";

const project = (variables: object[], buildspec?: string) =>
  declare("buildProject", {
    serviceRole: "r",
    artifacts: { type: "NO_ARTIFACTS" },
    source: { type: "NO_SOURCE", ...(buildspec === undefined ? {} : { buildspec }) },
    environment: {
      computeType: "BUILD_GENERAL1_SMALL",
      image: "aws/codebuild/amazonlinux2-x86_64-standard:5.0",
      type: "LINUX_CONTAINER",
      environmentVariables: variables as never,
    },
  });

testRule(buildEnvSecret, {
  passes: {
    "a plain variable": project([{ name: "STAGE", value: "prod" }]),
    "a secret by reference": project([
      { name: "SIGNING_KEY", value: "orders/prod/signing-key", type: "SECRETS_MANAGER" },
    ]),
    "a file in the repository": project([], "buildspec.yml"),
    "an inline specification": project(
      [],
      "version: 0.2\nenv:\n  secrets-manager:\n    SIGNING_KEY: orders/prod/key\n",
    ),
    "an inline specification that is no YAML": project([], "version: [\n"),
  },
  fails: {
    "in a tag": {
      program: {
        ...project([]),
        inputs: {
          ...project([]).inputs,
          tags: { database: `postgres://orders:${canary}@db.prod.internal/orders` },
        },
      },
      at: "tags.database holds what looks like a URL with a password",
    },

    "a plain variable named like a key": {
      program: project([{ name: "SIGNING_KEY", value: canary }]),
      at: "environment.environmentVariables.SIGNING_KEY is named like a credential",
    },
    "a variable said to be plain": {
      program: project([{ name: "NPM_TOKEN", value: canary, type: "PLAINTEXT" }]),
      at: "environment.environmentVariables.NPM_TOKEN is named",
    },
    "a variable of an inline specification": {
      program: project([], `version: 0.2\nenv:\n  variables:\n    DB_PASSWORD: ${canary}\n`),
      at: "source.buildspec env.variables.DB_PASSWORD is named",
    },
    "a variable of one in JSON": {
      program: project([], JSON.stringify({ version: 0.2, env: { variables: { DB_PASSWORD: canary } } })),
      at: "source.buildspec env.variables.DB_PASSWORD is named",
    },
    "a command of an inline specification": {
      program: project(
        [],
        `version: 0.2\nphases:\n  build:\n    commands: [psql postgres://orders:${canary}@db/orders]\n`,
      ),
      at: "source.buildspec holds what looks like a URL",
    },
  },
  undecided: {
    "how a credential is given": {
      program: project([{ name: "SIGNING_KEY", value: canary, type: later }]),
      at: "environment.environmentVariables.SIGNING_KEY is not known",
    },
    "the environment": {
      program: { ...project([]), inputs: { ...project([]).inputs, environment: later } },
      at: "environment is not known",
    },

    "a value": {
      program: project([{ name: "SIGNING_KEY", value: later }]),
      at: "environment.environmentVariables.SIGNING_KEY is not known",
    },
    "the variables": { program: project(later), at: "environment.environmentVariables is not known" },
    "the specification": { program: project([], later), at: "source.buildspec is not known" },
  },
});
