import { undecided, type Rule, type StackFinding } from "../../rule";
import { hasUnplaced, policiesOfKeys } from "../../secrets";
import { types } from "../../types";

const keyTypes = [types.key, types.replicaKey, types.externalKey];

export const keyPolicy: Rule = {
  id: "key-policy",
  title: "A key has a policy of its own",
  why: "The default policy lets every identity policy of the account give use of the key away",
  remedy: "Give `policy`, or a KeyPolicy, that names who administers and who uses the key",
  severity: "high",
  level: "mandatory",
  references: ["Checkov CKV2_AWS_64"],
  stack: {
    types: keyTypes,
    *check(stack): Iterable<StackFinding> {
      const policies = policiesOfKeys(stack);
      const missing = stack.ofType(...keyTypes).filter(({ urn }) => !policies.has(urn));
      if (missing.length === 0) return;
      const unplaced = hasUnplaced(stack, types.keyPolicy, "keyId", keyTypes);
      for (const { urn } of missing) {
        if (unplaced) yield { ...undecided("keyId of a KeyPolicy"), urn };
        else yield { urn, property: "policy", message: "is missing, so the key has the default one" };
      }
    },
  },
};
