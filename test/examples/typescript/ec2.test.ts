import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { referenceFile } from "../../../components/workload/references";

const script = join(__dirname, "../../../examples/typescript/ec2/fetch-values.sh");
const databaseArn = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:orders/prod/database-AbCdEf";
const tokenArn = "arn:aws:ssm:eu-west-1:111111111111:parameter/billing/prod/token";
const value = '{"username":"orders","password":"it\'s $HOME \\\\ \\"quoted\\""}';

/** Answers as the AWS CLI would, and notes what it was called with. */
const awsCli = `#!/bin/sh
echo "$*" >> "$CALLS"
case "$*" in
  *get-secret-value*) printf '%s\\n' "$VALUE" ;;
  *get-parameter*) [ -z "$DENIED" ] || { echo AccessDenied >&2; exit 254; }; echo token-value ;;
esac
`;

describe("examples/typescript/ec2/fetch-values.sh", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fetch-values-"));
    mkdirSync(join(folder, "bin"));
    mkdirSync(join(folder, "run"));
    writeFileSync(join(folder, "bin/aws"), awsCli);
    chmodSync(join(folder, "bin/aws"), 0o755);
    const references = [
      { item: "billing/token", arn: tokenArn },
      { item: "database", arn: databaseArn },
    ];
    writeFileSync(join(folder, "references.json"), referenceFile(references));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function run(environment: Record<string, string> = {}) {
    return spawnSync(script, ["orders", join(folder, "run")], {
      encoding: "utf8",
      env: {
        PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
        REFERENCES: join(folder, "references.json"),
        CALLS: join(folder, "calls"),
        VALUE: value,
        ...environment,
      },
    });
  }
  const read = (file: string) => readFileSync(join(folder, file), "utf8");

  it("writes each value to a file that only its user may read", () => {
    const { status, stdout, stderr } = run();
    assert.deepEqual([status, stdout, stderr], [0, "", ""]);
    assert.equal(read("run/database"), `${value}\n`);
    assert.equal(read("run/billing/token"), "token-value\n");
    assert.equal(statSync(join(folder, "run/database")).mode & 0o777, 0o400);
    assert.equal(statSync(join(folder, "run/billing")).mode & 0o777, 0o700);
  });

  it("asks by ARN in the region the ARN names, with no value among the arguments", () => {
    run();
    assert.deepEqual(read("calls").trim().split("\n"), [
      `ssm get-parameter --region eu-west-1 --name ${tokenArn} --with-decryption --query Parameter.Value --output text`,
      `secretsmanager get-secret-value --region eu-central-1 --secret-id ${databaseArn} --query SecretString --output text`,
    ]);
  });

  it("leaves what was there when reading fails, and says which item it was", () => {
    run();
    const { status, stderr } = run({ DENIED: "1" });
    assert.equal(status, 1);
    assert.match(stderr, /billing\/token could not be read/);
    assert.equal(read("run/billing/token"), "token-value\n");
    assert.deepEqual(readdirSync(join(folder, "run/billing")), ["token"], "nothing half-written is left");
  });

  it("replaces a value that has changed", () => {
    run();
    assert.equal(run({ VALUE: "rotated" }).status, 0);
    assert.equal(read("run/database"), "rotated\n");
  });

  it("fails where there are no references", () => {
    assert.notEqual(run({ REFERENCES: join(folder, "absent.json") }).status, 0);
  });
});
