import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPlan } from "../../../model/load";
import { organisationFiles, settingsFiles } from "../../support/organisation";
import { platform } from "./support/platform";
import { platformOnTerminal } from "./support/terminal";

describe("platform new", function () {
  this.timeout(240_000);
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "new-service-"));
    for (const file of settingsFiles) cpSync(join(organisationFiles, file), join(root, file));
    mkdirSync(join(root, "services"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const create = (...args: string[]) => platform(["new", ...args], { cwd: root });
  const manifest = (service: string) => readFileSync(join(root, "services", `${service}.yaml`), "utf8");

  it("writes a manifest that is valid at once, in every environment", async () => {
    const { code, stdout, stderr } = await create("shipping");
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.match(stdout, /^Written: services\/shipping\.yaml\nNext: .*platform check/);
    const { plan, problems } = loadPlan({ root });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      plan?.secrets.map(({ name }) => name),
      ["shipping/staging/signing-key", "shipping/prod/signing-key"],
    );
    assert.match(manifest("shipping"), /^# yaml-language-server: \$schema=service.schema.json$/m);
    assert.match(manifest("shipping"), /^owner: shipping-team@example.com /m);
  });

  it("stays valid with each of the examples in its comments", async () => {
    await create("shipping");
    const [body = "", comments = ""] = manifest("shipping").split("\n\n# ");
    const group = (name: string) =>
      [...`# ${comments}`.split("\n#\n")]
        .find((text) => text.includes(`\`${name}\``))
        ?.split("\n")
        .slice(1)
        .map((line) => line.slice(2))
        .join("\n");
    const full = ["secrets", "parameters", "consumers"].reduce(
      (text, name) => text.replace(new RegExp(`^(${name}:.*)$`, "m"), `$1\n${group(name)}`),
      body,
    );
    assert.match(full, /database-admin:.*partner-token:.*worker:/s);
    writeFileSync(join(root, "services", "shipping.yaml"), `${full}\n`);
    assert.deepEqual(loadPlan({ root }).problems, []);
  });

  it("takes owner, description and environments", async () => {
    const ran = await create(
      ...[
        "shipping",
        "--owner",
        "ship@example.com",
        "--description",
        'Ships: #1, "now"',
        "--environments",
        "prod",
      ],
    );
    assert.equal(ran.code, 0, ran.stderr);
    const { plan } = loadPlan({ root });
    assert.deepEqual(
      plan?.secrets.map(({ owner, environment }) => [owner, environment]),
      [["ship@example.com", "prod"]],
    );
    assert.match(manifest("shipping"), /^description: 'Ships: #1, "now"'$/m);
  });

  it("asks for owner and description on a terminal", async () => {
    const { code, screen } = await platformOnTerminal(
      ["new", "shipping"],
      [
        { expect: "Address of the owning team" },
        { send: "\u0015ship@example.com\r" },
        { expect: "What the service does" },
        { send: "\u0015Ships things\r" },
      ],
      { cwd: root },
    );
    assert.equal(code, 0, screen);
    assert.match(manifest("shipping"), /^owner: ship@example.com .*\ndescription: Ships things$/m);
  });

  it("writes nothing in a dry run, and over nothing ever", async () => {
    const dry = await create("shipping", "--dry-run");
    assert.match(dry.stdout, /^service: shipping$/m);
    assert.ok(!existsSync(join(root, "services", "shipping.yaml")));
    for (const name of ["shipping.yaml", "billing.yml"]) writeFileSync(join(root, "services", name), "mine");
    for (const service of ["shipping", "billing"]) {
      const { code, stderr } = await create(service);
      assert.equal(code, 1);
      assert.match(stderr, /is there already; it is left as it is/);
    }
    assert.equal(manifest("shipping"), "mine");
  });

  it("refuses names and answers that a manifest may not have, and writes nothing", async () => {
    for (const name of ["Shipping", "s", "aws-things", "configuration", "a/b", "-x"]) {
      const { code } = await create(name);
      assert.equal(code, 2, name);
    }
    const wrong = await create("shipping", "--owner", "nobody", "--environments", "sandbox");
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /owner: .*e-mail address/);
    assert.match(wrong.stderr, /environments.*sandbox/);
    assert.deepEqual(readdirSync(join(root, "services")), []);
  });

  it("takes the folder from where it is called, or else the repository's own from anywhere in it", async () => {
    const inner = join(root, "teams", "logistics");
    mkdirSync(join(inner, "manifests"), { recursive: true });
    const here = await platform(["new", "shipping", "--services", "manifests"], { cwd: inner });
    assert.equal(here.code, 0, here.stderr);
    assert.match(here.stdout, /^Written: manifests\/shipping\.yaml$/m);
    assert.deepEqual(readdirSync(join(inner, "manifests")), ["shipping.yaml"]);
    const own = await platform(["new", "shipping"], { cwd: inner });
    assert.equal(own.code, 0, own.stderr);
    assert.match(own.stdout, /^Written: \.\.\/\.\.\/services\/shipping\.yaml$/m);
    assert.deepEqual(readdirSync(join(root, "services")), ["shipping.yaml"]);
  });

  it("says that there is no folder for it", async () => {
    rmSync(join(root, "services"), { recursive: true });
    const { code, stderr } = await create("shipping");
    assert.equal(code, 1);
    assert.match(stderr, /no folder for services\/shipping\.yaml/);
  });
});
