import { createPrivateKey, type KeyObject } from "node:crypto";
import type { createLocalJWKSet } from "jose" with { "resolution-mode": "import" };
import { pollingSeconds } from "../../../model/functions/keyPairs";
import type { KeyPairValue } from "../../../model/values/keyPair";
import { jose } from "../../support/jose";

/** Programs around one key pair, in a time of the test's own. */
export interface Tokens {
  /** Lets each program do what is due by now: read again, sign, verify. Throws where a token that is valid is refused. */
  tick(): Promise<void>;
  /** How many verifications there were, and by which keys. */
  readonly verified: { count: number; readonly kids: Set<string> };
}

export interface TokenOptions {
  readonly now: () => number;
  readonly random: () => number;
  /** Seconds that a token is valid. */
  readonly tokenSeconds: number;
  readonly privateKey: () => string;
  readonly publicKeys: () => string;
}

interface Program {
  read: string;
  at: number;
}

const [signers, verifiers] = [3, 8];

function unknownKey(kid: string): Error {
  return new Error(`a verifier does not know the key ${kid} of a token that is valid`);
}

/** Signers and verifiers that each keep what they read for as long as they may, every one from a moment of its own. */
export function tokens({ now, random, tokenSeconds, privateKey, publicKeys }: TokenOptions): Tokens {
  const started = (count: number): Program[] =>
    Array.from({ length: count }, () => ({ read: "", at: now() - random() * pollingSeconds * 1000 }));
  const [signing, verifying] = [started(signers), started(verifiers)];
  const valid: { readonly kid: string; readonly token: string; readonly until: number }[] = [];
  const sets = new Map<string, ReturnType<typeof createLocalJWKSet>>();
  const keys = new Map<string, KeyObject>();
  const verified = { count: 0, kids: new Set<string>() };
  for (const program of signing) program.read = privateKey();
  for (const program of verifying) program.read = publicKeys();

  const refresh = (programs: readonly Program[], read: () => string) => {
    for (const program of programs) {
      if (now() - program.at < pollingSeconds * 1000) continue;
      program.read = read();
      program.at = now();
    }
  };

  return {
    verified,
    async tick() {
      refresh(signing, privateKey);
      refresh(verifying, publicKeys);
      const { SignJWT } = await jose();
      const signer = signing[Math.floor(random() * signers)]!;
      const { kid, alg, privateKey: pem } = JSON.parse(signer.read) as KeyPairValue;
      const key = keys.get(kid) ?? createPrivateKey(pem);
      keys.set(kid, key);
      const until = now() + tokenSeconds * 1000;
      const token = await new SignJWT({}).setProtectedHeader({ alg, kid }).sign(key);
      valid.push({ kid, token, until });
      while ((valid[0]?.until ?? Infinity) <= now()) valid.shift();
      for (const one of [valid.at(-1), valid[0], valid[Math.floor(random() * valid.length)]]) {
        if (one === undefined) continue;
        for (const { read } of verifying) if (!read.includes(`"kid":"${one.kid}"`)) throw unknownKey(one.kid);
      }
      const one = valid[Math.floor(random() * valid.length)]!;
      await verify(one.token, verifying[Math.floor(random() * verifiers)]!.read);
    },
  };

  async function verify(token: string, read: string): Promise<void> {
    const { createLocalJWKSet: localSet, jwtVerify } = await jose();
    const set = sets.get(read) ?? localSet(JSON.parse(read) as Parameters<typeof createLocalJWKSet>[0]);
    sets.set(read, set);
    const { protectedHeader } = await jwtVerify(token, set);
    verified.count += 1;
    verified.kids.add(protectedHeader.kid ?? "");
  }
}
