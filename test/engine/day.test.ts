import assert from "node:assert/strict";
import { join } from "node:path";
import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
} from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand, GetParameterCommand } from "@aws-sdk/client-ssm";
import { provided } from "../support/leftOut";
import { platformCommand, type PlatformResult } from "./support/platformCommand";
import { Emulator, Engine, type Project, repositoryRoot } from "./support/workspace";

const region = "eu-west-1";
const accounts = { security: "111111111111", staging: "222222222222", prod: "333333333333" };
type Stack = keyof typeof accounts;

/** Minutes that the first build of the CLI on a machine may take. */
const buildMinutes = 30;

describe("a day of a platform team", function () {
  this.timeout(240_000);
  this.bail(true);
  let emulator: Emulator;
  let engine: Engine;
  let project: Project;
  const ran: PlatformResult[] = [];
  /** Every value that was ever set or read. */
  const values = new Set<string>();
  /** The states with all they held in readable form, before everything went. */
  const states: string[] = [];

  before(async function () {
    this.timeout(buildMinutes * 60_000);
    emulator = await provided(this, () => Emulator.start({ serves: "values" }));
    engine = await provided(this, () => Engine.start(emulator.options));
    emulator.runFunctionsOf(engine.cloud);
    project = await engine.project({ from: repositoryRoot, services: join(__dirname, "manifests-day") });
  });

  after(async () => {
    await engine?.stop();
    await emulator?.stop();
  });

  /** Runs the command as the writers' role of an account. */
  async function platform(account: Stack, args: readonly string[], input = ""): Promise<PlatformResult> {
    const env = await emulator.signedIn(accounts[account], "platform/secrets-writers");
    const result = await platformCommand(args, { cwd: project.folder, env, input });
    ran.push(result);
    return result;
  }

  async function done(account: Stack, args: readonly string[], input = ""): Promise<string> {
    const { code, stdout, stderr } = await platform(account, args, input);
    assert.equal(code, 0, `platform ${args.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  }

  /** As a consumer does, by the ARN it was given; moto crosses no accounts, so by the account that holds it. */
  async function readSecret(path: string): Promise<string> {
    const arns = (await project.outputs("security"))["secretArns"] as Record<string, string>;
    const secrets = await emulator.secrets({ account: accounts.security, region });
    const { SecretString: value = "" } = await secrets.send(
      new GetSecretValueCommand({ SecretId: arns[path] }),
    );
    assert.ok(value.length > 10, `${path} holds no value`);
    values.add(value);
    return value;
  }

  async function readParameter(stack: Stack, name: string): Promise<string> {
    const ssm = await emulator.parameters({ account: accounts[stack], region });
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return Parameter?.Value ?? "";
  }

  /** A value from outside, as somebody would paste it. */
  function fromOutside(name: string): string {
    const value = `${name}-${crypto.randomUUID()}`;
    values.add(value);
    return value;
  }

  let signingKey: string;
  let partnerToken: string;

  it("begins with three accounts, whose generated secrets rotate once as rotation is turned on", async () => {
    for (const stack of ["security", "staging", "prod"]) await project.up(stack);
    await emulator.rotated();
    const first = await readSecret("orders/prod/signing-key");
    assert.notEqual(first, await readSecret("orders/staging/signing-key"));
    const kms = await emulator.keys({ account: accounts.security, region });
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: "alias/prod/configuration" }));
    assert.equal(KeyMetadata?.AWSAccountId, accounts.security);
    const secrets = await emulator.secrets({ account: accounts.security, region });
    const described = await secrets.send(new DescribeSecretCommand({ SecretId: "orders/prod/signing-key" }));
    assert.ok(described.LastRotatedDate !== undefined, "it was not rotated");
    assert.equal(described.KmsKeyId, KeyMetadata.Arn);
    assert.equal(await readParameter("prod", "/orders/prod/log-level"), "info");
    const iam = await emulator.iam(accounts.prod);
    const policy = await iam("GetRolePolicy", { RoleName: "orders-prod-api", PolicyName: "configuration" });
    assert.match(decodeURIComponent(policy("PolicyDocument") ?? ""), /secret:orders\/prod\/signing-key-/);
  });

  it("status is content but for the tokens that nobody has supplied", async () => {
    await done("staging", ["status"]);
    const { code, stdout } = await platform("security", ["status"]);
    assert.equal(code, 1);
    assert.match(stdout, /^2 of 5 values need a hand$/m);
    assert.match(stdout, /unset +orders\/prod\/partner-token: it has no value yet/);
    assert.match(stdout, /platform set orders\/staging\/partner-token/);
  });

  it("set puts the partner's token and a signing key where their consumers read them", async () => {
    partnerToken = fromOutside("partner");
    for (const environment of ["staging", "prod"]) {
      await done("security", ["set", `orders/${environment}/partner-token`], partnerToken);
      assert.equal(await readParameter("security", `/orders/${environment}/partner-token`), partnerToken);
    }
    signingKey = fromOutside("signing");
    await done("security", ["set", "orders/prod/signing-key"], signingKey);
    assert.equal(await readSecret("orders/prod/signing-key"), signingKey);
    await done("security", ["status"]);
  });

  it("rotate has the deployed function make another key", async () => {
    await done("security", ["rotate", "orders/prod/signing-key"]);
    await emulator.rotated();
    assert.notEqual(await readSecret("orders/prod/signing-key"), signingKey);
  });

  it("rollback brings the key back, and the next rotation replaces it again", async () => {
    await done("security", ["rollback", "orders/prod/signing-key", "--yes"]);
    assert.equal(await readSecret("orders/prod/signing-key"), signingKey);
    await done("security", ["status"]);
    await done("security", ["rotate", "orders/prod/signing-key"]);
    assert.notEqual(await readSecret("orders/prod/signing-key"), signingKey);
  });

  it("a changed manifest changes settings, and no value", async () => {
    const before = await readSecret("orders/prod/signing-key");
    await project.edit("services/orders.yaml", (text) =>
      text.replace("prod: info", "prod: warning").replace("after: 90 days", "after: 60 days"),
    );
    await project.up("security");
    await project.up("prod");
    assert.equal(await readParameter("prod", "/orders/prod/log-level"), "warning");
    assert.equal(await readParameter("security", "/orders/prod/partner-token"), partnerToken);
    assert.equal(await readSecret("orders/prod/signing-key"), before);
    const waiting = await platform("security", ["status"]);
    assert.equal(waiting.code, 1);
    assert.match(waiting.stdout, /waiting +orders\/prod\/partner-token/);
    partnerToken = fromOutside("partner");
    for (const environment of ["staging", "prod"]) {
      await done("security", ["set", `orders/${environment}/partner-token`], partnerToken);
    }
    await done("security", ["status"]);
    assert.equal(await readParameter("security", "/orders/prod/partner-token"), partnerToken);
  });

  it("a service that was only tried out goes, and its secret waits for its deletion", async () => {
    await readSecret("reports/staging/export-key");
    await project.remove("services/reports.yaml");
    await project.up("staging");
    const { changes } = await project.up("security");
    assert.ok(changes.delete.length > 0 && changes.delete.every((urn) => urn.includes("reports/")));
    assert.deepEqual(await secretsLeft(), ["orders/prod/signing-key", "orders/staging/signing-key"]);
  });

  it("everything goes: production after it was retired", async () => {
    await project.edit("services/orders.yaml", (text) => `${text}retire: true\n`);
    await project.up("security");
    await project.up("prod");
    for (const stack of ["staging", "prod", "security"]) {
      states.push(JSON.stringify(await project.exportState(stack, { showSecrets: true })));
      await unprotectKeys(stack);
      await project.destroy(stack);
    }
    assert.deepEqual(await secretsLeft(), []);
    for (const stack of Object.keys(accounts) as Stack[]) {
      const ssm = await emulator.parameters({ account: accounts[stack], region });
      const { Parameters } = await ssm.send(new DescribeParametersCommand({}));
      assert.deepEqual(Parameters, []);
      const iam = await emulator.iam(accounts[stack]);
      assert.equal((await iam("ListRoles", {}))("RoleName"), undefined, `${stack} has roles left`);
    }
  });

  it("left no value in states, logs, reports or arguments", async () => {
    assert.ok(values.size >= 7, `only ${values.size} values were seen`);
    const said = {
      ...Object.fromEntries(ran.map((result, index) => [`platform ${index}`, JSON.stringify(result)])),
      ...Object.fromEntries(states.map((state, index) => [`state ${index}`, state])),
      functions: await emulator.functionLogs(),
    };
    const saying = async (text: string) => [
      ...Object.keys(said).filter((name) => said[name as keyof typeof said].includes(text)),
      ...(await project.placesContaining(text)),
    ];
    // What is no secret is found in all kinds of places, so the search works.
    const found = await saying("orders/prod/signing-key");
    for (const place of [/^platform/, /^state \d/, /^functions/, /^pulumi up/, /^debug messages/, /\.json/]) {
      assert.ok(
        found.some((name) => place.test(name)),
        `the search does not reach ${place}`,
      );
    }
    for (const value of values) assert.deepEqual(await saying(value), []);
  });

  /** Production's keys stay protected while the stack is there; no service's retirement takes that away. */
  async function unprotectKeys(stack: string): Promise<void> {
    const { deployment } = await project.exportState(stack);
    for (const { urn, type, protect } of deployment.resources ?? []) {
      if (protect !== true) continue;
      assert.match(`${type} ${urn}`, /prod\/configuration|archive/i, "something else is protected still");
      const { exitCode, stderr } = await project.cli(["state", "unprotect", urn, "--yes", "--stack", stack]);
      assert.equal(exitCode, 0, stderr);
    }
  }

  /** Names of the secrets that do not wait for their deletion. */
  async function secretsLeft(): Promise<string[]> {
    const secrets = await emulator.secrets({ account: accounts.security, region });
    const { SecretList = [] } = await secrets.send(new ListSecretsCommand({}));
    return SecretList.map(({ Name = "" }) => Name).sort();
  }
});
