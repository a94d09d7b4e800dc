import assert from "node:assert/strict";
import { DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import { unsetTag } from "../../model/values/tags";
import { type FakeClock, fakeClock } from "../support/fakeClock";
import { inCloud } from "../support/moto/inCloud";
import type { AwsAnswer } from "../support/moto/awsProxy";
import { crashing, failing } from "../support/moto/doubles";
import {
  type Cloud,
  keyArn,
  makeSecret,
  metadata,
  ours,
  plugin,
  startCloud,
  type TestedPlugin,
  urn,
} from "./support/cloud";
import { name, parameterUrn, stored, wanted } from "./support/parameter";

const secretUrn = urn("SecretValue", "s");
const database = {
  form: "database",
  engine: "postgres",
  database: { host: "db.prod.internal", port: 5432, name: "orders", username: "orders" },
};

/** An answer that passes: action, error, message. */
type Answer = readonly [action: string, code: string, message?: string];

const noKey = "Key 'arn:aws:kms:eu-west-1:111111111111:key/1' does not exist (Service: AWSKMS)";
const noKms = "Access to KMS is not allowed";
const deleted = "You can't perform this operation on the secret because it was marked for deletion.";

describe("what passes by itself", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  let clock: FakeClock;
  inCloud(startCloud, (started) => (cloud = started));
  beforeEach(() => {
    clock = fakeClock();
  });

  const tested = () => plugin(cloud.configuration, { clock });
  const count = (action: string) => cloud.proxy.calls.filter((call) => call.action === action).length;
  const arrange = async (run: () => Promise<unknown>) => {
    await run();
    cloud.proxy.forget();
  };

  /** What the plugin does, from what is there before; ends in what shows that it was done. */
  interface Doing {
    readonly what: string;
    readonly answers: readonly Answer[];
    readonly prepare?: () => Promise<unknown>;
    readonly act: (run: TestedPlugin) => Promise<unknown>;
  }

  let secretId: string;
  const makeParameter = () => plugin(cloud.configuration).parameter.create(parameterUrn, wanted, false);
  const known = { urn: parameterUrn, id: name, inputs: wanted, state: {} };
  const doings: readonly Doing[] = [
    {
      what: "a first value",
      answers: [
        ["DescribeSecret", "ResourceNotFoundException"],
        ["TagResource", "ResourceNotFoundException"],
        ["PutSecretValue", "ResourceNotFoundException"],
        ["PutSecretValue", "EncryptionFailure"],
        ["PutSecretValue", "AccessDeniedException", noKms],
        ["PutSecretValue", "InternalServiceError"],
        ["UpdateSecretVersionStage", "ResourceNotFoundException"],
      ],
      prepare: async () => (secretId = await makeSecret(cloud, "orders/prod/database")),
      act: ({ secretValue }) =>
        secretValue.create(secretUrn, { secretId, shape: database, length: 32 }, false),
    },
    {
      what: "a new parameter",
      answers: [
        ["PutParameter", "TooManyUpdates"],
        ["PutParameter", "InvalidKeyId", noKey],
        ["PutParameter", "AccessDeniedException", noKms],
        ["PutParameter", "InternalServerError"],
      ],
      act: ({ parameter }) => parameter.create(parameterUrn, wanted, false),
    },
    {
      what: "a parameter that a run before made",
      answers: [
        ["PutParameter", "TooManyUpdates"],
        ["DescribeParameters", "InternalServerError"],
        ["ListTagsForResource", "InvalidResourceId"],
        ["AddTagsToResource", "InvalidResourceId"],
        ["AddTagsToResource", "TooManyUpdates"],
      ],
      prepare: async () => {
        cloud.proxy.use(crashing("after", "PutParameter"));
        await plugin(cloud.configuration, { attempts: 1 })
          .parameter.create(parameterUrn, wanted, false)
          .catch(() => undefined);
      },
      act: ({ parameter }) =>
        parameter.create(parameterUrn, { ...wanted, tags: { owner: "another@example.com" } }, false),
    },
    {
      what: "a parameter's tags",
      answers: [
        ["DescribeParameters", "InternalServerError"],
        ["ListTagsForResource", "InvalidResourceId"],
        ["AddTagsToResource", "TooManyUpdates"],
        ["AddTagsToResource", "InvalidResourceId"],
        ["RemoveTagsFromResource", "TooManyUpdates"],
      ],
      prepare: makeParameter,
      act: ({ parameter }) => parameter.update(known, { ...wanted, tags: { team: "orders" } }, false),
    },
    {
      what: "a refresh of a parameter",
      answers: [
        ["DescribeParameters", "InternalServerError"],
        ["ListTagsForResource", "InvalidResourceId"],
      ],
      prepare: makeParameter,
      act: async ({ parameter }) => assert.equal((await parameter.read(known))?.id, name),
    },
    {
      what: "a parameter's deletion",
      answers: [["DeleteParameter", "InternalServerError"]],
      prepare: makeParameter,
      act: async ({ parameter }) => {
        await parameter.delete(known);
        await assert.rejects(stored(cloud), { name: "ParameterNotFound" });
      },
    },
    {
      what: "a refresh of a secret",
      answers: [["DescribeSecret", "InternalServiceError"]],
      prepare: async () => (secretId = await makeSecret(cloud, "orders/prod/key", "live")),
      act: async ({ secretValue }) => {
        const found = await secretValue.read({ urn: secretUrn, id: secretId, state: {}, inputs: {} });
        assert.equal(found?.id, secretId);
      },
    },
    {
      what: "secrets that are restored",
      answers: [
        ["ListSecrets", "InternalServiceError"],
        ["RestoreSecret", "ResourceNotFoundException"],
        ["DescribeSecret", "InternalServiceError"],
        ["PutResourcePolicy", "InvalidRequestException", deleted],
        ["PutResourcePolicy", "ResourceNotFoundException"],
        ["TagResource", "InvalidRequestException", deleted],
      ],
      prepare: async () => {
        secretId = await makeSecret(cloud, "orders/prod/key", "kept", ours);
        await cloud.secrets.send(new DeleteSecretCommand({ SecretId: secretId, RecoveryWindowInDays: 7 }));
      },
      act: async ({ restoreSecrets }) => {
        const names = ["orders/prod/key"];
        const keyArns = { "orders/prod/key": [keyArn] };
        const outcome = await restoreSecrets({ names, keyArns, dryRun: false }, false);
        assert.ok("result" in outcome);
        assert.deepEqual(outcome.result.restored, [{ name: "orders/prod/key", arn: secretId }]);
      },
    },
  ];

  for (const { what, answers, prepare = () => Promise.resolve(), act } of doings) {
    for (const [action, code, message = ""] of answers) {
      it(`${what}: ${code} of ${action} three times, ${message || "without words"}`, async () => {
        await arrange(prepare);
        cloud.proxy.use(failing(action, code, { times: 3, message }));
        await act(tested());
        assert.equal(clock.pauses.length, 3);
        assert.ok(count(action) >= 4);
      });
    }
  }

  it("is waited for as a list that lags behind a creation", async () => {
    await arrange(makeParameter);
    let left = 3;
    cloud.proxy.use({
      name: "a list that lags",
      before: ({ action }) =>
        action === "DescribeParameters" && left-- > 0
          ? { status: 200, body: JSON.stringify({ Parameters: [] }) }
          : undefined,
    });
    const made = await tested().parameter.create(parameterUrn, wanted, false);
    assert.equal(made.id, name);
    assert.equal(clock.pauses.length, 3);
  });

  /** A description as it was before any version was put. */
  const withoutVersions = (answer: AwsAnswer): AwsAnswer => ({
    ...answer,
    body: JSON.stringify({ ...(JSON.parse(answer.body) as object), VersionIdsToStages: {} }),
  });

  it("is waited for as a description that lags behind a first value", async () => {
    secretId = await makeSecret(cloud, "orders/prod/database");
    cloud.proxy.forget();
    let left = 0;
    cloud.proxy.use({
      name: "a description from before the value",
      after: ({ action }, answer) => {
        if (action === "PutSecretValue") left = 3;
        return action === "DescribeSecret" && left-- > 0 ? withoutVersions(answer) : answer;
      },
    });
    await tested().secretValue.create(secretUrn, { secretId, shape: database, length: 32 }, false);
    assert.equal(clock.pauses.length, 3);
    const { stages, tags } = await metadata(cloud, secretId);
    assert.deepEqual(Object.values(stages), [["AWSCURRENT"]]);
    assert.equal(tags[unsetTag], "true");
    assert.equal(count("UpdateSecretVersionStage"), 1);
  });

  it("never makes an unset value look supplied, however long a description lags", async () => {
    secretId = await makeSecret(cloud, "orders/prod/database");
    cloud.proxy.use({
      name: "a description that never shows a version",
      after: ({ action }, answer) => (action === "DescribeSecret" ? withoutVersions(answer) : answer),
    });
    await tested()
      .secretValue.create(secretUrn, { secretId, shape: database, length: 32 }, false)
      .catch(() => undefined);
    assert.equal((await metadata(cloud, secretId)).tags[unsetTag], "true");
  });

  it("is waited for as a description that still says that a restored secret is to be deleted", async () => {
    secretId = await makeSecret(cloud, "orders/prod/key", "kept", ours);
    await cloud.secrets.send(new DeleteSecretCommand({ SecretId: secretId, RecoveryWindowInDays: 7 }));
    cloud.proxy.forget();
    let left = 0;
    cloud.proxy.use({
      name: "a description from before it was restored",
      after: ({ action }, answer) => {
        if (action === "RestoreSecret") left = 3;
        if (action !== "DescribeSecret" || left-- <= 0) return answer;
        const body = { ...(JSON.parse(answer.body) as object), DeletedDate: 1 };
        return { ...answer, body: JSON.stringify(body) };
      },
    });
    const keyArns = { "orders/prod/key": [keyArn] };
    await tested().restoreSecrets({ names: ["orders/prod/key"], keyArns, dryRun: false }, false);
    assert.equal(clock.pauses.length, 3);
    assert.equal(count("DescribeSecret"), 5);
  });

  const staying: [
    what: string,
    answer: Answer,
    act: (run: TestedPlugin) => Promise<unknown>,
    said: RegExp,
  ][] = [
    [
      "an update that is always under way",
      ["PutParameter", "TooManyUpdates"],
      ({ parameter }) => parameter.create(parameterUrn, wanted, false),
      /failed \(TooManyUpdates, tried (\d+) times in (\d+) s\); another update of it is under way/,
    ],
    [
      "a key that is not there",
      ["PutParameter", "InvalidKeyId", noKey],
      ({ parameter }) => parameter.create(parameterUrn, wanted, false),
      /failed \(InvalidKeyId: .*, tried (\d+) times in (\d+) s\); check that the key exists/,
    ],
    [
      "a secret that is not there",
      ["DescribeSecret", "ResourceNotFoundException"],
      ({ secretValue }) =>
        secretValue.create(secretUrn, { secretId: "arn", shape: { form: "string" }, length: 32 }, false),
      /there is no secret arn in account 111111111111 \(tried (\d+) times in (\d+) s\); run `pulumi up --refresh --policy-pack policies`/,
    ],
    [
      "a secret that takes no value",
      ["PutSecretValue", "ResourceNotFoundException"],
      async ({ secretValue }) => {
        secretId = await makeSecret(cloud, "orders/prod/key");
        await secretValue.create(secretUrn, { secretId, shape: { form: "string" }, length: 32 }, false);
      },
      /PutSecretValue on .* failed \(ResourceNotFoundException, tried (\d+) times in (\d+) s\); it was there a moment ago/,
    ],
  ];
  for (const [what, [action, code, message = ""], act, said] of staying) {
    it(`ends in bounded time for ${what}, and says what was done`, async () => {
      cloud.proxy.use(failing(action, code, { times: Infinity, message }));
      const started = clock.now();
      const failure = await act(tested()).then(
        () => assert.fail("it cannot succeed"),
        (error: Error) => error.message,
      );
      const [, tries, seconds] = said.exec(failure) ?? assert.fail(failure);
      assert.equal(Number(tries), count(action));
      assert.ok(Number(tries) > 5);
      assert.equal(Number(seconds), Math.ceil((clock.now() - started) / 1000));
      assert.ok(Number(seconds) <= 15);
    });
  }

  const atOnce: [what: string, answer: Answer, act: (run: TestedPlugin) => Promise<unknown>][] = [
    [
      "a secret that a refresh looks for",
      ["DescribeSecret", "ResourceNotFoundException"],
      async ({ secretValue }) =>
        assert.equal(await secretValue.read({ urn: secretUrn, id: "a", state: {}, inputs: {} }), undefined),
    ],
    [
      "a parameter that is to go",
      ["DeleteParameter", "ParameterNotFound"],
      ({ parameter }) => parameter.delete(known),
    ],
    [
      "a caller who may not",
      ["PutParameter", "AccessDeniedException", "no identity-based policy allows the action"],
      ({ parameter }) => assert.rejects(parameter.create(parameterUrn, wanted, false), /AccessDenied/),
    ],
    [
      "a key that is being deleted",
      ["PutParameter", "InvalidKeyId", "arn is pending deletion. (Error Code: KMSInvalidStateException)"],
      ({ parameter }) => assert.rejects(parameter.create(parameterUrn, wanted, false), /pending deletion/),
    ],
  ];
  for (const [what, [action, code, message = ""], act] of atOnce) {
    it(`is not ${what}: told after one request`, async () => {
      cloud.proxy.use(failing(action, code, { times: Infinity, message }));
      await act(tested());
      assert.equal(count(action), 1);
      assert.deepEqual(clock.pauses, []);
    });
  }
});
