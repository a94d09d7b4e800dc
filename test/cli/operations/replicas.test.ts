import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { provided } from "../../support/leftOut";
import { failing } from "../../support/moto/doubles";
import { type Cloud, startCloud } from "./support/cloud";
import { fixtureServices, planFrom } from "./support/plan";
import { type Environment, platform } from "./support/platform";
import { type OperationsDouble, startOperationsDouble } from "./support/secretsManager";

const name = "shop/prod/signing-key";

describe("platform status of copies in other regions", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  let double: OperationsDouble;
  let env: Environment;
  let services: string;
  before(async function () {
    this.timeout(720_000);
    services = mkdtempSync(join(tmpdir(), "replicas-"));
    const manifest = readFileSync(join(fixtureServices, "shop.yaml"), "utf8");
    const copied = manifest.replace("description: One generated text", "$&\n    replicas: [eu-central-1]");
    assert.notEqual(copied, manifest);
    writeFileSync(join(services, "shop.yaml"), copied);
    cloud = await provided(this, startCloud);
  });
  beforeEach(async () => {
    await cloud.reset();
    double = await startOperationsDouble();
    cloud.proxy.use(double);
    env = await cloud.signedIn("security");
    for (const { name: planned, rotation } of planFrom(services).secrets) {
      double.create(planned, { expression: rotation.schedule.expression });
    }
  });
  afterEach(() => double?.close());
  after(async () => {
    await cloud?.stop();
    if (services !== undefined) rmSync(services, { recursive: true });
  });

  const replicate = (item: string, status: string, message = "") => {
    double.rotation(double.service.secrets.find(item)).replicas = [
      { Region: "eu-central-1", Status: status, StatusMessage: message },
    ];
  };
  const lines = async () => {
    const { stdout } = await platform(["status", "--services", services], { env });
    return stdout
      .split("\n")
      .filter((line) => !/partner-token|certificate|never noted/.test(line))
      .join("\n");
  };

  it("says which failed and why, in AWS's words, and how to fix it; the others are in order", async () => {
    replicate("shop/staging/signing-key", "InSync");
    replicate(
      name,
      "Failed",
      "Secret name shop/prod/signing-key \u001b[31malready exists in region eu-central-1",
    );
    const said = await lines();
    assert.match(said, /shop\/prod\/signing-key +replica failed /);
    assert.match(said, /shop\/staging\/signing-key +ok /);
    assert.match(
      said,
      /replica failed +shop\/prod\/signing-key: its copy in eu-central-1 is Failed, and keeps what it had \(AWS: Secret name shop\/prod\/signing-key already exists in region eu-central-1\)\n +another secret has this name there: .*aws secretsmanager replicate-secret-to-regions --secret-id shop\/prod\/signing-key --add-replica-regions Region=eu-central-1,KmsKeyId=alias\/prod\/configuration .*--force-overwrite-replica-secret/,
    );
    assert.ok(!said.includes("\u001b"));
    const described = cloud.proxy.calls.filter(({ action }) => action === "DescribeSecret");
    assert.deepEqual(
      described.map(({ body }) => body.SecretId).filter((id) => !String(id).endsWith("signing-key")),
      [],
    );
  });

  it("says what each cause needs, and that a copy is missing", async () => {
    replicate("shop/staging/signing-key", "InProgress");
    for (const [status, message, expected] of [
      [
        "Failed",
        "KMS key is disabled",
        /pulumi up --refresh --stack security --policy-pack policies makes the key alias\/prod\/configuration/,
      ],
      ["Failed", "You have not enabled the Region", /enable the region for the account/],
      ["Failed", "", /correct what AWS names/],
      ["Detached", "", /is Detached/],
    ] as const) {
      replicate(name, status, message);
      assert.match(await lines(), expected);
    }
    double.rotation(double.service.secrets.find(name)).replicas = [];
    assert.match(
      await lines(),
      /it has no copy in eu-central-1\n +pulumi up --refresh --stack security --policy-pack policies makes it/,
    );
  });

  it("says where it may not look", async () => {
    cloud.proxy.forget();
    cloud.proxy.use(failing("DescribeSecret", "AccessDeniedException", { times: Infinity }), double);
    const said = await lines();
    assert.match(
      said,
      /shop\/prod\/signing-key: whether its copies in eu-central-1 follow shows by secretsmanager:DescribeSecret/,
    );
    assert.match(said, /shop\/prod\/signing-key +ok /);
  });
});
