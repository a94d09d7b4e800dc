import { functionEnvSecret } from "../../../../policies/rules/lambda/function-env-secret";
import { testRule } from "../../support/cases";
import { canary, declare, later } from "../../support/program";

const handler = (variables: Record<string, string>) =>
  declare("function", { role: "r", environment: { variables } });

testRule(functionEnvSecret, {
  passes: {
    "plain settings": handler({ LOG_LEVEL: "info", TABLE: "orders" }),
    "where the secret is": handler({
      DATABASE_SECRET: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-AbCdEf",
      WEBHOOK_SECRET: "orders/prod/webhook",
      SECRET_NAME: "database",
      PASSWORD_FILE: "/run/secrets/password",
    }),
    "an unknown value under a plain name": handler({ QUEUE_URL: later }),
    "no environment": declare("function", { role: "r" }),
  },
  fails: {
    "in a tag": {
      program: declare("function", {
        role: "r",
        tags: { database: `postgres://orders:${canary}@db.prod.internal/orders` },
      }),
      at: "tags.database holds what looks like a URL with a password",
    },

    "a password's name": {
      program: handler({ DB_PASSWORD: canary }),
      at: "environment.variables.DB_PASSWORD is named like a credential",
    },
    "an API key's name": {
      program: handler({ stripeApiKey: canary }),
      at: "environment.variables.stripeApiKey is named",
    },
    "a key under a harmless name": {
      program: handler({ SETTING: `AKIA${"ABCDEFGHIJKLMNOP"}` }),
      at: "environment.variables.SETTING holds what looks like an AWS access key",
    },
    "a database's URL": {
      program: handler({ DATABASE_URL: `postgres://orders:${canary}@db.prod.internal:5432/orders` }),
      at: "environment.variables.DATABASE_URL holds what looks like a URL with a password",
    },
  },
  undecided: {
    "the tags": { program: declare("function", { role: "r", tags: later }), at: "tags is not known" },

    "the value under a password's name": {
      program: handler({ DB_PASSWORD: later }),
      at: "environment.variables.DB_PASSWORD is not known",
    },
    "the variables": { program: handler(later), at: "environment.variables is not known" },
    "the environment": {
      program: declare("function", { role: "r", environment: later }),
      at: "environment is not known",
    },
  },
});
