import { checkTags } from "../../credentials/tags";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { isPresent, objectOf, unknown } from "../../view/values";

export const secretTags: Rule = {
  id: "secret-tags",
  title: "A secret carries the tags that say whose it is, and no credential in them",
  why: "Without an owner nobody can be told that a secret is overdue, unset or read by a stranger",
  remedy: "Give it the tags `owner`, `service` and `environment`",
  severity: "low",
  level: "mandatory",
  references: ["FSBP SecretsManager.5"],
  settings: ["requiredTags"],
  resource: {
    types: [types.secret],
    *check({ props }, { requiredTags }): Iterable<Finding> {
      if (props["tags"] === unknown) {
        yield undecided("tags");
        return;
      }
      yield* checkTags(props);
      // The provider adds its own default tags there.
      const tags = { ...objectOf(props["tagsAll"]), ...objectOf(props["tags"]) };
      for (const tag of requiredTags) {
        if (!isPresent(tags[tag])) yield finding(`tags.${tag}`, "is missing");
      }
    },
  },
};
