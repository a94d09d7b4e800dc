import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { parse } from "yaml";
import { inCloud } from "../../support/moto/inCloud";
import { type Moto, startMoto } from "../../support/moto/startMoto";
import { examples } from "../support/program";
import { printedFor } from "../support/references";

const folder = join(examples, "codebuild");
const key = "not-to-be-seen";
const hmac = (by: string, file: string) => createHmac("sha256", by).update(readFileSync(file)).digest("hex");

interface Buildspec {
  readonly env?: { readonly "secrets-manager"?: Readonly<Record<string, string>> };
  readonly phases: { readonly build: { readonly commands: readonly string[] } };
}

const buildspec = (file: string) => parse(readFileSync(join(folder, file), "utf8")) as Buildspec;

function sign(args: string[], environment: Record<string, string>) {
  return spawnSync(process.execPath, [join(folder, "sign.mjs"), ...args], {
    encoding: "utf8",
    env: environment,
  });
}

describe("examples/typescript/codebuild", () => {
  for (const file of ["buildspec.yml", "own-project.yml"])
    it(`${file} runs commands that exist, and passes the key in none of them`, () => {
      const { commands } = buildspec(file).phases.build;
      assert(commands.some((command) => command.includes("examples/typescript/codebuild/sign.mjs")));
      assert(!commands.some((command) => command.includes("SIGNING_KEY")));
    });

  it("own-project.yml has the env that `platform refs --format buildspec` prints", () => {
    const { env } = parse(printedFor("orders/prod/release", "buildspec")) as Buildspec;
    assert.deepEqual(buildspec("own-project.yml").env, { shell: "bash", ...env });
  });

  it("says what is missing", () => {
    assert.match(sign([], { SIGNING_KEY: key }).stderr, /usage/);
    const { status, stderr } = sign(["buildspec.yml"], {});
    assert.equal(status, 2);
    assert.match(stderr, /SIGNING_KEY is not set; name it in `environment`/);
  });

  describe("after rotations", function () {
    this.timeout(240_000);
    let moto: Moto;
    inCloud(startMoto, (started) => (moto = started));

    it("signs with the key of the moment that a build starts at", async () => {
      const credentials = await moto.credentials("111111111111", "orders-prod-release");
      const client = new SecretsManagerClient({ endpoint: moto.endpoint, region: "eu-west-1", credentials });
      const reference = buildspec("own-project.yml").env?.["secrets-manager"]?.["SIGNING_KEY"] ?? "";
      const Name = /:secret:(.+)-.{6}$/.exec(reference)?.[1] ?? "";
      const { ARN } = await client.send(new CreateSecretCommand({ Name, SecretString: `${key}-1` }));

      /** What CodeBuild does of `env` when a build starts: https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html */
      const build = async () => {
        const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: ARN }));
        return sign([join(folder, "sign.mjs")], { SIGNING_KEY: SecretString });
      };
      for (const rotation of [1, 2, 3]) {
        const { status, stdout, stderr } = await build();
        const expected = hmac(`${key}-${rotation}`, join(folder, "sign.mjs"));
        assert.deepEqual([status, stdout, stderr], [0, `${expected}\n`, ""]);
        const SecretString = `${key}-${rotation + 1}`;
        await client.send(new PutSecretValueCommand({ SecretId: ARN, SecretString }));
      }
    });
  });
});
