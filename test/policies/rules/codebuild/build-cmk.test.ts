import { buildCmk } from "../../../../policies/rules/codebuild/build-cmk";
import { testRule } from "../../support/cases";
import { later } from "../../support/program";
import { project } from "./project";

testRule(buildCmk, {
  passes: {
    "a key of one's own": project({ encryptionKey: "arn:aws:kms:eu-west-1:333333333333:key/1" }),
    "a key this update makes": project({ encryptionKey: later }),
  },
  fails: {
    "no key": { program: project({}), at: "encryptionKey is missing" },
    "AWS's key": {
      program: project({ encryptionKey: "arn:aws:kms:eu-west-1:333333333333:alias/aws/s3" }),
      at: "encryptionKey names a key that AWS manages",
    },
  },
  undecided: {},
});
