import type { RotationSettings } from "../../../model/functions/settings";
import { generatedValues } from "../generatedValue/rotator";
import type { Rotator } from "../rotator";
import type { SecretDescription } from "../versions";
import { keyPairRotator } from "./rotator";

/** Rotates what its settings call a key pair as one, and everything else as a generated text. */
export function generatedOrKeyPair({ forms, keyPairs = {} }: RotationSettings): Rotator {
  const texts = generatedValues(forms);
  const pairs = keyPairRotator(keyPairs);
  const of = ({ name }: SecretDescription): Rotator => (Object.hasOwn(keyPairs, name) ? pairs : texts);
  return {
    create: (secret, current) => of(secret).create(secret, current),
    misfit: (secret, current, wanted) => of(secret).misfit(secret, current, wanted),
    outdated: (secret, pending) => of(secret).outdated?.(secret, pending),
    set: (change) => of(change.secret).set(change),
    test: (secret, value, current) => of(secret).test(secret, value, current),
  };
}
