import * as crypto from "node:crypto";
import { createPrivateKey, createPublicKey } from "node:crypto";
import type { RotationSettings } from "../../../model/functions/settings";
import {
  keyPairKindIn,
  type KeyPairValue,
  newKeyPair,
  type KeyPairKind,
} from "../../../model/values/keyPair";
import { RotationError } from "../errors";
import type { Rotator } from "../rotator";
import type { SecretDescription } from "../versions";

/**
 * Key pairs that sign tokens. Their public keys are published, and waited for, by the steps themselves (`publication.ts`):
 * whatever is current signs only once verifiers know its key.
 * @param keyPairs by a secret's name
 */
export function keyPairRotator(keyPairs: NonNullable<RotationSettings["keyPairs"]>): Rotator {
  const kindOf = ({ name }: SecretDescription): KeyPairKind => {
    const settings = Object.hasOwn(keyPairs, name) ? keyPairs[name] : undefined;
    if (settings === undefined) throw new Error("no key pair of this function");
    return settings.kind;
  };
  return {
    create: (secret) => newKeyPair(kindOf(secret), crypto),

    // Keys of an earlier kind are published as well, so that a rollback may bring one back.
    misfit: (_secret, _current, wanted) =>
      keyPairKindIn(wanted) === undefined ? "it is no key pair" : undefined,

    outdated: (secret, pending) =>
      keyPairKindIn(pending) === kindOf(secret)
        ? undefined
        : `it is no ${kindOf(secret)} key pair, which the manifest asks for by now`,

    // No system behind the secret has to learn the value.
    set: () => Promise.resolve(),

    test(_secret, value) {
      return keyPairKindIn(value) !== undefined && signs(value)
        ? Promise.resolve()
        : Promise.reject(
            new RotationError(
              "the value is no key pair whose kid and alg are those of its private key",
              "rotate again (npx platform rotate)",
            ),
          );
    },
  };
}

function signs(value: string): boolean {
  const privateKey = createPrivateKey((JSON.parse(value) as KeyPairValue).privateKey);
  const digest = privateKey.asymmetricKeyType === "ed25519" ? null : "sha256";
  const text = Buffer.from("a token");
  return crypto.verify(digest, text, createPublicKey(privateKey), crypto.sign(digest, text, privateKey));
}
