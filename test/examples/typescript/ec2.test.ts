import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { referenceFile } from "../../../components/workload/references";
import { type CredentialServer, startInstanceMetadata } from "../support/credentialServers";
import { type Databases, databases } from "../support/databases";
import { examples, start, stopPrograms } from "../support/program";

describe("examples/typescript/ec2", function () {
  this.timeout(300_000);
  let running: Databases;
  let instance: CredentialServer;
  let folder: string;
  databases((started) => (running = started));
  before(async () => {
    instance = await startInstanceMetadata("orders-prod-reports");
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "reports-"));
  });
  afterEach(async () => {
    await stopPrograms();
    rmSync(folder, { recursive: true });
  });
  after(() => instance.close());

  /** On an instance that has written what its launch template says. */
  function reports(arns: Readonly<Record<string, string>>) {
    const file = join(folder, "references.json");
    writeFileSync(file, referenceFile(Object.entries(arns).map(([item, arn]) => ({ item, arn }))));
    return start("ec2/reports.ts", {
      ...running.environment,
      AWS_EC2_METADATA_DISABLED: "false",
      AWS_EC2_METADATA_SERVICE_ENDPOINT: instance.endpoint,
      REFERENCES: file,
      PAUSE_SECONDS: "0.2",
      TMPDIR: folder,
      HOME: folder,
    });
  }

  it("reads with the instance's role, goes on through rotations, and writes no file", async () => {
    const login = await running.alternating();
    const passwords = [login.current().password];
    const { child, ended, output, printed } = reports({ database: login.secret.arn });
    await printed("orders counted");
    assert(instance.answered.includes("GET /latest/meta-data/iam/security-credentials/orders-prod-reports"));
    for (let rotations = 0; rotations < 3; rotations++) {
      await login.rotate();
      await login.disconnect();
      passwords.push(login.current().password);
      const before = output().split("orders counted").length;
      await printed("orders counted", before + 1);
    }
    child.kill("SIGTERM");
    assert.equal((await ended).code, 0);
    for (const password of passwords) assert(!output().includes(password));
    // tsx, which stands in for a newer Node.js, keeps what it compiled.
    const written = readdirSync(folder).filter(
      (name) => !name.startsWith("tsx-") && !name.startsWith("node-"),
    );
    assert.deepEqual(written, ["references.json"]);
  });

  it("says what to do where the manifest does not name the item", async () => {
    const { code, output } = await reports({}).ended;
    assert.equal(code, 1);
    assert.match(output, /has no "database"; add it to the consumer's `reads`/);
  });

  it("has a unit that starts what is there, and no values in files", () => {
    const unit = readFileSync(join(examples, "ec2/orders-reports.service"), "utf8");
    const program = /^ExecStart=\/usr\/bin\/node \/opt\/orders\/(\S+)$/m.exec(unit)?.[1] ?? "";
    assert.match(readFileSync(join(examples, program), "utf8"), /orders counted/);
    assert.doesNotMatch(unit, /\/run\b|RuntimeDirectory|EnvironmentFile|LoadCredential/);
  });
});
