import { secretTags } from "../../../../policies/rules/secretsmanager/secret-tags";
import { testRule } from "../../support/cases";
import { canary, declare, later, without } from "../../support/program";

const tags = { owner: "orders-team@example.com", service: "orders", environment: "prod" };

testRule(secretTags, {
  passes: {
    "every tag": declare("secret", { tags }),
    "a tag that is not known yet": declare("secret", { tags: { ...tags, owner: later } }),
    "tags of the provider": { ...declare("secret", {}), inputs: { tagsAll: tags } },
  },
  fails: {
    "in a tag": {
      program: declare("secret", {
        tags: { ...tags, database: `postgres://orders:${canary}@db.prod.internal/orders` },
      }),
      at: "tags.database holds what looks like a URL with a password",
    },

    "no tags": { program: declare("secret", {}), at: "tags.owner is missing", times: 3 },
    "no owner": { program: declare("secret", { tags: without(tags, "owner") }), at: "tags.owner is missing" },
    "no service": {
      program: declare("secret", { tags: without(tags, "service") }),
      at: "tags.service is missing",
    },
    "an empty environment": {
      program: declare("secret", { tags: { ...tags, environment: "" } }),
      at: "tags.environment is",
    },
  },
  undecided: { "the tags": { program: declare("secret", { tags: later }), at: "tags is not known" } },
});
