import { keyPolicy } from "../../../../policies/rules/kms/key-policy";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const key = declare("key", {}, { name: "key" });
const elsewhere = declare("parameter", { type: "String" });

testRule(keyPolicy, {
  passes: {
    "a policy": declare("key", { policy: "{}" }),
    "a policy that is not known yet": [
      elsewhere,
      declare("key", { policy: later }, { from: { policy: [elsewhere] } }),
    ],
    "a policy beside it": [
      key,
      declare("keyPolicy", { keyId: later, policy: "{}" }, { from: { keyId: [key] } }),
    ],
  },
  fails: {
    none: { program: key, at: "policy is missing", on: "key" },
    "none but the provider's answer": {
      program: { ...key, outputs: { policy: later } },
      at: "policy is missing",
    },
    "none on a replica": { program: declare("replicaKey", { primaryKeyArn: "a" }), at: "policy is missing" },
    "another key's policy": {
      program: [key, declare("keyPolicy", { keyId: "other", policy: "{}" })],
      at: "policy is missing",
    },
  },
  undecided: {
    "which key a policy is for": {
      program: [
        key,
        elsewhere,
        declare("keyPolicy", { keyId: later, policy: "{}" }, { from: { keyId: [elsewhere] } }),
      ],
      at: "keyId of a KeyPolicy",
    },
  },
});
