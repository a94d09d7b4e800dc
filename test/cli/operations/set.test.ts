import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { DeleteSecretCommand, UpdateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { DeleteParameterCommand } from "@aws-sdk/client-ssm";
import type { Plan } from "../../../model/plan/types";
import { formTag, unsetTag } from "../../../model/values/tags";
import { unsetParameterValue } from "../../../model/values/unset";
import { inCloud } from "../../support/moto/inCloud";
import { awsError, failing, losingTheAnswerOf } from "../../support/moto/doubles";
import { type Account, type Cloud, startCloud } from "./support/cloud";
import {
  fixtureServices,
  managedServices,
  mysqlServices,
  parameterNamed,
  planFrom,
  secretNamed,
} from "./support/plan";
import { type Environment, platform, type Ran } from "./support/platform";

const dayMs = 86_400_000;

describe("platform set, with values by standard input", function () {
  this.timeout(240_000);
  let plan: Plan;
  let cloud: Cloud;
  let security: Account;
  let env: Environment;
  const runs: Ran[] = [];

  before(() => {
    plan = planFrom();
  });
  inCloud(startCloud, (started) => (cloud = started));
  beforeEach(async () => {
    security = await cloud.account("security");
    env = await cloud.signedIn("security");
  });

  /** Values that went in; the hook below looks for them in everything that came out. */
  const values: string[] = [];
  const canary = () => {
    const value = `canary${randomBytes(12).toString("hex")}`;
    values.push(value);
    return value;
  };
  const set = (item: string, input: string | Buffer, ...flags: string[]) =>
    setFrom(fixtureServices, item, input, ...flags);
  const setFrom = async (services: string, item: string, input: string | Buffer, ...flags: string[]) => {
    const ran = await platform(["set", item, "--services", services, ...flags], { env, input });
    runs.push(ran);
    return ran;
  };
  const succeeded = ({ code, stderr, stdout }: Ran) => {
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    return stdout;
  };
  const refused = ({ code, stdout, stderr }: Ran) => {
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    return stderr;
  };
  const puts = () => cloud.proxy.calls.filter(({ action }) => action.startsWith("Put"));

  afterEach(() => {
    const said = runs.map(({ argv, stdout, stderr }) => [...argv, stdout, stderr].join("\n")).join("\n");
    for (const value of values) assert.ok(!said.includes(value), "a value is where none may be");
    runs.length = 0;
    values.length = 0;
  });

  it("writes a plain secret without the line end behind it", async () => {
    await security.deploySecret(secretNamed(plan, "shop/prod/signing-key"));
    const value = canary();
    const said = succeeded(await set("shop/prod/signing-key", `${value}\n`));
    assert.match(
      said,
      /^shop\/prod\/signing-key has its new value in account 111111111111 \(version [0-9a-f-]{36}\)$/m,
    );
    assert.equal(await security.secretValue("shop/prod/signing-key"), value);
  });

  it("writes only into a secret under the manifest's key", async () => {
    const secret = secretNamed(plan, "shop/prod/signing-key");
    const planned = await security.key(secret.key);
    const theirs = planned.replace(/[^/]+$/, "ffffffff-12ab-34cd-56ef-1234567890ab");
    await security.deploySecret(secret, "stand-in", false, theirs);
    const said = refused(await set("shop/prod/signing-key", canary()));
    assert.ok(
      said.includes(`is under the key ${theirs}, and not under ${secret.key.alias} (${planned})`),
      said,
    );
    assert.match(said, /nothing was written; .*pulumi up --stack security.*who made that secret/);
    assert.deepEqual(puts(), []);
    assert.equal(await security.secretValue(secret.name), "stand-in");

    await security.secrets.send(new UpdateSecretCommand({ SecretId: secret.name, KmsKeyId: planned }));
    const value = canary();
    succeeded(await set("shop/prod/signing-key", value));
    assert.equal(await security.secretValue(secret.name), value);
  });

  for (const [what, wrap] of [
    ["alone", (key: string) => key],
    ["among others", (key: string) => `[default]\naws_access_key_id=${key}\n`],
    ["in JSON, spelled otherwise", (key: string) => JSON.stringify({ id: key }).replace("A", "\\u0041")],
  ] as const) {
    it(`refuses a key of an AWS account, ${what}, with the advice of a role`, async () => {
      await security.deploySecret(secretNamed(plan, "shop/prod/signing-key"), "stand-in");
      for (const kind of ["AKIA", "ASIA"]) {
        const key = `${kind}${randomBytes(8).toString("hex").toUpperCase()}`;
        values.push(key);
        const said = refused(await set("shop/prod/signing-key", wrap(key)));
        assert.match(
          said,
          /holds an AWS (?:access|session) key, and this platform keeps none: let .* run by a role/,
        );
      }
      assert.deepEqual(puts(), []);
    });
  }

  it("keeps a value's own line ends, and strips only the last one", async () => {
    await security.deploySecret(secretNamed(plan, "shop/prod/signing-key"));
    const value = `${canary()}\r\n\n`;
    succeeded(await set("shop/prod/signing-key", `\uFEFF${value}\r\n`));
    assert.equal(await security.secretValue("shop/prod/signing-key"), value);
  });

  it("asks a database secret for its password alone and composes the rest", async () => {
    await security.deploySecret(secretNamed(plan, "shop/prod/ledger"), "{}", true);
    const admin = await security.deploySecret(secretNamed(plan, "shop/prod/ledger-admin"));
    const password = `${canary()}"\\é`;
    const said = succeeded(await set("shop/prod/ledger", `${password}\n`));
    assert.match(said, /first value/);
    assert.match(said, /npx platform rotate shop\/prod\/ledger replaces it/);
    assert.deepEqual(JSON.parse(await security.secretValue("shop/prod/ledger")), {
      engine: "postgres",
      host: "ledger.example.com",
      port: 5432,
      dbname: "ledger",
      username: "ledger",
      password,
      ssl: true,
      masterarn: admin,
    });
    assert.deepEqual(await security.secretTags("shop/prod/ledger"), [formTag]);
  });

  it("composes a value with the ARN of an administrator that RDS manages, which it asks nobody about", async () => {
    const [managed] = planFrom(managedServices).managedSecrets;
    await security.deploySecret(secretNamed(planFrom(managedServices), "store/prod/articles"), "{}", true);
    succeeded(await setFrom(managedServices, "store/prod/articles", `${canary()}\n`));
    const value = JSON.parse(await security.secretValue("store/prod/articles")) as { masterarn: string };
    assert.equal(value.masterarn, managed?.arn);
  });

  it("refuses a password that AWS's function could not send, before it is written, without repeating it", async () => {
    const stored = planFrom(mysqlServices);
    const named = { "store/prod/articles": "MySQL", "store/prod/basket": "MariaDB" };
    for (const [path, engine] of Object.entries(named)) {
      await security.deploySecret(secretNamed(stored, path));
      // In Latin-1, and outside it.
      for (const [letter, ...flags] of [["é"], ["\u{1f511}", "--dry-run"]] as const) {
        const said = refused(await setFrom(mysqlServices, path, `${canary()}${letter}\n`, ...flags));
        assert.match(said, new RegExp(`${path} was not written: .*outside ASCII.*${engine}`));
      }
    }
    assert.deepEqual(puts(), []);
    const password = `${canary()}~!"\\ $`;
    succeeded(await setFrom(mysqlServices, "store/prod/articles", `${password}\n`));
    const value = JSON.parse(await security.secretValue("store/prod/articles")) as { password: string };
    assert.equal(value.password, password);
  });

  it("says when the administrator's secret is missing, before it reads the value", async () => {
    await security.deploySecret(secretNamed(plan, "shop/prod/ledger"));
    const said = refused(await set("shop/prod/ledger", canary()));
    assert.match(
      said,
      /administrator's secret shop\/prod\/ledger-admin.*pulumi up --refresh --stack security/,
    );
    assert.deepEqual(puts(), []);
  });

  it("takes the JSON of a secret with fields, exactly those", async () => {
    await security.deploySecret(secretNamed(plan, "shop/prod/vault"));
    const value = JSON.stringify({ key: canary(), key_id: canary() });
    succeeded(await set("shop/prod/vault", value));
    assert.equal(await security.secretValue("shop/prod/vault"), value);
  });

  it("says every field that is wrong, and which consumer is waiting for it", async () => {
    await security.deploySecret(secretNamed(plan, "shop/prod/vault"));
    const wrong = JSON.stringify({ key: 5, [canary()]: canary(), other: canary() });
    const said = refused(await set("shop/prod/vault", wrong));
    assert.match(said, /field key_id is missing \(injected into shop-prod-worker as VAULT_KEY_ID\)/);
    assert.match(said, /field key is not a text/);
    assert.match(said, /2 fields more than the manifest names/);
    assert.deepEqual(puts(), []);
  });

  for (const [why, item, value, expected] of [
    ["no JSON at all", "shop/prod/vault", "canary-text", /JSON object with key_id and key is wanted/],
    ["nothing", "shop/prod/signing-key", "\n", /it is empty/],
    ["the unset marker", "shop/prod/signing-key", unsetParameterValue, /was never supplied/],
    ["a whole JSON for a password", "shop/prod/archive", '{"password":"canary-x"}', /only the password/],
    ["a password of two lines", "shop/prod/archive", "canary-a\ncanary-b", /a password is one line/],
    [
      "65,537 bytes",
      "shop/prod/signing-key",
      `canary${"é".repeat(32_765)}x`,
      /65537 bytes, .* at most 65536/,
    ],
  ] as const) {
    it(`refuses ${why}`, async () => {
      await security.deploySecret(secretNamed(plan, item));
      const ran = await set(item, value);
      assert.match(refused(ran), expected);
      assert.doesNotMatch(ran.stderr, /canary/);
      assert.deepEqual(puts(), []);
    });
  }

  it("refuses what is not UTF-8", async () => {
    await security.deploySecret(secretNamed(plan, "shop/prod/signing-key"));
    const said = refused(await set("shop/prod/signing-key", Buffer.from([0xff, 0xfe, 0x41])));
    assert.match(said, /not text in UTF-8/);
  });

  it("writes a parameter with its policies and its key in one call, and ends that it is unset", async () => {
    const parameter = parameterNamed(plan, "/shop/prod/partner-token");
    await security.deployParameter(parameter, { writtenAt: daysAgo(30), description: "an older one" });
    const value = canary();
    const earliest = Date.now();
    const ran = await set("shop/prod/partner-token", `${value}\n`, "--format", "json");
    const latest = Date.now();
    const { expiresAt, wasUnset } = JSON.parse(succeeded(ran)) as { expiresAt: string; wasUnset: boolean };
    assert.equal(wasUnset, true);
    assert.equal(await security.parameterValue(parameter.name), value);
    assert.deepEqual(await security.parameterTags(parameter.name), []);
    assert.equal(puts().length, 1);
    // AWS keeps whole seconds.
    const written = Date.parse(expiresAt) - 60 * dayMs;
    assert.ok(written > earliest - 1_000 && written < latest + 1_000, expiresAt);
    const { policies, ...rest } = await security.parameter(parameter.name);
    assert.deepEqual(rest, {
      keyId: await security.key({ alias: "alias/prod/configuration" }),
      tier: "Advanced",
      description: parameter.description,
    });
    assert.ok(policies.includes(expiresAt));
    assert.match(policies, /ExpirationNotification.*'Before': '20'/);
  });

  it("writes one that never expires with its reminder, and one of the workload account there", async () => {
    await security.deployParameter(parameterNamed(plan, "/shop/prod/certificate"));
    assert.doesNotMatch(succeeded(await set("shop/prod/certificate", canary())), /expires/);
    const { policies } = await security.parameter("/shop/prod/certificate");
    assert.match(policies, /NoChangeNotification.*'After': '180'/);
    assert.doesNotMatch(policies, /Timestamp/);

    const prod = await cloud.account("prod");
    await prod.deployParameter(parameterNamed(plan, "/shop/prod/relay-password"));
    env = await cloud.signedIn("prod");
    const value = canary();
    assert.match(succeeded(await set("shop/prod/relay-password", value)), /account 333333333333/);
    assert.equal(await prod.parameterValue("/shop/prod/relay-password"), value);
  });

  it("puts it under the key the manifest now asks for; under its own where the caller may not ask for keys", async () => {
    const parameter = parameterNamed(plan, "/shop/prod/partner-token");
    await security.deployParameter({ ...parameter, key: { ...parameter.key!, alias: "alias/other" } });
    const wanted = await security.key(parameter.key!);
    cloud.proxy.use(failing("DescribeKey", "AccessDeniedException"));
    succeeded(await set("shop/prod/partner-token", canary()));
    assert.equal(
      (await security.parameter(parameter.name)).keyId,
      await security.key({ alias: "alias/other" }),
    );
    succeeded(await set("shop/prod/partner-token", canary()));
    assert.equal((await security.parameter(parameter.name)).keyId, wanted);
  });

  for (const [what, deployed, expected] of [
    ["is gone", undefined, /expired and AWS deleted it, .*pulumi up --refresh --stack security/],
    ["has expired and is not gone yet", { writtenAt: daysAgo(61) }, /expired on .*pulumi up --refresh/],
  ] as const) {
    it(`refuses a parameter that ${what}`, async () => {
      if (deployed !== undefined)
        await security.deployParameter(parameterNamed(plan, "/shop/prod/partner-token"), deployed);
      assert.match(refused(await set("shop/prod/partner-token", canary())), expected);
      assert.deepEqual(puts(), []);
    });
  }

  it("refuses more than a parameter holds", async () => {
    await security.deployParameter(parameterNamed(plan, "/shop/prod/partner-token"));
    const said = refused(await set("shop/prod/partner-token", `${canary()}${"x".repeat(8192)}`));
    assert.match(said, /8222 bytes, .* at most 8192/);
  });

  for (const [item, expected] of [
    ["shop/prod/log-level", /is a String, whose value stands in the manifest/],
    ["shop/prod/origins", /is a StringList, whose value stands/],
    ["shop/prod/warehouse", /only that service sets it/],
    ["shop/prod/old-key", /on its way out \(retire: true near .*shop.yaml:\d+\)/],
  ] as const) {
    it(`refuses ${item} without asking AWS`, async () => {
      assert.match(refused(await set(item, canary())), expected);
      assert.deepEqual(cloud.proxy.calls, []);
    });
  }

  it("refuses a secret that is not deployed, or is being deleted", async () => {
    assert.match(
      refused(await set("shop/prod/signing-key", canary())),
      /not in account .*pulumi up --refresh --stack security/,
    );
    const arn = await security.deploySecret(secretNamed(plan, "shop/prod/signing-key"));
    await security.secrets.send(new DeleteSecretCommand({ SecretId: arn, RecoveryWindowInDays: 7 }));
    assert.match(
      refused(await set("shop/prod/signing-key", canary())),
      /being deleted since .*restore it first/,
    );
    assert.deepEqual(puts(), []);
  });

  it("refuses an item of another stack, and what is no item, without repeating what may be a value", async () => {
    const value = canary();
    for (const [args, expected] of [
      [["shop/prod/signing-key", "--stack", "prod"], /held by stack security, not prod/],
      [["shop/prod/signing-kye"], /did you mean shop\/prod\/signing-key\?/],
      [["shop/prd/signing-key"], /did you mean shop\/prod\/signing-key\?/],
      [["shop/prod/else"], /shop has in prod: signing-key, vault/],
      [[value], /an item is named SERVICE\/ENVIRONMENT\/NAME/],
      [["shop/prod/signing-key", value], /a value among the arguments/],
      [["shop/prod/signing-key", `--value=${value}`], /a value among the arguments/],
      [["shop/prod/signing-key", "-p", value], /a value among the arguments/],
      [[`-${value}`], /a value among the arguments/],
    ] as const) {
      const { code, stdout, stderr } = await platform(["set", "--services", fixtureServices, ...args], {
        env,
      });
      assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
      assert.match(stderr, expected);
      assert.ok(!stderr.includes(value), "what was given as an argument is repeated");
    }
    assert.deepEqual(cloud.proxy.calls, []);
  });

  it("with --dry-run looks at everything, the value included, and writes nothing", async () => {
    await security.deploySecret(secretNamed(plan, "shop/prod/vault"));
    assert.match(succeeded(await set("shop/prod/vault", "", "--dry-run")), /Nothing was written/);
    const fit = JSON.stringify({ key: canary(), key_id: canary() });
    assert.match(succeeded(await set("shop/prod/vault", fit, "--dry-run")), /is fit for it/);
    assert.match(refused(await set("shop/prod/vault", canary(), "--dry-run")), /JSON object/);
    assert.deepEqual(puts(), []);
  });

  describe("when something goes wrong", () => {
    const item = "shop/prod/partner-token";
    const deploy = () => security.deployParameter(parameterNamed(plan, `/${item}`));

    it("names the account, stack and role to use with the credentials of another account", async () => {
      env = await cloud.signedIn("prod");
      const said = refused(await set(item, canary()));
      assert.match(
        said,
        /held by account 111111111111 \(stack security\), and these .* of account 333333333333/,
      );
      assert.match(said, /arn:aws:iam::111111111111:role\/platform\/secrets-writers/);
      assert.equal(cloud.proxy.calls.length, 1);
    });

    it("names action, resource and role of a missing permission", async () => {
      await deploy();
      const resource = "arn:aws:ssm:eu-west-1:111111111111:parameter/shop/prod/partner-token";
      const message = `User: arn:aws:sts::111111111111:assumed-role/Other/me is not authorized to perform: ssm:PutParameter on resource: ${resource} because no identity-based policy allows the ssm:PutParameter action`;
      cloud.proxy.use(failing("PutParameter", "AccessDeniedException", { message }));
      const said = refused(await set(item, canary()));
      assert.match(
        said,
        /^error: role .*secrets-writers \(arn:aws:sts::111111111111:.*\) may not ssm:PutParameter on /,
      );
      assert.ok(said.includes(resource));
      assert.match(said, /pulumi up --refresh --stack security/);
      assert.equal(puts().length, 1);
    });

    /** All that AWS could make of a request: as it is, quoted, percent-encoded, in base 64, and a part of it. */
    const repeated = (body: Readonly<Record<string, unknown>>): string => {
      const value = String(body["Value"] ?? body["SecretString"]);
      const json = JSON.stringify(body);
      return [
        value,
        json,
        JSON.stringify(json),
        encodeURIComponent(json),
        new URLSearchParams({ value }).toString(),
        encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase()),
        ...[value, json, `1${json}`, `22${value}`].flatMap((text) =>
          (["base64", "base64url"] as const).map((encoding) => Buffer.from(text).toString(encoding)),
        ),
      ].join(" ");
    };

    /** Every reading of what was said, by undoing each way of writing it down. */
    const readings = (said: string): string =>
      [
        said,
        said.replace(/\\u([0-9a-f]{4})/gi, (_, unit: string) => String.fromCharCode(parseInt(unit, 16))),
        said.replace(/%([0-9a-f]{2})/gi, (_, byte: string) => String.fromCharCode(parseInt(byte, 16))),
        ...(said.match(/[\w+/-]{8,}/g) ?? []).flatMap((run) =>
          [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), "base64").toString("latin1")),
        ),
      ].join("\n");

    for (const [what, path, action, value] of [
      ["a parameter", item, "ssm:PutParameter", (core: string) => `${core}"\\é /`],
      [
        "a text that is JSON",
        "shop/prod/signing-key",
        "secretsmanager:PutSecretValue",
        (core: string) => JSON.stringify({ keys: [{ key: `${core}"\\é` }] }),
      ],
      [
        "fields",
        "shop/prod/vault",
        "secretsmanager:PutSecretValue",
        (core: string) => JSON.stringify({ key: `${core}"\\é /`, key_id: "AKID-of-the-vault" }),
      ],
      [
        "a password",
        "shop/prod/ledger-admin",
        "secretsmanager:PutSecretValue",
        (core: string) => `${core}"\\é /`,
      ],
    ] as const) {
      it(`hides ${what} when AWS repeats the request, however it writes it`, async () => {
        if (path === item) await deploy();
        else await security.deploySecret(secretNamed(plan, path));
        const repeating = {
          name: "an error that repeats the request",
          before: ({ action: called, body }: { action: string; body: Readonly<Record<string, unknown>> }) =>
            action.endsWith(`:${called}`)
              ? awsError("ValidationException", `invalid: ${repeated(body)}`)
              : undefined,
        };
        for (const format of ["text", "json"]) {
          cloud.proxy.forget();
          cloud.proxy.use(repeating);
          const core = canary();
          const { code, stdout, stderr } = await set(path, value(core), "--format", format);
          assert.equal(code, 1);
          assert.match(stdout + stderr, new RegExp(`${action} on .* failed .*\\[hidden\\]`));
          // Six characters less: what base 64 cuts at either end.
          assert.ok(!readings(stdout + stderr).includes(core.slice(6, -6)), stdout + stderr);
        }
      });
    }

    it("says in words that credentials are missing, expired or unknown, and that there is no network", async () => {
      await deploy();
      const signedIn = env;
      const { AWS_ENDPOINT_URL = "" } = signedIn;
      const cases: readonly [Environment, string | undefined, RegExp][] = [
        [{ AWS_ENDPOINT_URL }, undefined, /no AWS credentials here .*AWS_PROFILE/],
        [signedIn, "ExpiredTokenException", /credentials have expired .*sign in again/],
        [signedIn, "UnrecognizedClientException", /does not know these credentials .*AWS_PROFILE/],
        [{ ...signedIn, AWS_ENDPOINT_URL: "http://127.0.0.1:9" }, undefined, /cannot be reached .*network/],
      ];
      for (const [environment, code, expected] of cases) {
        cloud.proxy.forget();
        if (code !== undefined) cloud.proxy.use(failing("DescribeParameters", code, { times: Infinity }));
        env = environment;
        const said = refused(await set(item, canary()));
        assert.match(said, expected);
        assert.doesNotMatch(said, /\n {4}at /);
      }
    });

    it("waits throttling out, and a lost answer", async () => {
      await deploy();
      cloud.proxy.use(
        failing("DescribeParameters", "ThrottlingException", { times: 2, message: "Rate exceeded" }),
        failing("PutParameter", "ThrottlingException", { times: 2, message: "Rate exceeded" }),
        losingTheAnswerOf("PutParameter"),
      );
      const value = canary();
      succeeded(await set(item, value));
      assert.equal(await security.parameterValue(`/${item}`), value);
      assert.deepEqual(await security.parameterTags(`/${item}`), []);
    });

    it("that ends it between value and tag, setting once more fixes it", async () => {
      await deploy();
      cloud.proxy.use(failing("RemoveTagsFromResource", "AccessDeniedException", { message: "no" }));
      assert.match(refused(await set(item, canary())), /may not ssm:RemoveTagsFromResource/);
      assert.deepEqual(await security.parameterTags(`/${item}`), [unsetTag]);
      const value = canary();
      succeeded(await set(item, value));
      assert.equal(await security.parameterValue(`/${item}`), value);
      assert.deepEqual(await security.parameterTags(`/${item}`), []);
    });

    it("between look and write, so that AWS makes another parameter of the name, it says so", async () => {
      const parameter = parameterNamed(plan, `/${item}`);
      await deploy();
      cloud.proxy.use({
        name: "expiry in that moment: moto never expires a parameter",
        before: async ({ action }) => {
          if (action === "PutParameter")
            await security.ssm.send(new DeleteParameterCommand({ Name: parameter.name }));
          return undefined;
        },
      });
      assert.match(refused(await set(item, canary())), /expired while this ran.*delete it/);
    });
  });
});

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * dayMs);
}
