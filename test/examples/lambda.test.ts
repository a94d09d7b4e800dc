import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

const folder = join(__dirname, "../../examples/lambda");
const keyArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/webhook-signing-key-AbCdEf";
const levelArn = "arn:aws:ssm:eu-west-1:333333333333:parameter/orders/prod/log-level";

interface Values {
  get(item: string, options?: { anew?: boolean }): Promise<string>;
  previous(item: string): Promise<string>;
}
interface ValuesModule {
  Values: new (sources: object) => Values;
}
type Handler = (request: object) => Promise<{ signature?: string; valid?: boolean }>;

/** What AWS holds, and what was asked of it. */
class Account {
  readonly asked: string[] = [];
  failure: Error | undefined;
  secret: Record<string, string | undefined> = { AWSCURRENT: "key-2", AWSPREVIOUS: "key-1" };

  readonly send = (command: unknown): Promise<object> => {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (command instanceof GetSecretValueCommand) {
      const { SecretId, VersionStage = "AWSCURRENT" } = command.input;
      this.asked.push(`${SecretId} ${VersionStage}`);
      return Promise.resolve({ SecretString: this.secret[VersionStage] });
    }
    assert(command instanceof GetParameterCommand);
    this.asked.push(`${command.input.Name} ${command.input.WithDecryption}`);
    return Promise.resolve({ Parameter: { Value: "info" } });
  };
}

async function load<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(join(folder, file)).href)) as Module;
}

describe("examples/lambda", () => {
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
      assert.equal(await values.get("webhook-signing-key", { anew: true }), "key-3");
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

  describe("handler", () => {
    const account = new Account();
    const clients = [SecretsManagerClient.prototype, SSMClient.prototype];
    beforeEach(() => clients.forEach((client) => Object.assign(client, { send: account.send })));
    // What is taken away is the test's own: the clients inherit theirs.
    afterEach(() => clients.forEach((client) => Reflect.deleteProperty(client, "send")));

    it("signs with the present key and accepts what was signed before a rotation", async () => {
      const { handler } = await load<{ handler: Handler }>("index.mjs");
      const body = '{"order": 1}';
      const signed = (key: string) => createHmac("sha256", key).update(body).digest("hex");
      const valid = async (signature: string) =>
        (await handler({ operation: "verify", body, signature })).valid;
      assert.deepEqual(await handler({ operation: "sign", body }), { signature: signed("key-2") });
      assert.equal(await valid(signed("key-2")), true);
      assert.equal(await valid(signed("key-1")), true, "signed before the last rotation");
      assert.equal(await valid(signed("key-0")), false, "signed before the rotation before that");
      assert.equal(await valid("short"), false);
      account.secret = { AWSCURRENT: "key-3", AWSPREVIOUS: "key-2" };
      assert.equal(await valid(signed("key-3")), true, "signed since this function read the key");
    });
  });
});
