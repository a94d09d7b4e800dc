import { keyNoStar } from "../../../../policies/rules/kms/key-no-star";
import { testRule } from "../../support/cases";
import { declare, document, later, policy, security } from "../../support/program";

const decrypt = { Action: "kms:Decrypt", Resource: "*" };
const everybody = policy({ ...decrypt, Principal: { AWS: "*" } });

testRule(keyNoStar, {
  passes: {
    "an account": declare("key", {
      policy: policy({ ...decrypt, Principal: { AWS: `arn:aws:iam::${security}:root` } }),
    }),
    "a deny to everybody": declare("key", { policy: policy({ ...decrypt, Effect: "Deny", Principal: "*" }) }),
    "no policy": declare("key", {}),
  },
  fails: {
    everybody: {
      program: declare("key", { policy: policy({ ...decrypt, Principal: "*" }) }),
      at: "policy statement 1 allows every principal",
    },
    "everybody of AWS, with a condition": {
      program: declare("key", {
        policy: policy({
          ...decrypt,
          Principal: { AWS: ["*"] },
          Condition: { StringEquals: { "kms:CallerAccount": security } },
        }),
      }),
      at: "policy statement 1 allows every principal",
    },
    "in a policy beside the key": {
      program: declare("keyPolicy", { keyId: "alias/prod", policy: everybody }),
      at: "policy statement 1",
    },
    "on a replica": {
      program: declare("replicaKey", { primaryKeyArn: later, policy: everybody }),
      at: "policy statement 1",
    },
    "on a key with material of one's own": {
      program: declare("externalKey", { policy: everybody }),
      at: "policy statement 1",
    },
  },
  undecided: {
    "the policy": { program: declare("key", { policy: later }), at: "policy is not known" },
    "a principal": {
      program: declare("key", { policy: document({ ...decrypt, Principal: { AWS: [later] } }) }),
      at: "policy.Statement[0].Principal.AWS[0] is not known",
    },
  },
});
