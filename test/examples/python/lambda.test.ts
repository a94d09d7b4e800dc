import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { failing } from "../../support/moto/doubles";
import { inCloud } from "../../support/moto/inCloud";
import { provided } from "../../support/leftOut";
import { type Emulator, startEmulator } from "./support/emulator";
import { examplesPython } from "./support/examplesPython";
import { type Extension, startExtension } from "./support/extension";
import { type PythonFunction, startFunction } from "./support/function";
import { assertKeepsToItself, type Environment } from "./support/program";

const body = '{"order": 1}';
const canary = () => `canary-${randomBytes(12).toString("hex")}`;
const signed = (key: string) => createHmac("sha256", key).update(body).digest("hex");
/** Longer than the examples leave between two readings of keys that do not match. */
const coolDownMs = 1_200;

describe("examples/python/lambda", function () {
  this.timeout(240_000);
  let emulator: Emulator;
  const functions: PythonFunction[] = [];

  before(async function () {
    this.timeout(720_000);
    await provided(this, examplesPython);
  });
  inCloud(startEmulator, (started) => (emulator = started));
  afterEach(() => Promise.all(functions.splice(0).map((one) => one.stop())));

  async function start(handler: string, environment: Environment): Promise<PythonFunction> {
    const started = await startFunction(handler, { ...emulator.environment, ...environment });
    functions.push(started);
    return started;
  }
  const reads = (from = 0) => emulator.proxy.calls.slice(from).map(({ action }) => action);

  const readers: Readonly<Record<string, () => Promise<Extension | undefined>>> = {
    webhooks: () => Promise.resolve(undefined),
    webhooks_by_extension: () => startExtension(emulator.environment),
  };
  for (const [module, startReader] of Object.entries(readers)) {
    describe(`${module}.py`, () => {
      const [first, second, third] = [canary(), canary(), canary()];
      let arn: string;
      let extension: Extension | undefined;
      let api: PythonFunction;

      beforeEach(async () => {
        arn = await emulator.createSecret("orders/prod/webhook-signing-key", first);
        extension = await startReader();
        api = await start(`${module}.handler`, {
          WEBHOOK_SIGNING_KEY_ARN: arn,
          ...extension?.environment,
        });
      });
      afterEach(() => extension?.stop());

      const verified = (signature: string) => api.invoke({ body, signature });

      it("signs, and reads a key once for many invocations", async () => {
        assert.deepEqual(await api.invoke({ body }), { signature: signed(first) });
        const from = emulator.proxy.calls.length;
        for (let times = 0; times < 3; times++) await api.invoke({ body });
        assert.deepEqual(reads(from), []);
      });

      it("accepts what was signed since the key was read, and before the last rotation, through rotations", async () => {
        assert.deepEqual(await verified(signed(first)), { valid: true });
        await emulator.rotate(arn, second);
        assert.deepEqual(await verified(signed(second)), { valid: true }, "signed since the key was read");
        assert.deepEqual(await verified(signed(first)), { valid: true }, "signed before the rotation");
        await wait(coolDownMs);
        await emulator.rotate(arn, third);
        assert.deepEqual(await verified(signed(third)), { valid: true });
        assert.deepEqual(await verified(signed(second)), { valid: true });
        extension?.expire();
        await wait(coolDownMs);
        assert.deepEqual(await verified(signed(third)), { valid: true });
        assert.deepEqual(await verified(signed(second)), { valid: true });
        assert.deepEqual(await api.invoke({ body }), { signature: signed(third) }, "signs with the newest");
        assertKeepsToItself(api.output(), [first, second, third]);
      });

      it("refuses other signatures, and reads for a flood of them no more than once a second", async () => {
        await emulator.rotate(arn, second);
        for (const signature of ["", "short", "ü", signed("another key")])
          assert.deepEqual(await verified(signature), { valid: false });
        const from = emulator.proxy.calls.length;
        const started = Date.now();
        for (let times = 0; times < 50; times++) await verified(signed(`guess ${times}`));
        const readings = reads(from).length / 2;
        assert.ok(readings <= Math.ceil((Date.now() - started) / 1_000) + 1, `${readings} readings`);
      });

      it("shows no value where reading fails, and goes on when it succeeds", async () => {
        emulator.proxy.use(failing("GetSecretValue", "AccessDeniedException", { times: 1 }));
        await assert.rejects(api.invoke({ body }));
        assert.deepEqual(await api.invoke({ body }), { signature: signed(first) });
        assertKeepsToItself(api.output(), [first]);
      });
    });
  }

  it("webhooks.py keeps a key for a time, and no longer", async () => {
    const [first, second] = [canary(), canary()];
    const arn = await emulator.createSecret("orders/prod/webhook-signing-key", first);
    const api = await start("webhooks.handler", {
      WEBHOOK_SIGNING_KEY_ARN: arn,
      PATCH: "webhooks.MAX_AGE_SECONDS=2",
    });
    assert.deepEqual(await api.invoke({ body }), { signature: signed(first) });
    await emulator.rotate(arn, second);
    await wait(2_100);
    assert.deepEqual(await api.invoke({ body }), { signature: signed(second) });
  });

  it("webhooks.py says what to do where the manifest does not name the key", async () => {
    const api = await start("webhooks.handler", {});
    await assert.rejects(
      api.invoke({ body }),
      /WEBHOOK_SIGNING_KEY_ARN is not set; name webhook-signing-key/,
    );
  });

  it("webhooks_by_extension.py fails where the extension does not know its token", async () => {
    const extension = await startExtension({ ...emulator.environment, AWS_SESSION_TOKEN: "another" });
    const arn = await emulator.createSecret("orders/prod/webhook-signing-key", canary());
    const api = await start("webhooks_by_extension.handler", {
      WEBHOOK_SIGNING_KEY_ARN: arn,
      ...extension.environment,
    });
    await assert.rejects(api.invoke({ body }), /webhook-signing-key could not be read/);
    await extension.stop();
  });

  describe("charge.py", () => {
    const tokens = [canary(), canary(), canary()];
    const session = (token = "") => JSON.stringify({ session_id: `session-${token}`, token });
    const charge = (reference: string, amount = 10) => ({ amount, reference });
    let good = tokens[0];
    let elsewhere: string | undefined;
    let asked: IncomingHttpHeaders[];
    let network: Server;
    let api: PythonFunction;
    let arn: string;

    beforeEach(async () => {
      [good, elsewhere, asked] = [tokens[0], undefined, []];
      network = createServer((request, response) => {
        asked.push(request.headers);
        if (elsewhere !== undefined) return void response.writeHead(307, { location: elsewhere }).end();
        response.writeHead(request.headers.authorization === `Bearer ${good}` ? 201 : 401).end();
      });
      await once(network.listen(0, "127.0.0.1"), "listening");
      arn = await emulator.createSecret("payments/prod/provider-session", session(tokens[0]));
      const url = `http://127.0.0.1:${(network.address() as AddressInfo).port}`;
      api = await start("charge.handler", {
        PROVIDER_SESSION_ARN: arn,
        CARD_NETWORK_URL_ARN: await emulator.putParameter("/payments/prod/card-network-url", url),
        CHARGE_LIMIT_ARN: await emulator.putParameter("/payments/prod/charge-limit", "5000"),
      });
    });
    afterEach(async () => {
      network.closeAllConnections();
      await once(network.close(), "close");
    });

    it("charges with the newest session when the one that is kept is refused, through rotations", async () => {
      assert.deepEqual(await api.invoke(charge("r1")), { accepted: true });
      for (const token of tokens.slice(1)) {
        await emulator.rotate(arn, session(token));
        good = token;
        const from = asked.length;
        assert.deepEqual(await api.invoke(charge("r2")), { accepted: true });
        assert.equal(asked.length - from, 2, "refused once, with the session of before");
        assert.deepEqual(await api.invoke(charge("r3")), { accepted: true });
        assert.equal(asked.length - from, 3, "the new session is kept");
        assert.equal(asked.at(-1)?.["x-session-id"], `session-${token}`, "fields of one version");
      }
      assertKeepsToItself(api.output(), tokens);
    });

    it("fails where the newest session is refused as well, and shows no value", async () => {
      good = "none";
      await assert.rejects(api.invoke(charge("r1")), /the card network answered 401/);
      assert.equal(asked.length, 2);
      assertKeepsToItself(api.output(), tokens);
    });

    it("shows no value where the secret is not what it should be", async () => {
      for (const value of [tokens[1], JSON.stringify({ token: tokens[1] }), `{"token":"${tokens[1]}`]) {
        await emulator.rotate(arn, value ?? "");
        good = "none";
        await assert.rejects(api.invoke(charge("r1")));
      }
      assertKeepsToItself(api.output(), tokens);
    });

    it("takes its session to no other host", async () => {
      const stranger = createServer((request, response) => {
        asked.push(request.headers);
        response.end();
      });
      await once(stranger.listen(0, "127.0.0.1"), "listening");
      elsewhere = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/charges`;
      await assert.rejects(api.invoke(charge("r1")), /the card network answered 307/);
      assert.equal(asked.length, 1);
      await once(stranger.close(), "close");
    });

    it("sends nothing over the limit", async () => {
      assert.deepEqual(await api.invoke(charge("r1", 5000.01)), {
        accepted: false,
        reason: "the amount must be above 0 and at most 5000",
      });
      assert.equal(asked.length, 0);
    });
  });
});
