import { publicKeysSuffix } from "../../plan/names";
import type { Parameter, Secret } from "../types";

/**
 * The parameter with the public keys of a key pair. It lies in the security account, where the rotation function writes it:
 * that one needs no way into a workload account then, and the keys are there before a workload stack is. Hence the
 * Advanced tier, which alone RAM shares.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html
 */
export function publicKeys({ name, keyPair, shareWith, retire, at }: Secret): readonly Parameter[] {
  if (keyPair === undefined) return [];
  return [
    {
      kind: "parameter",
      name: `${name}${publicKeysSuffix}`,
      // Fixed: Parameter Store changes a description only together with the value.
      description: `Public keys of ${name}, a JWK set`,
      shareWith: [...new Set([...shareWith, ...keyPair.shareWith])],
      retire,
      type: "String",
      tier: "Advanced",
      keysOf: name,
      public: { reason: "public keys verify and cannot sign", at },
      home: "security",
      at,
    },
  ];
}
