import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { booleanOf, isPresent, unknown } from "../../view/values";

export const secretBlockPublic: Rule = {
  id: "secret-block-public",
  title: "AWS is asked to refuse a secret policy that gives wide access",
  why: "With `blockPublicPolicy` Secrets Manager proves the policy before it takes it, also one that is changed by hand with the same call",
  remedy: "Set `blockPublicPolicy: true` on a SecretPolicy",
  severity: "high",
  level: "mandatory",
  references: ["AWS Secrets Manager best practices: block public access"],
  resource: {
    types: [types.secretPolicy, types.secret],
    *check({ type, props }): Iterable<Finding> {
      if (type === types.secret) {
        if (isPresent(props["policy"]))
          yield finding("policy", "is given on the secret itself, where nothing blocks public access");
      } else if (props["blockPublicPolicy"] === unknown) yield undecided("blockPublicPolicy");
      else if (booleanOf(props["blockPublicPolicy"]) !== true)
        yield finding("blockPublicPolicy", "is off, as by default");
    },
  },
};
