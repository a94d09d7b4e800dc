import assert from "node:assert/strict";
import { DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import { DiffResponse } from "@pulumi/pulumi/proto/provider_pb";
import { inCloud } from "../support/moto/inCloud";
import { failing } from "../support/moto/doubles";
import { type Cloud, keyArn, makeSecret, ours, readValue, startCloud, urn } from "./support/cloud";
import { plain, type PluginProcess, startPluginProcess } from "./support/pluginProcess";

const warning = 2;
const secretUrn = urn("SecretValue", "orders-prod-key");
const parameterUrn = urn("ExpiringParameter", "orders-prod-partner-token");
const parameter = {
  name: "/orders/prod/partner-token",
  description: "Token the shipping partner gave us",
  keyId: keyArn,
  expires: { never: false, afterDays: 90, warnDays: 14 },
  tags: { owner: "orders-team@example.com" },
};

describe("the plugin, run and spoken to as the engine does", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  let plugin: PluginProcess;
  inCloud(startCloud, (started) => (cloud = started));
  beforeEach(async () => {
    plugin = await startPluginProcess();
    await plugin.configure(cloud.configuration);
  });
  afterEach(() => plugin?.stop());

  it("leads a parameter through its life", async () => {
    const checked = await plugin.check(parameterUrn, parameter);
    assert.deepEqual(checked.getFailuresList(), []);
    const inputs = plain(checked.getInputs());

    const preview = await plugin.create(parameterUrn, inputs, true);
    assert.equal(preview.getId(), "");
    const created = await plugin.create(parameterUrn, inputs);
    const state = plain(created.getProperties());
    assert.equal(created.getId(), parameter.name);

    const place = { urn: parameterUrn, id: created.getId(), olds: state, oldInputs: inputs };
    const same = await plugin.diff({ ...place, news: inputs });
    assert.equal(same.getChanges(), DiffResponse.DiffChanges.DIFF_NONE);
    const news = { ...inputs, expires: { ...parameter.expires, warnDays: 30 } };
    const changed = await plugin.diff({ ...place, news });
    assert.equal(changed.getChanges(), DiffResponse.DiffChanges.DIFF_SOME);
    assert.deepEqual([...changed.getDetaileddiffMap().keys()], ["expires.warnDays"]);
    assert.deepEqual(changed.getReplacesList(), []);

    const updated = plain((await plugin.update({ ...place, news })).getProperties());
    assert.deepEqual(updated.pendingPolicies, ["expires"]);
    assert.deepEqual(
      plugin.logged.map(({ severity, urn: logged }) => [severity, logged]),
      [[warning, parameterUrn]],
    );

    const read = await plugin.read({ urn: parameterUrn, id: parameter.name, properties: state, inputs });
    assert.deepEqual(plain(read.getProperties()), state);
    await plugin.delete({ urn: parameterUrn, id: parameter.name, properties: state });
    const gone = await plugin.read({ urn: parameterUrn, id: parameter.name, properties: state, inputs });
    assert.equal(gone.getId(), "");
  });

  it("leads a first value through its life", async () => {
    const secretId = await makeSecret(cloud, "orders/prod/key");
    const inputs = plain(
      (await plugin.check(secretUrn, { secretId, shape: { form: "string" } })).getInputs(),
    );
    const created = await plugin.create(secretUrn, inputs);
    const state = plain(created.getProperties());
    const value = await readValue(cloud, secretId);

    const read = await plugin.read({ urn: secretUrn, id: secretId, properties: state, inputs });
    assert.deepEqual(plain(read.getProperties()), state);
    const news = { ...inputs, secretId: `${secretId}x` };
    const diff = await plugin.diff({ urn: secretUrn, id: secretId, olds: state, oldInputs: inputs, news });
    assert.deepEqual(diff.getReplacesList(), ["secretId"]);
    await plugin.delete({ urn: secretUrn, id: secretId, properties: state });
    assert.equal(await readValue(cloud, secretId), value);
  });

  it("restores secrets on `up`, and only tells of them in a preview", async () => {
    const token = "secrets-platform:index:restoreSecrets";
    const name = "orders/prod/key";
    const secretId = await makeSecret(cloud, name, "kept", ours);
    await cloud.secrets.send(new DeleteSecretCommand({ SecretId: secretId, RecoveryWindowInDays: 7 }));
    const args = { names: [name], keyArns: { [name]: [keyArn] }, dryRun: false };

    const preview = plain((await plugin.invoke(token, args, true)).getReturn());
    assert.deepEqual(preview.restored, []);
    assert.equal((preview.pending as { arn: string }[])[0]?.arn, secretId);
    const real = plain((await plugin.invoke(token, args)).getReturn());
    assert.equal((real.restored as { arn: string }[])[0]?.arn, secretId);
    assert.equal(await readValue(cloud, secretId), "kept");

    const theirs = await makeSecret(cloud, "orders/prod/theirs", "x");
    await cloud.secrets.send(new DeleteSecretCommand({ SecretId: theirs, RecoveryWindowInDays: 7 }));
    const { refused } = plain((await plugin.invoke(token, { names: ["orders/prod/theirs"] })).getReturn());
    assert.deepEqual(
      (refused as { arn: string; reasons: string[] }[]).map(({ arn, reasons }) => [arn, reasons.length]),
      [[theirs, 2]],
    );

    const wrong = await plugin.invoke(token, { names: "orders/prod/key" });
    assert.deepEqual(
      wrong.getFailuresList().map((failure) => failure.getProperty()),
      ["names"],
    );
  });

  it("tells of a failed call: the action, on what, as whom, what to do, and no stack", async () => {
    cloud.proxy.use(failing("PutParameter", "AccessDeniedException", { message: "no policy allows it." }));
    await assert.rejects(plugin.create(parameterUrn, parameter), (error: { details: string }) => {
      assert.equal(
        error.details,
        "role deployer (arn:aws:sts::111111111111:assumed-role/deployer/test) may not ssm:PutParameter on " +
          "/orders/prod/partner-token (AccessDeniedException: no policy allows it); allow this caller ssm:PutParameter " +
          "on it, and use of its key where the message names KMS",
      );
      return true;
    });
    assert.doesNotMatch(plugin.output(), /\n\s+at /);
  });

  it("touches nothing with the credentials of another account", async () => {
    await plugin.configure({ ...cloud.configuration, allowedAccountIds: ["333333333333"] });
    await assert.rejects(
      plugin.create(parameterUrn, parameter),
      /these credentials are of account 111111111111 .*may touch only 333333333333/,
    );
    assert.deepEqual(
      cloud.proxy.calls.filter(({ action }) => action !== ""),
      [],
    );
  });

  it("reports everything wrong with the provider's configuration at once", async () => {
    const checked = await plugin.checkConfig({ reigon: "eu-west-1", allowedAccountIds: ["1"] });
    assert.deepEqual(
      checked.getFailuresList().map((failure) => failure.getProperty()),
      ["reigon", "allowedAccountIds"],
    );
  });

  it("names its types for one it does not have", async () => {
    await assert.rejects(
      plugin.check(urn("Vault", "x"), {}),
      /no resource type secrets-platform:index:Vault; it has/,
    );
  });

  it("starts without checking types, which takes seconds", () => {
    assert.ok(!plugin.output().includes("types are checked"), plugin.output());
  });
});
