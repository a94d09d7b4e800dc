import { trailBase } from "../../../../policies/rules/cloudtrail/trail-base";
import { testRule } from "../../support/cases";
import { declare, later, without } from "../../support/program";

const good = {
  s3BucketName: "trails",
  isMultiRegionTrail: true,
  enableLogFileValidation: true,
  kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/1",
  cloudWatchLogsGroupArn: "arn:aws:logs:eu-west-1:111111111111:log-group:trail:*",
};
const trail = (more: object) => declare("trail", { ...good, ...more });

testRule(trailBase, {
  passes: {
    complete: trail({}),
    "what this update makes": trail({ kmsKeyId: later, cloudWatchLogsGroupArn: later }),
  },
  fails: {
    "one region": {
      program: declare("trail", without(good, "isMultiRegionTrail")),
      at: "isMultiRegionTrail is off",
    },
    "not validated": {
      program: trail({ enableLogFileValidation: false }),
      at: "enableLogFileValidation is off",
    },
    "not encrypted": {
      program: declare("trail", without(good, "kmsKeyId")),
      at: "kmsKeyId names no key of your own",
    },
    "no log group": {
      program: declare("trail", without(good, "cloudWatchLogsGroupArn")),
      at: "cloudWatchLogsGroupArn is missing",
    },
    "not logging": { program: trail({ enableLogging: false }), at: "enableLogging is off" },
    "without IAM and STS": {
      program: trail({ includeGlobalServiceEvents: false }),
      at: "includeGlobalServiceEvents is off",
    },
  },
  undecided: {
    regions: { program: trail({ isMultiRegionTrail: later }), at: "isMultiRegionTrail is not known" },
    logging: { program: trail({ enableLogging: later }), at: "enableLogging is not known" },
  },
});
