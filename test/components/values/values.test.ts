import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ExpiringParameter } from "../../../components/values/expiringParameter";
import { restoreSecrets } from "../../../components/values/restoreSecrets";
import { SecretValue } from "../../../components/values/secretValue";
import { stackValuesProvider } from "../../../components/values/valuesProvider";

const secretId = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/key-AbCdEf";

describe("resources of the values plugin", () => {
  let registered: { type: string; inputs: Record<string, unknown>; provider: string | undefined }[];
  let called: { token: string; inputs: Record<string, unknown> }[];
  let answer: Record<string, unknown>;
  beforeEach(async () => {
    registered = [];
    called = [];
    answer = {};
    await pulumi.runtime.setMocks({
      newResource: ({ type, inputs, id, provider }) => {
        registered.push({ type, inputs: inputs as Record<string, unknown>, provider });
        return { id: id ?? "an-id", state: inputs as Record<string, unknown> };
      },
      call: ({ token, inputs }) => {
        called.push({ token, inputs: inputs as Record<string, unknown> });
        return answer;
      },
    });
  });
  afterEach(() => pulumi.runtime.setAllConfig({}));

  const settled = () => pulumi.runtime.disconnect();

  it("reach AWS as the stack's own configuration says", async () => {
    const texts = { region: "eu-west-1", profile: "security" };
    const keys = { accessKey: "an access key", secretKey: "a secret key", token: "a session token" };
    const roleArn = "arn:aws:iam::111111111111:role/deployer";
    const objects = {
      allowedAccountIds: ["111111111111"],
      assumeRole: { roleArn },
      assumeRoles: [{ roleArn }],
      assumeRoleWithWebIdentity: { roleArn, webIdentityTokenFile: "token" },
      endpoints: [{ ssm: "http://localhost:1" }],
    };
    const written = Object.entries(objects).map(([name, value]) => [name, JSON.stringify(value)]);
    const all = { ...texts, ...keys, ...(Object.fromEntries(written) as Record<string, string>) };
    const config = Object.entries({ ...all, skipMetadataApiCheck: "true" });
    pulumi.runtime.setAllConfig(Object.fromEntries(config.map(([name, value]) => [`aws:${name}`, value])));
    stackValuesProvider();
    await settled();
    assert.equal(registered[0]?.type, "pulumi:providers:secrets-platform");
    // Credentials go on as secrets, which no state holds in clear.
    const { specialSigKey, specialSecretSig } = pulumi.runtime;
    const secrets = Object.entries(keys).map(([name, value]) => [
      name,
      { [specialSigKey]: specialSecretSig, value },
    ]);
    assert.deepEqual(plain(registered[0]?.inputs), { ...texts, ...objects, ...Object.fromEntries(secrets) });
  });

  it("are told of no setting that the stack does not have", async () => {
    stackValuesProvider();
    await settled();
    assert.deepEqual(plain(registered[0]?.inputs), {});
  });

  it("refuse what they could not follow", () => {
    for (const names of [
      ["sharedConfigFiles"],
      ["sharedCredentialsFiles"],
      ["sharedConfigFiles", "sharedCredentialsFiles"],
    ]) {
      pulumi.runtime.setAllConfig(Object.fromEntries(names.map((name) => [`aws:${name}`, '["x"]'])));
      const said = names.map((name) => `aws:${name}`).join(" and ");
      assert.throws(
        () => stackValuesProvider(),
        new RegExp(`^Error: ${said} cannot be followed.*AWS_CONFIG_FILE`),
      );
    }
  });

  it("are registered by their tokens, with the provider of their parent", async () => {
    const values = stackValuesProvider();
    const parent = new pulumi.ComponentResource(
      "platform:test:Parent",
      "parent",
      {},
      { providers: [values] },
    );
    new SecretValue("key", { secretId, shape: { form: "string" } }, { parent });
    const expires = { never: true, reason: "the partner never changes it", remindDays: 90 };
    const args = {
      name: "/orders/prod/token",
      description: "Token",
      keyId: "key",
      expires: expires as never,
    };
    new ExpiringParameter("token", args, { parent });
    await settled();

    const resources = registered.filter(({ type }) => type.startsWith("secrets-platform:"));
    assert.deepEqual(
      resources.map(({ type, inputs }) => [type, plain(inputs)]),
      [
        ["secrets-platform:index:SecretValue", { secretId, shape: { form: "string" } }],
        ["secrets-platform:index:ExpiringParameter", { ...args, expires: { never: true, remindDays: 90 } }],
      ],
    );
    for (const { provider } of resources)
      assert.match(provider ?? "", /pulumi:providers:secrets-platform::values/);
  });

  it("restore secrets, and take no answer for none", async () => {
    const keyArns = { a: [`arn:aws:kms:eu-west-1:111111111111:key/1`] };
    assert.deepEqual(await restoreSecrets({ names: ["a"], keyArns, dryRun: true }), {
      pending: [],
      restored: [],
    });
    const secret = { name: "a", arn: secretId, deletionDate: "2030-01-01T00:00:00.000Z" };
    const given = { pending: [secret], restored: [{ name: "a", arn: secretId }] };
    const refused = [{ ...secret, reasons: ["it lacks the tag"] }];
    for (const each of [given, { ...given, refused }]) {
      answer = each;
      assert.deepEqual(await restoreSecrets({ names: ["a"], keyArns, dryRun: false }), each);
    }
    assert.deepEqual(
      called,
      [true, false, false].map((dryRun) => ({
        token: "secrets-platform:index:restoreSecrets",
        inputs: { names: ["a"], keyArns, dryRun },
      })),
    );
  });
});

/** Mocks show inputs that were not given as undefined. */
function plain(inputs: Record<string, unknown> | undefined): unknown {
  return JSON.parse(JSON.stringify(inputs ?? {}));
}
