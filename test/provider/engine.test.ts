import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  DeleteParameterCommand,
  GetParameterCommand,
  type ParameterMetadata,
  DescribeParametersCommand,
} from "@aws-sdk/client-ssm";
import { DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import { unsetParameterValue } from "../../model/values/unset";
import { Engine, type Project, repositoryRoot } from "../engine/support/workspace";
import { provided } from "../support/leftOut";
import type { ProgramSettings } from "./engineProgram";
import {
  account,
  type Cloud,
  keyArn,
  makeSecret,
  ours,
  readValue,
  region,
  startCloud,
} from "./support/cloud";
import { name, set, wanted } from "./support/parameter";

const stack = "values";
/** What `platform set` supplies; it must not turn up anywhere. */
const live = "live-value-of-the-parameter";
const program = join(__dirname, "engineProgram.ts");

describe("the plugin under the real engine", function () {
  this.timeout(480_000);
  let cloud: Cloud;
  let engine: Engine;
  let project: Project;
  let secretId: string;
  let settings: ProgramSettings;

  before(async function () {
    this.timeout(30 * 60_000);
    cloud = await provided(this, startCloud);
    await cloud.reset();
    const { accessKey, secretKey, token, endpoints } = cloud.configuration as Record<string, string>;
    engine = await provided(this, () =>
      Engine.start({
        env: { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey, AWS_SESSION_TOKEN: token },
      }),
    );
    project = await engine.project({ from: repositoryRoot });
    await project.write("stacks/values/program.ts", readFileSync(program, "utf8"));
    await project.edit("package.json", (text) => text.replace("stacks/index.ts", "stacks/values/program.ts"));
    await project.setConfig(stack, "aws:region", region);
    await project.setConfig(stack, "aws:allowedAccountIds", JSON.stringify([account]));
    await project.setConfig(stack, "aws:endpoints", JSON.stringify(endpoints));

    secretId = await makeSecret(cloud, "orders/prod/webhook-signing-key");
    settings = {
      secretValue: { secretId, shape: { form: "string" } },
      parameters: [{ args: wanted }],
      restore: [],
      keyArn,
    };
    await wish({});
  });
  after(async () => {
    await engine?.stop();
    await cloud?.stop();
  });

  async function wish(changed: Partial<ProgramSettings>): Promise<void> {
    settings = { ...settings, ...changed };
    await project.write("settings.json", JSON.stringify(settings));
  }
  const short = (urn: string) => urn.replace(/^.*::/, "");
  const warnings = (result: { diagnostics: { severity: string; message: string }[] }) =>
    result.diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => message);
  const value = async () =>
    (await cloud.ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }))).Parameter?.Value;
  const metadata = async (): Promise<ParameterMetadata | undefined> =>
    (
      await cloud.ssm.send(
        new DescribeParametersCommand({ ParameterFilters: [{ Key: "Name", Values: [name] }] }),
      )
    ).Parameters?.[0];

  it("previews without touching AWS", async () => {
    cloud.proxy.forget();
    const { changes } = await project.preview(stack);
    assert.deepEqual(changes.create.map(short).sort(), [
      "first",
      "parameter-0",
      `secrets-platform-${stack}`,
      "share-0",
      "values",
    ]);
    assert.deepEqual(cloud.proxy.calls, []);
  });

  it("makes both, and no value is anywhere in Pulumi", async () => {
    await project.up(stack);
    assert.equal(await value(), unsetParameterValue);
    assert.deepEqual(await project.placesContaining(await readValue(cloud, secretId)), []);
  });

  it("changes nothing the second time", async () => {
    const { changes } = await project.up(stack);
    assert.deepEqual([changes.create, changes.update, changes.replace, changes.delete], [[], [], [], []]);
  });

  it("records a policy change, says so on every run until `platform set`, then settles", async () => {
    const args = { ...wanted, expires: { never: false, afterDays: 90, warnDays: 30 } } as const;
    await wish({ parameters: [{ args }] });
    const preview = await project.preview(stack);
    assert.match(
      warnings(preview).join(),
      /expires of \/orders\/prod\/partner-token .* next `npx platform set/,
    );
    const first = await project.up(stack);
    assert.deepEqual(
      first.changes.update.map(({ urn, diffs }) => [short(urn), Object.keys(diffs)]),
      [["parameter-0", ["expires.warnDays"]]],
    );
    assert.match(warnings(first).join(), /next `npx platform set/);
    const second = await project.up(stack);
    assert.deepEqual(second.changes.update, []);
    assert.match(warnings(second).join(), /next `npx platform set/);

    await set(cloud, live, args);
    const third = await project.up(stack);
    assert.deepEqual(
      third.changes.update.map(({ urn }) => short(urn)),
      ["parameter-0"],
    );
    const fourth = await project.up(stack);
    assert.deepEqual([fourth.changes.update, warnings(fourth)], [[], []]);
    assert.equal(await value(), live);
    assert.deepEqual(await project.placesContaining(live), []);
  });

  it("finds no drift in what `platform set` renewed", async () => {
    const result = await project.up(stack, { refresh: true });
    assert.deepEqual([result.changes.update, result.changes.replace, warnings(result)], [[], [], []]);
  });

  it("adopts what is there when the state has lost it", async () => {
    const state = await project.exportState(stack);
    const lost =
      state.deployment.resources?.find(({ type }) => type.endsWith(":ExpiringParameter"))?.urn ?? "";
    await project.cli(["state", "delete", lost, "--stack", stack, "--yes", "--target-dependents"]);
    const { changes } = await project.up(stack);
    assert.deepEqual(changes.create.map(short), ["parameter-0"]);
    assert.equal(await value(), live);
  });

  it("makes an expired one again with `up --refresh`, and its share with it", async () => {
    // What expiry does.
    await cloud.ssm.send(new DeleteParameterCommand({ Name: name }));
    const plain = await project.up(stack);
    assert.deepEqual(plain.changes.create, []);
    const result = await project.up(stack, { refresh: true });
    assert.match(
      warnings(result).join(),
      /partner-token is gone before its time.*`pulumi up --refresh --policy-pack policies`/,
    );
    assert.deepEqual(result.changes.create.map(short), ["parameter-0"]);
    assert.deepEqual(
      result.changes.replace.map(({ urn }) => short(urn)),
      ["share-0"],
    );
    assert.equal(await value(), unsetParameterValue);
  });

  it("imports one made by hand, by the option of the resource", async () => {
    const imported = "/orders/prod/older-token";
    await set(cloud, live, { name: imported });
    const args = { ...wanted, name: imported, tags: {} };
    await wish({ parameters: [...settings.parameters, { args, import: imported }] });
    const { changes } = await project.up(stack);
    assert.deepEqual(changes.import.map(short), ["parameter-1"]);
    await wish({ parameters: settings.parameters.map(({ args: kept }) => ({ args: kept })) });
    const again = await project.up(stack);
    assert.deepEqual([again.changes.update, again.changes.replace], [[], []]);
  });

  it("restores secrets on `up` only", async () => {
    const deleted = await makeSecret(cloud, "orders/prod/deleted", "kept", ours);
    await cloud.secrets.send(new DeleteSecretCommand({ SecretId: deleted, RecoveryWindowInDays: 7 }));
    await wish({ restore: ["orders/prod/deleted"] });
    await project.preview(stack);
    await assert.rejects(readValue(cloud, deleted));
    await project.up(stack);
    const { restored } = (await project.outputs(stack)).restored as { restored: { arn: string }[] };
    assert.deepEqual(
      restored.map(({ arn }) => arn),
      [deleted],
    );
    assert.equal(await readValue(cloud, deleted), "kept");
  });

  it("reports everything wrong with a resource at once, without a stack trace", async () => {
    const before = settings.parameters;
    await wish({
      parameters: [{ args: { ...wanted, keyId: "", expires: { never: false, afterDays: 0, warnDays: 0 } } }],
    });
    const { stdout, stderr } = await project.up(stack, { expectFailure: true });
    await wish({ parameters: before });
    const said = stdout + stderr;
    for (const property of ["keyId", "expires.afterDays", "expires.warnDays"])
      assert.ok(said.includes(property), said);
    assert.doesNotMatch(said, /\n\s+at \S+ \(/);
  });

  it("stops before anything with the credentials of another account", async () => {
    const parameters = settings.parameters;
    await wish({ parameters: [...parameters, { args: { ...wanted, name: "/orders/prod/new" } }] });
    await project.setConfig(stack, "aws:allowedAccountIds", JSON.stringify(["333333333333"]));
    cloud.proxy.forget();
    const { stdout, stderr } = await project.up(stack, { expectFailure: true });
    assert.match(stdout + stderr, /of account 111111111111 .*may touch only 333333333333/);
    assert.deepEqual(
      cloud.proxy.calls.filter(({ action }) => action !== ""),
      [],
    );
    await project.setConfig(stack, "aws:allowedAccountIds", JSON.stringify([account]));
    await wish({ parameters });
    await project.up(stack);
  });

  it("is destroyed with the parameter, while the secret keeps its value", async () => {
    const before = await readValue(cloud, secretId);
    await wish({ restore: [] });
    await project.destroy(stack);
    assert.equal(await metadata(), undefined);
    assert.equal(await readValue(cloud, secretId), before);
  });
});
