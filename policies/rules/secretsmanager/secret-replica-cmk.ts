import { keyChoice } from "../../view/keys";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { listOf, objectOf, unknown } from "../../view/values";
import { keysOfOtherRegions } from "./replicaKeys";

export const secretReplicaCmk: Rule = {
  id: "secret-replica-cmk",
  title: "Each replica of a secret has a customer-managed key of its region",
  why: "A replica without one is under the key AWS manages, which no other account can use and no policy can narrow; a key of another region cannot encrypt it",
  remedy:
    "Set `kmsKeyId` of every replica to a key of your own in that region, not to the key of the secret itself",
  severity: "high",
  level: "mandatory",
  references: ["Checkov CKV_AWS_149"],
  resource: {
    types: [types.secret],
    *check({ props }): Iterable<Finding> {
      if (props["replicas"] === unknown) {
        yield undecided("replicas");
        return;
      }
      for (const [at, replica] of listOf(props["replicas"]).entries()) {
        const property = `replicas[${at}].kmsKeyId`;
        if (replica === unknown) {
          yield undecided(`replicas[${at}]`);
          continue;
        }
        const choice = keyChoice(objectOf(replica)["kmsKeyId"]);
        if (choice === "none")
          yield finding(property, "is missing, so the key that AWS manages encrypts the replica");
        else if (choice === "aws-managed") yield finding(property, "names a key that AWS manages");
      }
    },
  },
  stack: { types: [types.secret], check: keysOfOtherRegions },
};
