import assert from "node:assert/strict";
import * as crypto from "node:crypto";
import { emptyJwks, jwksText, nextKeys, type PublishedKey, publishedKeys } from "../../../model/values/jwks";
import {
  keyPairFields,
  keyPairKindIn,
  keyPairKinds,
  type KeyPairValue,
  newKeyPair,
  publicKeyIn,
  signingAlgorithms,
} from "../../../model/values/keyPair";
import { jose } from "../../support/jose";

const made = Object.fromEntries(keyPairKinds.map((kind) => [kind, newKeyPair(kind, crypto)]));

describe("key pairs", () => {
  for (const kind of keyPairKinds) {
    const value = made[kind]!;

    it(`${kind}: another library signs by the secret's value alone, and verifies by the published set alone`, async () => {
      const { importPKCS8, SignJWT, createLocalJWKSet, jwtVerify, calculateJwkThumbprint } = await jose();
      const { kid, alg, privateKey, ...others } = JSON.parse(value) as KeyPairValue;
      assert.deepEqual(others, {});
      assert.equal(alg, signingAlgorithms[kind]);
      const key = await importPKCS8(privateKey, alg);
      const token = await new SignJWT({ sub: "a" }).setProtectedHeader({ alg, kid }).sign(key);

      const published = jwksText([publicKeyIn(value)!]);
      const set = JSON.parse(published) as { keys: [PublishedKey] };
      const { payload } = await jwtVerify(token, createLocalJWKSet(set), { algorithms: [alg] });
      assert.equal(payload.sub, "a");
      assert.equal(await calculateJwkThumbprint(set.keys[0]), kid);
    });

    it(`${kind}: nothing private is in what is published`, () => {
      const jwk = publicKeyIn(value)!;
      assert.deepEqual(
        Object.keys(jwk).filter(
          (name) => !["kty", "crv", "x", "y", "n", "e", "kid", "alg", "use"].includes(name),
        ),
        [],
      );
      const { d } = crypto
        .createPrivateKey((JSON.parse(value) as KeyPairValue).privateKey)
        .export({ format: "jwk" });
      assert.ok(d !== undefined && !JSON.stringify(jwk).includes(d));
    });

    it(`${kind}: is known for what it is, and never twice the same`, () => {
      assert.equal(keyPairKindIn(value), kind);
      assert.deepEqual(Object.keys(JSON.parse(value) as object), keyPairFields);
      assert.notEqual(publicKeyIn(newKeyPair(kind, crypto))?.kid, publicKeyIn(value)?.kid);
    });
  }

  it("of another kind, or that do not go with their id, are none", () => {
    const [one, two] = keyPairKinds.map((kind) => JSON.parse(made[kind]!) as KeyPairValue);
    const small = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const curve = crypto.generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey;
    const pem = (key: crypto.KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();
    for (const value of [
      { ...one, kid: two?.kid },
      { ...one, alg: two?.alg },
      { ...one, extra: "a" },
      { kid: one?.kid, alg: one?.alg },
      { ...one, privateKey: pem(small) },
      { ...one, privateKey: pem(curve) },
      { ...one, privateKey: 1 },
      null,
      [],
    ])
      assert.equal(publicKeyIn(JSON.stringify(value)), undefined);
    for (const value of ["", "{", "a plain string"]) assert.equal(publicKeyIn(value), undefined);
  });
});

describe("a published set", () => {
  const [ed, ec, rsa] = keyPairKinds.map((kind) => publicKeyIn(made[kind]!)!);

  it("gives back what was published", () => {
    const keys = [ed!, ec!, { ...rsa!, exp: 5 }];
    assert.deepEqual(publishedKeys(jwksText(keys)), keys);
    assert.deepEqual(publishedKeys(emptyJwks), []);
  });

  it("gives nothing that somebody else put there in another form, above all nothing private", () => {
    const strange = [
      { ...ed, d: "AAAA" },
      { ...rsa, p: "AAAA", q: "AAAA" },
      { ...ed, kid: "other" },
      { ...ed, alg: "none" },
      { ...ed, use: "enc" },
      { ...ed, x: "AAAA" },
      { ...ec, crv: "P-384" },
      { kty: "oct", k: "AAAA", kid: "a", alg: "HS256", use: "sig" },
      { ...ed, exp: "tomorrow" },
      null,
      "key",
    ];
    assert.deepEqual(publishedKeys(JSON.stringify({ keys: [...strange, ec] })), [ec]);
    for (const text of ["", "[]", "{}", '{"keys":{}}', "not JSON"]) assert.deepEqual(publishedKeys(text), []);
  });

  it("keeps a key that signs no more until its tokens have ended, and not longer", () => {
    const first = nextKeys({ wanted: [ec!], published: [ed!], now: 100, retainSeconds: 60 });
    assert.deepEqual(first, [ec, { ...ed, exp: 160 }]);
    const again = nextKeys({ wanted: [ec!], published: first, now: 130, retainSeconds: 60 });
    assert.deepEqual(again, first);
    assert.deepEqual(nextKeys({ wanted: [ec!], published: first, now: 160, retainSeconds: 60 }), [ec]);
  });

  it("has no end of a key that signs again, and believes no end that is too far", () => {
    const back = nextKeys({
      wanted: [ed!, ed!],
      published: [{ ...ed!, exp: 160 }],
      now: 100,
      retainSeconds: 60,
    });
    assert.deepEqual(back, [ed]);
    const far = nextKeys({ wanted: [], published: [{ ...ed!, exp: 10 ** 9 }], now: 100, retainSeconds: 60 });
    assert.deepEqual(far, [{ ...ed, exp: 160 }]);
  });
});
