import { keyChoice } from "../../view/keys";
import { finding, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";

export const topicCmk: Rule = {
  id: "topic-cmk",
  title: "A topic of notices is encrypted with a customer-managed key",
  why: "Notices say which secret is unset, overdue or read by a stranger; alarms and rules cannot publish under the key AWS manages",
  remedy: "Set `kmsMasterKeyId` to a key of your own whose policy lets the publishing services use it",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP SNS.1", "Checkov CKV_AWS_26"],
  resource: {
    types: [types.topic],
    *check({ props }): Iterable<Finding> {
      const choice = keyChoice(props["kmsMasterKeyId"]);
      if (choice === "none")
        yield finding("kmsMasterKeyId", "is missing, so the topic is not encrypted with a key");
      else if (choice === "aws-managed") yield finding("kmsMasterKeyId", "names a key that AWS manages");
    },
  },
};
