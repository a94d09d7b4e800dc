import { policyDocument, type PolicyDocument } from "./policy";

/** Policy of a secret that nobody may read, until its own is attached. `Resource: "*"` is the secret itself. */
export function lockedSecretPolicy(): PolicyDocument {
  return policyDocument([
    {
      Sid: "NobodyReadsYet",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
    },
  ]);
}
