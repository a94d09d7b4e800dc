import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

const folder = join(__dirname, "../../../examples/typescript/lambda");
const keyArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/webhook-signing-key-AbCdEf";
const levelArn = "arn:aws:ssm:eu-west-1:333333333333:parameter/orders/prod/log-level";

interface Values {
  get(item: string, options?: { fresh?: boolean }): Promise<string>;
  previous(item: string): Promise<string>;
}
interface ValuesModule {
  Values: new (sources: object) => Values;
}
type Handler = (request: object) => Promise<object>;

/** What AWS holds, and what was asked of it. */
class Account {
  readonly asked: string[] = [];
  failure: Error | undefined;
  secret: Record<string, string | undefined> = { AWSCURRENT: "key-2", AWSPREVIOUS: "key-1" };
  readonly parameters: Record<string, string> = { [levelArn]: "info" };

  readonly send = (command: unknown): Promise<object> => {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (command instanceof GetSecretValueCommand) {
      const { SecretId, VersionStage = "AWSCURRENT" } = command.input;
      this.asked.push(`${SecretId} ${VersionStage}`);
      return Promise.resolve({ SecretString: this.secret[VersionStage] });
    }
    assert(command instanceof GetParameterCommand);
    this.asked.push(`${command.input.Name} ${command.input.WithDecryption}`);
    return Promise.resolve({ Parameter: { Value: this.parameters[command.input.Name ?? ""] } });
  };
}

async function load<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(join(folder, file)).href)) as Module;
}

describe("examples/typescript/lambda", () => {
  const environment = { ...process.env };
  beforeEach(() => {
    process.env["WEBHOOK_SIGNING_KEY_ARN"] = keyArn;
    process.env["LOG_LEVEL_ARN"] = levelArn;
    process.env["AWS_REGION"] = "eu-west-1";
  });
  afterEach(() => {
    process.env = { ...environment };
  });

  describe("Values", () => {
    let account: Account;
    let clock: number;
    let values: Values;
    beforeEach(async () => {
      account = new Account();
      clock = 0;
      const { Values: Constructor } = await load<ValuesModule>("values.mjs");
      values = new Constructor({ secrets: account, parameters: account, now: () => clock });
    });

    it("reads secrets and parameters by ARN", async () => {
      assert.equal(await values.get("webhook-signing-key"), "key-2");
      assert.equal(await values.get("log-level"), "info");
      assert.equal(await values.previous("webhook-signing-key"), "key-1");
      assert.deepEqual(account.asked, [`${keyArn} AWSCURRENT`, `${levelArn} true`, `${keyArn} AWSPREVIOUS`]);
    });

    it("keeps a value for five minutes, and no longer", async () => {
      await Promise.all([values.get("log-level"), values.get("log-level")]);
      clock = 5 * 60 * 1000 - 1;
      await values.get("log-level");
      assert.equal(account.asked.length, 1);
      clock += 1;
      await values.get("log-level");
      assert.equal(account.asked.length, 2);
    });

    it("sees a rotation at once when asked to", async () => {
      await values.get("webhook-signing-key");
      account.secret = { AWSCURRENT: "key-3", AWSPREVIOUS: "key-2" };
      assert.equal(await values.get("webhook-signing-key"), "key-2");
      assert.equal(await values.get("webhook-signing-key", { fresh: true }), "key-3");
      assert.equal(await values.get("webhook-signing-key"), "key-3");
    });

    it("does not keep a failure, and says what it was reading", async () => {
      account.failure = new Error("AccessDeniedException");
      await assert.rejects(values.get("log-level"), (error: Error) => {
        assert.equal(error.message, "log-level could not be read");
        assert.equal(error.cause, account.failure);
        return true;
      });
      account.failure = undefined;
      assert.equal(await values.get("log-level"), "info");
    });

    it("says what to do where the manifest does not name the item", () => {
      assert.throws(() => values.get("billing/token"), /BILLING_TOKEN_ARN is not set; add billing\/token to/);
    });
  });

  describe("handlers", () => {
    let account: Account;
    const clients = [SecretsManagerClient.prototype, SSMClient.prototype];
    beforeEach(() => {
      account = new Account();
      clients.forEach((client) => Object.assign(client, { send: account.send }));
    });
    // What is taken away is the test's own: the clients inherit theirs.
    afterEach(() => clients.forEach((client) => Reflect.deleteProperty(client, "send")));

    it("sign with the present key and accept what was signed before a rotation", async () => {
      const { handler } = await load<{ handler: Handler }>("index.mjs");
      const body = '{"order": 1}';
      const signed = (key: string) => createHmac("sha256", key).update(body).digest("hex");
      const verified = (signature: string) => handler({ operation: "verify", body, signature });
      assert.deepEqual(await handler({ operation: "sign", body }), { signature: signed("key-2") });
      assert.deepEqual(await verified(signed("key-2")), { valid: true });
      assert.deepEqual(await verified(signed("key-1")), { valid: true }, "signed before the last rotation");
      assert.deepEqual(await verified(signed("key-0")), { valid: false }, "signed before the one before");
      assert.deepEqual(await verified("short"), { valid: false });
      account.secret = { AWSCURRENT: "key-3", AWSPREVIOUS: "key-2" };
      assert.deepEqual(await verified(signed("key-3")), { valid: true }, "signed since the key was read");
    });

    it("charge with the newest session when the one that is kept is refused", async () => {
      const tokens: (string | undefined)[] = [];
      const network = createServer((request, response) => {
        tokens.push(request.headers.authorization);
        response.writeHead(request.headers.authorization === "Bearer new" ? 201 : 401).end();
      });
      await once(network.listen(0, "127.0.0.1"), "listening");
      const urlArn = levelArn.replace("log-level", "card-network-url");
      const limitArn = levelArn.replace("log-level", "charge-limit");
      process.env["PROVIDER_SESSION_ARN"] = keyArn;
      process.env["CARD_NETWORK_URL_ARN"] = urlArn;
      process.env["CHARGE_LIMIT_ARN"] = limitArn;
      account.parameters[urlArn] = `http://127.0.0.1:${(network.address() as AddressInfo).port}`;
      account.parameters[limitArn] = "5000";
      const session = (token: string) => ({ AWSCURRENT: JSON.stringify({ session_id: "s", token }) });
      try {
        const { handler } = await load<{ handler: Handler }>("charge.mjs");
        account.secret = session("old");
        await assert.rejects(handler({ amount: 10, reference: "r1" }), /answered 401/);
        account.secret = session("new");
        assert.deepEqual(await handler({ amount: 10, reference: "r2" }), { accepted: true });
        assert.deepEqual(tokens, ["Bearer old", "Bearer old", "Bearer old", "Bearer new"]);
        assert.deepEqual(await handler({ amount: 5000.01, reference: "r3" }), {
          accepted: false,
          reason: "the amount must be above 0 and at most 5000",
        });
        assert.equal(tokens.length, 4, "a charge over the limit must not be sent");
      } finally {
        network.close();
        network.closeAllConnections();
      }
    });
  });
});
