import * as crypto from "node:crypto";
import type { JWTPayload } from "jose" with { "resolution-mode": "import" };
import type { Clock } from "../../../../aws/clock";
import { publicationSeconds } from "../../../../model/functions/keyPairs";
import { type KeyPairKind, type KeyPairValue, newKeyPair } from "../../../../model/values/keyPair";
import {
  createKeyPair,
  keyPairInProcess,
  type KeyPairWorld,
  parameter,
} from "../../../functions/support/keyPairs";
import { rotate } from "../../../functions/support/rotation";
import { jose } from "../../../support/jose";

/** ARN of the parameter that holds the public keys. */
export const keySetArn = `arn:aws:ssm:eu-west-1:111111111111:parameter${parameter}`;

/** A key pair that our own function rotates, and a service that signs tokens by it. */
export interface Signer {
  /** One whole rotation; what it waits for, so that verifiers may read the key, takes no time. */
  rotate(): Promise<void>;
  /** A token by the present key. */
  token(claims?: JWTPayload, header?: object): Promise<string>;
  value(): KeyPairValue;
}

let count = 0;

export function createSigner(world: KeyPairWorld, kind: KeyPairKind): Signer {
  const name = `orders/prod/token-key-${++count}`;
  const secret = createKeyPair(world, name, newKeyPair(kind, crypto));
  let passed = 0;
  const clock: Clock = {
    now: () => Date.now() + passed,
    random: Math.random,
    sleep(milliseconds) {
      passed += milliseconds;
      return Promise.resolve();
    },
  };
  const settings = { kind, parameter, tokenSeconds: 3_600, publicationSeconds };
  const { invoke } = keyPairInProcess(world, secret, settings, { clock });
  const value = () => JSON.parse(world.service.secrets.value(secret, {}).value) as KeyPairValue;
  return {
    rotate: async () => void (await rotate(world.service.secrets, secret, invoke)),
    value,
    async token(claims = { sub: "shop" }, header = {}) {
      const { SignJWT } = await jose();
      const { kid, alg, privateKey } = value();
      return new SignJWT({ exp: Math.floor(Date.now() / 1_000) + 600, ...claims })
        .setProtectedHeader({ alg, kid, ...header })
        .sign(crypto.createPrivateKey(privateKey));
    },
  };
}
