import assert from "node:assert/strict";
import * as crypto from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { mock } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { JWTVerifyGetKey } from "jose" with { "resolution-mode": "import" };
import { publicationSeconds } from "../../../model/functions/keyPairs";
import { type KeyPairValue, newKeyPair } from "../../../model/values/keyPair";
import {
  createKeyPair,
  keyPairInProcess,
  type KeyPairWorld,
  parameter,
} from "../../functions/support/keyPairs";
import { startParameterStore } from "../../functions/support/parameterStore";
import { rotate } from "../../functions/support/rotation";
import type { StoredSecret } from "../../functions/support/secrets";
import { startSecretsManager } from "../../functions/support/secretsManager";
import { jose } from "../../support/jose";
import { examples, freePort, start, status, stopPrograms } from "../support/program";

const arn = `arn:aws:ssm:eu-west-1:111111111111:parameter${parameter}`;
const tokenSeconds = 3_600;
const settings = { kind: "ed25519", parameter, tokenSeconds, publicationSeconds } as const;
/** Beside packages that are installed, which a module finds from where it lies. */
const file = join(__dirname, "../../../node_modules/.cache", `publicKeys-${process.pid}.mjs`);

describe("examples/typescript/jwks", function () {
  this.timeout(240_000);
  let world: KeyPairWorld;
  let secret: StoredSecret;
  let environment: NodeJS.ProcessEnv;
  const now = () => Date.now();
  const clock = {
    now,
    random: Math.random,
    sleep: (milliseconds: number) => {
      mock.timers.tick(milliseconds);
      return new Promise<void>((resolve) => setImmediate(resolve));
    },
  };

  before(() =>
    build({
      entryPoints: [join(examples, "jwks/publicKeys.ts")],
      ...{ outfile: file, bundle: true, packages: "external", platform: "node", format: "esm" },
    }),
  );
  after(() => rmSync(file, { force: true }));

  beforeEach(async () => {
    mock.timers.enable({ apis: ["Date"], now: Date.now() });
    world = { service: await startSecretsManager(), store: await startParameterStore(now) };
    secret = createKeyPair(world, "orders/prod/token-key", newKeyPair("ed25519", crypto));
    environment = { ...process.env };
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_SSM: world.store.endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
    await rotation();
  });
  afterEach(async () => {
    mock.timers.reset();
    process.env = environment;
    await stopPrograms();
    await world.service.close();
    await world.store.close();
  });

  const rotation = () =>
    rotate(world.service.secrets, secret, keyPairInProcess(world, secret, settings, { clock }).invoke);

  async function newVerifier(): Promise<(token: string) => Promise<boolean>> {
    const { publicKeys } = (await import(pathToFileURL(file).href)) as {
      publicKeys: (arn: string) => JWTVerifyGetKey;
    };
    const keys = publicKeys(arn);
    const { errors, jwtVerify } = await jose();
    return (token) =>
      jwtVerify(token, keys).then(
        () => true,
        (error: unknown) => {
          if (error instanceof errors.JWKSNoMatchingKey) return false;
          throw error;
        },
      );
  }

  /** As the service that holds the private key does. */
  async function issue(value = world.service.secrets.value(secret, {}).value): Promise<string> {
    const { SignJWT } = await jose();
    const { kid, alg, privateKey } = JSON.parse(value) as KeyPairValue;
    return new SignJWT({})
      .setProtectedHeader({ alg, kid })
      .setIssuer("orders")
      .setAudience("catalog")
      .setExpirationTime(Math.floor(Date.now() / 1000) + tokenSeconds)
      .sign(crypto.createPrivateKey(privateKey));
  }

  it("verifies what was signed before and after each of many rotations", async () => {
    const verify = await newVerifier();
    let before = await issue();
    for (let times = 0; times < 10; times++) {
      assert.equal(await verify(before), true);
      await rotation();
      const after = await issue();
      assert.equal(await verify(after), true, "signed by the new key");
      assert.equal(await verify(before), true, "signed by the key before, and still valid");
      before = after;
    }
  });

  it("keeps the keys for five minutes, and no longer", async () => {
    const verify = await newVerifier();
    const token = await issue();
    const reads = () => world.store.calls.filter(({ operation }) => operation === "GetParameter").length;
    const from = reads();
    for (let times = 0; times < 5; times++) assert.equal(await verify(token), true);
    assert.equal(reads() - from, 1);
    mock.timers.tick(299_000);
    await verify(token);
    assert.equal(reads() - from, 1);
    mock.timers.tick(2_000);
    await verify(token);
    assert.equal(reads() - from, 2);
  });

  it("reads again for a key that it does not know, and not for each made-up one", async () => {
    const verify = await newVerifier();
    assert.equal(await verify(await issue()), true);
    mock.timers.tick(60_000);
    // Published without the wait of a rotation, as after a restored backup.
    const other = newKeyPair("ed25519", crypto);
    const { kid, alg, privateKey } = JSON.parse(other) as KeyPairValue;
    const jwk = crypto.createPublicKey(privateKey).export({ format: "jwk" });
    world.store.put(parameter, JSON.stringify({ keys: [{ ...jwk, kid, alg, use: "sig" }] }));
    assert.equal(await verify(await issue(other)), true);

    world.store.calls.length = 0;
    mock.timers.tick(60_000);
    for (let times = 0; times < 20; times++)
      assert.equal(await verify(await issue(newKeyPair("ed25519", crypto))), false);
    assert.equal(world.store.calls.length, 1);
  });

  it("admits who has a token, and nobody else; tells a fault of its own from one of the token", async () => {
    const port = await freePort();
    const { printed } = start("jwks/server.ts", {
      AWS_ENDPOINT_URL_SSM: world.store.endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      ORDERS_TOKEN_KEY_JWKS_ARN: arn,
      PORT: port,
    });
    await printed("listening");
    const keys = world.store.parameters.get(parameter)?.value ?? "";
    const bearing = (token: string) => status(port, { authorization: `Bearer ${token}` });
    world.store.parameters.delete(parameter);
    assert.equal(await bearing(await issue()), 503, "the keys cannot be read");
    world.store.put(parameter, "no JSON");
    assert.equal(await bearing(await issue()), 503, "the keys are none");
    world.store.put(parameter, keys);
    assert.equal(await bearing(await issue()), 200);
    assert.equal(await status(port), 401);
    assert.equal(await bearing("made-up"), 401);
    assert.equal(await bearing(await issue(newKeyPair("ed25519", crypto))), 401);
  });
});
