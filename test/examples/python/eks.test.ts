import assert from "node:assert/strict";
import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { emptyJwks, publishedKeys } from "../../../model/values/jwks";
import { keyPairKinds } from "../../../model/values/keyPair";
import { ServiceFault } from "../../functions/support/jsonService";
import { parameter } from "../../functions/support/keyPairs";
import { type ParameterStoreDouble, startParameterStore } from "../../functions/support/parameterStore";
import { jose } from "../../support/jose";
import { type CredentialsServer, handedOut, startPodIdentityAgent } from "./support/credentialsServer";
import { type DatabaseWorld, databaseWorld, type RotatingLogin } from "./support/database";
import { ask, freePort } from "./support/http";
import { createSigner, keySetArn } from "./support/keyPair";
import { assertKeepsToItself, type Environment, type Program, startProgram } from "./support/program";

/** Longer than the example leaves between two readings for keys it does not know. */
const coolDownMs = 1_200;

describe("examples/python/eks", function () {
  this.timeout(240_000);
  let world: DatabaseWorld;
  let store: ParameterStoreDouble;
  let login: RotatingLogin;
  let agent: CredentialsServer;
  let folder: string;
  let podToken: string;
  let port: string;
  const programs: Program[] = [];

  databaseWorld((started) => (world = started));
  before(async () => (store = await startParameterStore()));
  after(() => store.close());
  beforeEach(async () => {
    login = await world.create("alternating users");
    folder = mkdtempSync(join(tmpdir(), "pod-"));
    port = await freePort();
    mountToken("canary-pod-token-1");
    // Within what the SDK takes for nearly over, so that it asks again before each call.
    agent = await startPodIdentityAgent(() => podToken, 60);
  });
  afterEach(async () => {
    await Promise.all(programs.splice(0).map((program) => program.stop()));
    await agent.stop();
    store.hook = undefined;
    rmSync(folder, { recursive: true });
  });

  /** As EKS does now and then: another token in the same file. */
  function mountToken(token: string): void {
    podToken = token;
    writeFileSync(join(folder, "eks-pod-identity-token"), token);
  }

  /** As in a pod: no credentials but those of Pod Identity. */
  async function startApi(environment: Environment = {}): Promise<Program> {
    const program = await startProgram("eks/api.py", {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${agent.endpoint}/v1/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(folder, "eks-pod-identity-token"),
      AWS_ENDPOINT_URL_SSM: store.endpoint,
      AWS_EC2_METADATA_DISABLED: "true",
      HOME: folder,
      PORT: port,
      DATABASE_ARN: login.arn,
      TOKEN_KEY_JWKS_ARN: keySetArn,
      ...world.environment,
      ...environment,
    });
    programs.push(program);
    return program;
  }

  async function start(environment: Environment = {}): Promise<Program> {
    const program = await startApi(environment);
    await program.printed("listening");
    return program;
  }

  const signer = (kind: (typeof keyPairKinds)[number] = "ed25519") =>
    createSigner({ service: world.service, store }, kind);
  const answer = (token: string) => ask(port, { authorization: `Bearer ${token}` });
  const status = async (token: string) => (await answer(token)).status;
  const publishedKey = (wanted: string) =>
    publishedKeys(store.parameters.get(parameter)?.value ?? "").find(({ kid }) => kid === wanted);
  const readings = () => store.calls.filter(({ operation }) => operation === "GetParameter").length;

  for (const kind of keyPairKinds) {
    it(`${kind}: takes tokens of the present key and the one before through rotations`, async () => {
      const tokens = signer(kind);
      await tokens.rotate();
      const program = await start();
      let before = await tokens.token();
      for (let times = 1; times <= 3; times++) {
        assert.equal(await status(before), 200);
        await tokens.rotate();
        await wait(coolDownMs);
        const now = await tokens.token();
        assert.deepEqual(await answer(now), { status: 200, body: '{"subject": "shop", "orders": 0}' });
        assert.equal(await status(before), 200, "signed before the rotation");
        before = now;
      }
      assertKeepsToItself(program.output(), [before, tokens.value().privateKey.split("\n")[1] ?? ""]);
    });
  }

  it("logs in to its database through rotations, by the role of its pod alone", async () => {
    const tokens = signer();
    await tokens.rotate();
    const program = await start();
    const token = await tokens.token();
    assert.equal(await status(token), 200);
    for (let times = 1; times <= 3; times++) {
      mountToken(`canary-pod-token-${times + 1}`);
      await login.rotate();
      await login.disconnect();
      assert.equal(await status(token), 200, `after rotation ${times}`);
    }
    assert.ok(agent.handedOut() > 3);
    program.child.kill("SIGTERM");
    assert.equal(await program.ended, 0);
    assertKeepsToItself(program.output(), [...login.values(), ...handedOut, podToken]);
  });

  it("fails without a word on values where its pod has no role, and begins to work when it has", async () => {
    const tokens = signer();
    await tokens.rotate();
    const token = await tokens.token();
    const program = await start();
    podToken = "canary-of-another-pod";
    assert.equal(await status(token), 503);
    podToken = "canary-pod-token-1";
    assert.equal(await status(token), 200);
    podToken = "canary-of-another-pod";
    port = await freePort();
    const another = await startApi();
    assert.equal(await another.ended, 1);
    assert.match(another.output(), /"kind": "CredentialRetrievalError"/);
    for (const { output } of [program, another])
      assertKeepsToItself(output(), [...login.values(), ...handedOut, token, podToken]);
  });

  it("refuses every other token", async () => {
    const tokens = signer("p-256");
    await tokens.rotate();
    const program = await start();
    const { SignJWT, UnsecuredJWT } = await jose();
    const now = Math.floor(Date.now() / 1_000);
    const { kid, alg } = tokens.value();
    const another = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const good = { sub: "shop", exp: now + 600 };
    const forged = (key: KeyObject | Uint8Array, header: { alg: string }, claims: object = good) =>
      new SignJWT({ ...claims }).setProtectedHeader({ kid, ...header }).sign(key);
    const refused = {
      "is over": await tokens.token({ sub: "shop", exp: now - 1 }),
      "is for nobody": await tokens.token({}),
      "never ends": await forged(createPrivateKey(tokens.value().privateKey), { alg }, { sub: "shop" }),
      "names no key": await tokens.token({ sub: "shop" }, { kid: undefined }),
      "is by another key": await forged(another, { alg }),
      "is by the public key as if it were a secret": await forged(
        new TextEncoder().encode(JSON.stringify(publishedKey(kid))),
        { alg: "HS256" },
      ),
      "is not signed": new UnsecuredJWT(good).encode(),
      "is none": "canary-that-is-no-token",
    };
    assert.equal(await status(await tokens.token()), 200);
    for (const [what, token] of Object.entries(refused)) assert.equal(await status(token), 401, what);
    assert.equal((await ask(port)).status, 401, "is not there");
    assert.equal((await ask(port, { authorization: `Basic ${refused["is none"]}` })).status, 401);
    assertKeepsToItself(program.output(), Object.values(refused));
  });

  it("refuses tokens of a key whose time is over, also where it is still published", async () => {
    const tokens = signer();
    await tokens.rotate();
    const until = Math.floor(Date.now() / 1_000) + 20;
    store.put(parameter, JSON.stringify({ keys: [{ ...publishedKey(tokens.value().kid), exp: until }] }));
    await start();
    const token = await tokens.token();
    assert.equal(await status(token), 200, "its last tokens");
    await wait(until * 1_000 - Date.now() + 100);
    assert.equal(await status(token), 401);
  });

  it("reads for a flood of unknown keys no more than once a second", async () => {
    const tokens = signer();
    await tokens.rotate();
    await start();
    const known = await tokens.token();
    assert.equal(await status(known), 200);
    const [from, started] = [readings(), Date.now()];
    for (let times = 0; times < 50; times++) {
      assert.equal(await status(await tokens.token({ sub: "shop" }, { kid: `unknown-${times}` })), 401);
      assert.equal(await status(known), 200);
    }
    const most = Math.ceil((Date.now() - started) / 1_000) + 1;
    assert.ok(readings() - from <= most, `${readings() - from} readings`);
  });

  it("keeps the keys for a time and no longer, whatever happens to Parameter Store then", async () => {
    const tokens = signer();
    await tokens.rotate();
    const program = await start({ PATCH: "published_keys.MAX_AGE_SECONDS=2" });
    const token = await tokens.token();
    assert.equal(await status(token), 200);
    const all = store.parameters.get(parameter)?.value ?? "";
    store.put(parameter, emptyJwks);
    assert.equal(await status(token), 200, "kept");
    await wait(2_100);
    assert.equal(await status(token), 401, "withdrawn");
    store.put(parameter, all);
    await wait(coolDownMs);
    assert.equal(await status(token), 200);
    store.hook = () => {
      throw new ServiceFault("AccessDeniedException", "");
    };
    await wait(2_100);
    assert.equal(await status(token), 503);
    store.hook = undefined;
    assert.equal(await status(token), 200);
    assertKeepsToItself(program.output(), [...login.values(), token]);
  });

  it("says which variables are missing", async () => {
    const program = await startProgram("eks/api.py", { DATABASE_ARN: login.arn });
    assert.equal(await program.ended, 1);
    assert.match(program.output(), /"missing": \["TOKEN_KEY_JWKS_ARN"\]/);
  });
});
