import assert from "node:assert/strict";
import { execFile, type ExecFileException } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, delimiter, join, resolve } from "node:path";
import { parse } from "yaml";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { formats } from "../../../cli/refs/formats";
import { provided } from "../../support/leftOut";
import { inCloud } from "../../support/moto/inCloud";
import { referencesOf } from "./support/documented";
import { type Emulator, startEmulator } from "./support/emulator";
import { examples, examplesPython } from "./support/examplesPython";
import { startFunction } from "./support/function";
import { assertKeepsToItself, startProgram } from "./support/program";

interface Buildspec {
  readonly version: number;
  readonly env: { readonly shell: string; readonly "secrets-manager": Readonly<Record<string, string>> };
  readonly phases: { readonly build: { readonly commands: readonly string[] } };
}

const text = readFileSync(join(examples, "codebuild/buildspec.yml"), "utf8");
const buildspec = parse(text) as Buildspec;
const canary = () => `canary-${randomBytes(12).toString("hex")}`;

describe("examples/python/codebuild", function () {
  this.timeout(240_000);
  let emulator: Emulator;
  let python: string;
  let folder: string;

  before(async function () {
    this.timeout(720_000);
    python = await provided(this, examplesPython);
  });
  inCloud(startEmulator, (started) => (emulator = started));
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "build-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("has the `env` that `platform refs` prints, and passes the key in no command", () => {
    const { env } = parse(formats.buildspec.print(referencesOf("codebuild/sign.py"))) as Buildspec;
    const { shell, ...own } = buildspec.env;
    assert.deepEqual([shell, own, buildspec.version], ["bash", env, 0.2]);
    for (const command of buildspec.phases.build.commands) assert.ok(!command.includes("SIGNING_KEY"));
  });

  /**
   * Named test double of a build, which CodeBuild runs in AWS alone: values are read when it starts, and each command is
   * run by the shell.
   * https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.secrets-manager
   */
  async function startBuild(arn: string) {
    const secrets = new SecretsManagerClient({
      region: "eu-west-1",
      endpoint: emulator.proxy.endpoint,
      credentials: {
        accessKeyId: emulator.environment["AWS_ACCESS_KEY_ID"] ?? "",
        secretAccessKey: emulator.environment["AWS_SECRET_ACCESS_KEY"] ?? "",
        sessionToken: emulator.environment["AWS_SESSION_TOKEN"] ?? "",
      },
    });
    const variables: Record<string, string> = {};
    for (const [name, reference] of Object.entries(buildspec.env["secrets-manager"])) {
      const named = /:secret:([^:]+)-\?{6}$/.exec(reference)?.[1] ?? "";
      assert.ok(arn.includes(`:secret:${named}-`), `${reference} is not ${arn}`);
      const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: arn }));
      variables[name] = SecretString;
    }
    return async () => {
      let output = "";
      for (const command of buildspec.phases.build.commands)
        output += await shell(command, {
          ...variables,
          CODEBUILD_SRC_DIR: resolve(examples, "../.."),
          PATH: [dirname(python), process.env["PATH"] ?? ""].join(delimiter),
          PYTHONDONTWRITEBYTECODE: "1",
        });
      return { output, signature: readFileSync(join(folder, "release.tar.gz.sig"), "utf8").trim() };
    };
  }

  function shell(command: string, env: Readonly<Record<string, string>>): Promise<string> {
    return new Promise((done, fail) => {
      const ended = (error: ExecFileException | null, stdout: string, stderr: string) =>
        error === null ? done(stdout + stderr) : fail(new Error(`${command}: ${stderr}`));
      execFile("bash", ["-c", command], { cwd: folder, env: { ...env } }, ended);
    });
  }

  it("signs by the key of its start, and what a rotation overtakes is verified by the version before", async () => {
    const [first, second] = [canary(), canary()];
    const arn = await emulator.createSecret("orders/prod/webhook-signing-key", first);
    const finish = await startBuild(arn);
    await emulator.rotate(arn, second);
    const built = await finish();
    const signed = (key: string) =>
      createHmac("sha256", key)
        .update(readFileSync(join(folder, "release.tar.gz")))
        .digest("hex");
    assert.equal(built.signature, signed(first));
    const verifier = await startFunction("webhooks.handler", {
      ...emulator.environment,
      WEBHOOK_SIGNING_KEY_ARN: arn,
    });
    try {
      const body = "what the verifier is given";
      const signature = createHmac("sha256", first).update(body).digest("hex");
      assert.deepEqual(await verifier.invoke({ body, signature }), { valid: true });
    } finally {
      await verifier.stop();
    }
    const next = await (await startBuild(arn))();
    assert.equal(next.signature, signed(second));
    assertKeepsToItself(built.output + next.output, [first, second]);
  });

  it("shows no key where it fails, and writes nothing", async () => {
    const key = canary();
    const file = join(folder, "release");
    writeFileSync(file, "release");
    for (const [args, status, message] of [
      [[], 2, /^usage/],
      [[file, file], 2, /^usage/],
      [[join(folder, "absent")], 1, /No such file/],
      [[folder], 1, /Is a directory/],
    ] as const) {
      const program = await startProgram("codebuild/sign.py", { SIGNING_KEY: key }, args);
      assert.equal(await program.ended, status);
      assert.match(program.output(), message);
      assertKeepsToItself(program.output(), [key]);
    }
    const without = await startProgram("codebuild/sign.py", {}, [file]);
    assert.equal(await without.ended, 2);
    assert.match(without.output(), /SIGNING_KEY is set by `env` of the buildspec/);
  });
});
