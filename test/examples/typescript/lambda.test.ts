import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { pathToFileURL } from "node:url";
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type AwsProxy, startAwsProxy } from "../../support/moto/awsProxy";
import { inCloud } from "../../support/moto/inCloud";
import { type Moto, startMoto } from "../../support/moto/startMoto";
import { type ParametersExtension, startParametersExtension } from "../support/parametersExtension";
import { examples } from "../support/program";

const account = "111111111111";
const region = "eu-west-1";
const built = join(examples, "lambda/dist");
const bodySigned = (key: string) => createHmac("sha256", key).update("{}").digest("hex");

type Handler = (request: object) => Promise<object>;

describe("examples/typescript/lambda", function () {
  this.timeout(240_000);
  let moto: Moto;
  let proxy: AwsProxy;
  let secrets: SecretsManagerClient;
  let parameters: SSMClient;
  let environment: NodeJS.ProcessEnv;
  inCloud(startMoto, (started) => (moto = started));

  beforeEach(async () => {
    proxy = await startAwsProxy(moto.endpoint);
    const credentials = await moto.credentials(account, "orders-prod-api");
    const client = { endpoint: moto.endpoint, region, credentials };
    secrets = new SecretsManagerClient(client);
    parameters = new SSMClient(client);
    environment = { ...process.env };
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: proxy.endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    });
    mock.timers.enable({ apis: ["Date"], now: Date.now() });
  });
  afterEach(async () => {
    mock.timers.reset();
    process.env = environment;
    await proxy.stop();
  });

  /** A new execution environment. */
  let count = 0;
  async function load(name: string): Promise<Handler> {
    const url = `${pathToFileURL(join(built, `${name}.mjs`)).href}?${count++}`;
    return ((await import(url)) as { handler: Handler }).handler;
  }

  async function createSecret(item: string, SecretString: string): Promise<string> {
    const { ARN = "" } = await secrets.send(
      new CreateSecretCommand({ Name: `orders/prod/${item}`, SecretString }),
    );
    process.env[`${item.replaceAll("-", "_").toUpperCase()}_ARN`] = ARN;
    return ARN;
  }

  async function createParameter(item: string, Value: string): Promise<void> {
    const Name = `/orders/prod/${item}`;
    await parameters.send(new PutParameterCommand({ Name, Value, Type: "String" }));
    process.env[`${item.replaceAll("-", "_").toUpperCase()}_ARN`] =
      `arn:aws:ssm:${region}:${account}:parameter${Name}`;
  }

  async function rotate(SecretId: string, SecretString: string): Promise<void> {
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
  }

  it("is built of its sources", () => {
    const { scripts } = JSON.parse(readFileSync(join(examples, "package.json"), "utf8")) as {
      scripts: { build: string };
    };
    const folder = mkdtempSync(join(tmpdir(), "built-"));
    try {
      const [command = "", ...words] = scripts.build.split(" ");
      const arguments_ = words.map((word) => word.replace("--outdir=lambda/dist", `--outdir=${folder}`));
      const esbuild = join(__dirname, "../../../node_modules/.bin", command);
      const { status, stderr } = spawnSync(esbuild, arguments_, { cwd: examples, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      assert.deepEqual(readdirSync(built), readdirSync(folder));
      for (const file of readdirSync(folder))
        assert.equal(
          readFileSync(join(built, file), "utf8"),
          readFileSync(join(folder, file), "utf8"),
          `${file} is of other sources; run \`npm run build\` in examples/typescript`,
        );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  describe("index.ts, with Powertools", () => {
    let arn: string;
    let handler: Handler;
    beforeEach(async () => {
      arn = await createSecret("webhook-signing-key", "key-1");
      await createParameter("log-level", "info");
      handler = await load("index");
    });

    const sign = () => handler({ operation: "sign", body: "{}" });
    const isValid = async (signature: string) => {
      const { valid } = (await handler({ operation: "verify", body: "{}", signature })) as { valid: boolean };
      return valid;
    };
    const secretsRead = () => proxy.calls.filter(({ action }) => action === "GetSecretValue").length;

    it("keeps what it read for five minutes, and no longer", async () => {
      for (let times = 0; times < 3; times++)
        assert.deepEqual(await sign(), { signature: bodySigned("key-1") });
      assert.equal(secretsRead(), 1);
      await rotate(arn, "key-2");
      mock.timers.tick(299_000);
      assert.deepEqual(await sign(), { signature: bodySigned("key-1") });
      mock.timers.tick(2_000);
      assert.deepEqual(await sign(), { signature: bodySigned("key-2") });
    });

    it("checks what was signed before a rotation, and since, whatever it has kept", async () => {
      assert.equal(await isValid(bodySigned("key-1")), true, "before the first rotation");
      for (let key = 2; key <= 5; key++) {
        await rotate(arn, `key-${key}`);
        mock.timers.tick(10_000);
        assert.equal(await isValid(bodySigned(`key-${key}`)), true, "signed since the key was read");
        assert.equal(await isValid(bodySigned(`key-${key - 1}`)), true, "signed before the last rotation");
        assert.equal(await isValid(bodySigned(`key-${key}`)), true, "both are kept");
        mock.timers.tick(10_000);
        assert.equal(await isValid(bodySigned(`key-${key - 2}`)), false, "signed before the one before");
      }
    });

    it("does not read each time that a signature is made up", async () => {
      for (const rotated of [false, true]) {
        if (rotated) await rotate(arn, "key-2");
        handler = await load("index");
        proxy.forget();
        for (let times = 0; times < 20; times++) assert.equal(await isValid("made-up"), false);
        assert.equal(secretsRead(), 4, "the two that are kept, and both once more");
      }
    });

    it("fails where it may not read, and does not keep that", async () => {
      proxy.use({
        name: "a role without the grant",
        before: ({ action }) =>
          action === "GetSecretValue"
            ? { status: 400, body: JSON.stringify({ __type: "AccessDeniedException", message: "no" }) }
            : undefined,
      });
      await assert.rejects(sign());
      proxy.forget();
      assert.deepEqual(await sign(), { signature: bodySigned("key-1") });
    });

    it("says what to do where the manifest does not name the item", async () => {
      delete process.env["WEBHOOK_SIGNING_KEY_ARN"];
      await assert.rejects(sign(), /WEBHOOK_SIGNING_KEY_ARN is not set; add webhook-signing-key to/);
    });
  });

  describe("charge.ts, with AWS's extension", () => {
    let extension: ParametersExtension;
    let tokens: (string | undefined)[];
    let present: string;
    const network = createServer((request, response) => {
      tokens.push(request.headers.authorization);
      response.writeHead(request.headers.authorization === `Bearer ${present}` ? 201 : 401).end();
    });
    before(async () => void (await once(network.listen(0, "127.0.0.1"), "listening")));
    after(() => {
      network.close();
      network.closeAllConnections();
    });

    beforeEach(async () => {
      tokens = [];
      const credentials = await moto.credentials(account, "payments-prod-charge");
      const token = process.env["AWS_SESSION_TOKEN"] ?? "";
      extension = await startParametersExtension({ endpoint: moto.endpoint, credentials, token });
      process.env["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"] = extension.port;
      const { port } = network.address() as AddressInfo;
      await createParameter("card-network-url", `http://127.0.0.1:${port}`);
      await createParameter("charge-limit", "5000");
    });
    afterEach(() => extension.close());

    const session = (token: string) => JSON.stringify({ session_id: "s", token });

    it("goes on with the present session when the one that the extension keeps is refused", async () => {
      const arn = await createSecret("provider-session", session("session-1"));
      const handler = await load("charge");
      const charge = { amount: 10, reference: "r" };
      present = "session-1";
      assert.deepEqual(await handler(charge), { accepted: true });
      for (const rotation of [2, 3, 4]) {
        present = `session-${rotation}`;
        await rotate(arn, session(present));
        tokens.length = 0;
        for (let times = 0; times < 3; times++) assert.deepEqual(await handler(charge), { accepted: true });
        const [last, now] = [`Bearer session-${rotation - 1}`, `Bearer session-${rotation}`];
        assert.deepEqual(tokens, [last, now, now, now], "it is refused once, and then knows better");
      }
      assert.equal(
        proxy.calls.filter(({ action }) => action === "GetSecretValue").length,
        3,
        "past the extension only where a session was refused",
      );
      mock.timers.tick(301_000);
      assert.deepEqual(await handler(charge), { accepted: true });
    });

    it("sends nothing over the limit, and says when the network refuses the present session too", async () => {
      await createSecret("provider-session", session("session-1"));
      present = "another";
      const handler = await load("charge");
      assert.deepEqual(await handler({ amount: 5000.01, reference: "r" }), {
        accepted: false,
        reason: "the amount must be above 0 and at most 5000",
      });
      assert.deepEqual(tokens, []);
      await assert.rejects(handler({ amount: 10, reference: "r" }), /answered 401/);
    });

    it("shows nothing of a secret that has another form", async () => {
      await createSecret("provider-session", "canary-not-to-be-seen");
      const handler = await load("charge");
      await assert.rejects(handler({ amount: 10, reference: "r" }), {
        message: "the secret is no JSON object",
      });
    });

    it("fails where the extension does", async () => {
      process.env["PROVIDER_SESSION_ARN"] =
        "arn:aws:secretsmanager:eu-west-1:111111111111:secret:none-AbCdEf";
      const handler = await load("charge");
      await assert.rejects(
        handler({ amount: 10, reference: "r" }),
        /the extension answered 400 for arn:aws:/,
      );
    });
  });
});
