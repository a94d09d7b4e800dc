import { logsBase } from "../../../../policies/rules/logs/logs-base";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const kmsKeyId = "arn:aws:kms:eu-west-1:333333333333:key/1";

testRule(logsBase, {
  passes: {
    "kept 90 days, under a key": declare("logGroup", { retentionInDays: 90, kmsKeyId }),
    "a key this update makes": declare("logGroup", { retentionInDays: 90, kmsKeyId: later }),
  },
  fails: {
    "kept for ever": { program: declare("logGroup", { kmsKeyId }), at: "retentionInDays is missing" },
    "kept for ever, as AWS writes it": {
      program: declare("logGroup", { kmsKeyId, retentionInDays: 0 }),
      at: "retentionInDays is missing",
    },
    "no key": { program: declare("logGroup", { retentionInDays: 90 }), at: "kmsKeyId names no key" },
  },
  undecided: {
    "the time": {
      program: declare("logGroup", { retentionInDays: later, kmsKeyId }),
      at: "retentionInDays is not known",
    },
  },
});
