import { keyLockout } from "../../../../policies/rules/kms/key-lockout";
import { testRule } from "../../support/cases";
import { declare, document, later, policy, security } from "../../support/program";

const root = { AWS: `arn:aws:iam::${security}:root` };
const administration = { Action: ["kms:PutKeyPolicy", "kms:DescribeKey"], Principal: root, Resource: "*" };
const use = { Action: "kms:Decrypt", Principal: root, Resource: "*" };
const key = (text: string, more: object = {}) => declare("key", { policy: text, ...more });

testRule(keyLockout, {
  passes: {
    "an administrator beside a service": key(
      policy({ ...administration, Principal: { Service: "logs.amazonaws.com", ...root } }),
    ),

    administrators: key(policy(administration, use)),
    "administrators by name": key(
      policy({ ...administration, Condition: { ArnEquals: { "aws:PrincipalArn": "arn:x" } } }),
    ),
    "all actions": key(policy({ ...administration, Action: "kms:*" })),
    "the default policy": declare("key", {}),
    "a denial with a condition": key(
      policy(administration, {
        ...administration,
        Effect: "Deny",
        Principal: "*",
        Condition: { ArnNotEquals: { "aws:PrincipalArn": "arn:x" } },
      }),
    ),
  },
  fails: {
    "a denial to everybody and a role": {
      program: key(
        policy(administration, { ...administration, Effect: "Deny", Principal: { AWS: ["arn:x", "*"] } }),
      ),
      at: "policy denies kms:PutKeyPolicy to everybody",
    },

    "nobody changes it": { program: key(policy(use)), at: "policy allows kms:PutKeyPolicy to nobody" },
    "a service only": {
      program: key(policy({ ...administration, Principal: { Service: "logs.amazonaws.com" } })),
      at: "policy allows kms:PutKeyPolicy to nobody",
    },
    "a denial to everybody": {
      program: key(policy(administration, { ...administration, Effect: "Deny", Principal: { AWS: "*" } })),
      at: "policy denies kms:PutKeyPolicy to everybody",
    },
    "the safety check off": {
      program: key(policy(administration), { bypassPolicyLockoutSafetyCheck: true }),
      at: "bypassPolicyLockoutSafetyCheck is on",
    },
    "in a policy beside the key": {
      program: declare("keyPolicy", { keyId: "k", policy: policy(use) }),
      at: "policy allows kms:PutKeyPolicy to nobody",
    },
  },
  undecided: {
    "one statement of two": {
      program: key(document(use, { ...use, Action: later })),
      at: "policy is not known",
    },

    "the policy": { program: key(later), at: "policy is not known" },
    "a part of it": { program: key(document({ ...use, Action: later })), at: "policy is not known" },
    "the safety check": {
      program: key(policy(administration), { bypassPolicyLockoutSafetyCheck: later }),
      at: "bypassPolicyLockoutSafetyCheck is not known",
    },
  },
});
