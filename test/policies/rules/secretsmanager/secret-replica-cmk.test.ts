import { secretReplicaCmk } from "../../../../policies/rules/secretsmanager/secret-replica-cmk";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const secret = (...replicas: object[]) => declare("secret", { replicas: replicas as never });

testRule(secretReplicaCmk, {
  passes: {
    "no replica": declare("secret", {}),
    "a key in each region": secret({ region: "eu-central-1", kmsKeyId: "alias/prod/configuration" }),
    "a key this update makes": secret({ region: "eu-central-1", kmsKeyId: later }),
  },
  fails: {
    "no key": { program: secret({ region: "eu-central-1" }), at: "replicas[0].kmsKeyId is missing" },
    "AWS's key, on the second": {
      program: secret(
        { region: "eu-central-1", kmsKeyId: later },
        { region: "us-east-1", kmsKeyId: "alias/aws/secretsmanager" },
      ),
      at: "replicas[1].kmsKeyId names a key that AWS manages",
    },
  },
  undecided: {
    "the replicas": { program: declare("secret", { replicas: later }), at: "replicas is not known" },
    "one replica": { program: secret(later), at: "replicas[0] is not known" },
  },
});
