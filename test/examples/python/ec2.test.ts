import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { referenceFile } from "../../../components/workload/references";
import { type CredentialsServer, handedOut, startInstanceMetadata } from "./support/credentialsServer";
import { type DatabaseWorld, databaseWorld, type RotatingLogin } from "./support/database";
import { examples } from "./support/examplesPython";
import { assertKeepsToItself, type Environment, type Program, startProgram } from "./support/program";

describe("examples/python/ec2", function () {
  this.timeout(240_000);
  let world: DatabaseWorld;
  let metadata: CredentialsServer;
  let folder: string;
  const programs: Program[] = [];

  databaseWorld((started) => (world = started));
  beforeEach(async () => {
    metadata = await startInstanceMetadata("orders-prod-reports");
    folder = mkdtempSync(join(tmpdir(), "reports-"));
  });
  afterEach(async () => {
    await Promise.all(programs.splice(0).map((program) => program.stop()));
    await metadata.stop();
    rmSync(folder, { recursive: true });
  });

  /** As on an instance: no credentials but those of its role, and the file that the launch template writes. */
  async function start(arn: string, environment: Environment = {}): Promise<Program> {
    const references = join(folder, "references.json");
    writeFileSync(references, referenceFile([{ item: "database", arn }]));
    const program = await startProgram("ec2/reports.py", {
      AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.endpoint,
      REFERENCES: references,
      EVERY_SECONDS: "0.2",
      HOME: folder,
      ...world.environment,
      ...environment,
    });
    programs.push(program);
    return program;
  }
  const reports = (program: Program) => program.output().split("0 orders").length - 1;

  for (const strategy of ["single user", "alternating users"] as const) {
    it(`${strategy}: reports on through rotations, by the role of its instance and with no file`, async () => {
      const login = await world.create(strategy);
      const program = await start(login.arn);
      await program.printed("0 orders", 2);
      for (let times = 1; times <= 3; times++) await rotateUnder(program, login);
      assert.match(program.output(), /the login was refused; reading the present one/);
      program.child.kill("SIGTERM");
      assert.equal(await program.ended, 0);
      assert.equal(metadata.handedOut(), 1);
      assertKeepsToItself(program.output(), [...login.values(), ...handedOut]);
    });
  }

  /** The session ends as at a failover; systemd starts the program again where that ended it. */
  async function rotateUnder(program: Program, login: RotatingLogin): Promise<void> {
    await login.rotate();
    await login.disconnect();
    await program.printed("0 orders", reports(program) + 2);
  }

  it("ends with its reason where it cannot read or log in, showing no value", async () => {
    const login = await world.create("single user");
    const gone = await start(`${login.arn.slice(0, -6)}AbCdEf`);
    assert.equal(await gone.ended, 1);
    assert.match(gone.output(), /^ending after ResourceNotFoundException$/m);
    const secret = world.service.secrets.find(login.arn);
    const wrong = "canary-of-a-wrong-password";
    const put = (value: string) => world.service.secrets.put(secret, value, value, ["AWSCURRENT"]);
    put(JSON.stringify({ ...login.current(), password: wrong }));
    const refused = await start(login.arn);
    assert.equal(await refused.ended, 1);
    assert.match(refused.output(), /^ending after OperationalError$/m);
    put(JSON.stringify({ password: wrong }));
    const incomplete = await start(login.arn);
    assert.equal(await incomplete.ended, 1);
    put(wrong);
    const plain = await start(login.arn);
    assert.equal(await plain.ended, 1);
    for (const { output } of [gone, refused, incomplete, plain])
      assertKeepsToItself(output(), [wrong, ...handedOut]);
  });

  it("has a unit that hands over no value, and runs the program there is", () => {
    const unit = readFileSync(join(examples, "ec2/orders-reports.service"), "utf8");
    assert.match(unit, /^ExecStart=\/opt\/orders\/bin\/python \/opt\/orders\/reports\.py$/m);
    assert.doesNotMatch(unit, /^(RuntimeDirectory|EnvironmentFile|LoadCredential|ExecStartPre)/m);
  });
});
