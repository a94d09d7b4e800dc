import { topicCmk } from "../../../../policies/rules/sns/topic-cmk";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

testRule(topicCmk, {
  passes: {
    "a key of one's own": declare("topic", { kmsMasterKeyId: "alias/operations" }),
    "a key this update makes": declare("topic", { kmsMasterKeyId: later }),
  },
  fails: {
    "no key": { program: declare("topic", { name: "notices" }), at: "kmsMasterKeyId is missing" },
    "AWS's key": {
      program: declare("topic", { kmsMasterKeyId: "alias/aws/sns" }),
      at: "kmsMasterKeyId names a key",
    },
  },
  undecided: {},
});
