import assert from "node:assert/strict";
import { inCloud } from "../support/moto/inCloud";
import { failing } from "../support/moto/doubles";
import { type Cloud, keyArn, makeSecret, metadata, plugin, startCloud, urn } from "./support/cloud";

describe("throttling", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  inCloud(startCloud, (started) => (cloud = started));

  const parameter = {
    name: "/orders/prod/partner-token",
    description: "",
    keyId: keyArn,
    expires: { never: true, remindDays: 90 },
    tags: {},
  };
  const count = (action: string) => cloud.proxy.calls.filter((call) => call.action === action).length;

  it("of Parameter Store is waited out", async () => {
    cloud.proxy.use(failing("PutParameter", "ThrottlingException", { times: 2, message: "Rate exceeded" }));
    const { parameter: handler } = plugin(cloud.configuration);
    const made = await handler.create(urn("ExpiringParameter", "p"), parameter, false);
    assert.equal(made.id, parameter.name);
    assert.equal(count("PutParameter"), 3);
  });

  it("of Secrets Manager is waited out at every call", async () => {
    const secretId = await makeSecret(cloud, "orders/prod/key");
    for (const action of ["DescribeSecret", "PutSecretValue", "UpdateSecretVersionStage"])
      cloud.proxy.use(failing(action, "ThrottlingException", { times: 2, message: "Rate exceeded" }));
    const { secretValue } = plugin(cloud.configuration);
    await secretValue.create(
      urn("SecretValue", "s"),
      { secretId, shape: { form: "string" }, length: 32 },
      false,
    );
    assert.equal(count("PutSecretValue"), 3);
    assert.deepEqual(Object.values((await metadata(cloud, secretId)).stages), [["AWSCURRENT"]]);
  });

  it("that does not end is told as such", async () => {
    cloud.proxy.use(
      failing("PutParameter", "ThrottlingException", { times: Infinity, message: "Rate exceeded" }),
    );
    const { parameter: handler } = plugin(cloud.configuration, { attempts: 2 });
    await assert.rejects(
      handler.create(urn("ExpiringParameter", "p"), parameter, false),
      /ssm:PutParameter on .* failed \(ThrottlingException: Rate exceeded, tried 2 times in \d+ s\); AWS kept throttling: repeat the command/,
    );
    assert.equal(count("PutParameter"), 2);
  });
});
