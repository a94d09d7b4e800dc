import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jsonSchemaText } from "../../model/catalogue/schema/jsonSchema";
import { platform } from "./support/platform";

describe("platform schema", function () {
  this.timeout(240_000);
  let root: string;
  let inner: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "schema-"));
    inner = join(root, "teams", "logistics");
    for (const folder of [join(root, "services"), join(inner, "manifests")])
      mkdirSync(folder, { recursive: true });
    writeFileSync(join(root, "Pulumi.yaml"), "");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("writes beside the repository's manifests, from anywhere in it", async () => {
    const ran = await platform(["schema"], inner);
    assert.deepEqual(ran, { code: 0, stdout: "wrote ../../services/service.schema.json\n", stderr: "" });
    assert.equal(readFileSync(join(root, "services", "service.schema.json"), "utf8"), jsonSchemaText());
  });

  it("offers the environments that the stacks' files give, whatever else is in them", async () => {
    for (const [file, text] of [
      ["Pulumi.live.yaml", "config:\n  secrets-platform:environment: live\n"],
      ["Pulumi.beta.yaml", "config:\n  secrets-platform:environment: beta\n  secrets-platform:account: 1\n"],
      ["Pulumi.security.yaml", "config:\n  secrets-platform:environments: [live]\n"],
      ["Pulumi.odd.yaml", 'config:\n  secrets-platform:environment: "O d"\n'],
      ["Pulumi.broken.yaml", "config: ["],
    ] as const)
      writeFileSync(join(root, file), text);
    assert.equal((await platform(["schema"], inner)).code, 0);
    const text = readFileSync(join(root, "services", "service.schema.json"), "utf8");
    assert.equal(text, jsonSchemaText(["beta", "live"]));
    assert.notEqual(text, jsonSchemaText());
    assert.ok(!text.includes('staging"\n'));
  });

  it("takes another folder from where it is called", async () => {
    const ran = await platform(["schema", "--services", "manifests"], inner);
    assert.deepEqual(ran, { code: 0, stdout: "wrote manifests/service.schema.json\n", stderr: "" });
    assert.deepEqual(readdirSync(join(inner, "manifests")), ["service.schema.json"]);
    assert.deepEqual(readdirSync(join(root, "services")), []);
  });

  it("says where it stands as JSON too", async () => {
    const { code, stdout } = await platform(["schema", "--services", "manifests", "--format", "json"], inner);
    assert.deepEqual([code, JSON.parse(stdout)], [0, { file: "manifests/service.schema.json" }]);
  });

  it("exits with 2 where there is no such folder", async () => {
    const { code, stdout, stderr } = await platform(["schema", "--services", "nowhere"], inner);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(
      stderr,
      /^error: nowhere\/service\.schema\.json cannot be written: its folder does not exist$/m,
    );
  });

  it("writes through no link", async () => {
    const folder = mkdtempSync(join(tmpdir(), "schema-"));
    try {
      writeFileSync(join(folder, "mine"), "kept");
      symlinkSync("mine", join(folder, "service.schema.json"));
      const ran = await platform(["schema", "--services", folder]);
      assert.match(ran.stderr, /service\.schema\.json cannot be written: it is a link/);
      assert.equal(readFileSync(join(folder, "mine"), "utf8"), "kept");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
