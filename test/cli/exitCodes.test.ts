import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputPropertiesError } from "@pulumi/pulumi";
import type { JsonReport } from "../../cli/check/jsonReport";
import { rules } from "../../policies/rules";
import type { Rule } from "../../policies/rules/rule";
import { organisationFiles, settingsFiles } from "../support/organisation";
import { probe } from "./check/support/probes";
import { inPlaceOf } from "./support/inPlaceOf";
import { platformHere } from "./support/inProcess";

const clean = 0;
const findings = 1;
const usage = 2;

/** What a command ends with decides whether a pipeline goes on. */
describe("the exit code of platform", () => {
  let root: string;

  before(() => {
    root = mkdtempSync(join(tmpdir(), "exit-codes-"));
    for (const file of settingsFiles) cpSync(join(organisationFiles, file), join(root, file));
    mkdirSync(join(root, "services"));
    mkdirSync(join(root, "wrong"));
    writeFileSync(join(root, "wrong", "orders.yaml"), "service: orders\nownr: a@example.com\n");
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const platform = (...args: readonly string[]) => platformHere(args, root);

  /** With a rule more. */
  async function probed(rule: Rule, ...args: readonly string[]) {
    const all = rules as Rule[];
    all.push(rule);
    try {
      return await platform("check", ...args);
    } finally {
      all.splice(all.indexOf(rule), 1);
    }
  }

  it("is that of a failure until the command has come to its end", async () => {
    const { codeMeanwhile, code, listensTo } = await platform("--help");
    assert.deepEqual([codeMeanwhile, code], [findings, clean]);
    assert.deepEqual(listensTo, [
      "process SIGINT",
      "process SIGTERM",
      "process SIGHUP",
      "process exit",
      "stdout error",
      "stderr error",
    ]);
  });

  it("is 0 for help, which names each option with what it takes", async () => {
    const { code, stdout, stderr } = await platform("check", "--help");
    assert.deepEqual([code, stderr], [clean, ""]);
    assert.match(
      stdout,
      /--format <format> .*\(choices: "text", "json",\s+"markdown",\s+default:\s+"text"\)/,
    );
    for (const option of ["--services <folder>", "--stack <name>", "--export <folder>"])
      assert.ok(stdout.includes(option), stdout);
  });

  for (const args of [
    [],
    ["deploy"],
    ["check", "--format", "yaml"],
    ["check", "--unknown"],
    ["check", "x"],
  ]) {
    it(`is 2 for platform ${args.join(" ")}`, async () => {
      const { code, stdout, stderr } = await platform(...args);
      assert.deepEqual([code, stdout], [usage, ""]);
      assert.notEqual(stderr, "");
    });
  }

  it("is 2 for a stack there is not", async () => {
    const { code, stdout, stderr } = await platform("check", "--stack", "test");
    assert.deepEqual([code, stdout], [usage, ""]);
    assert.equal(stderr, "error: there is no stack test; there are security, staging, prod\n");
  });

  it("is 0 where no rule finds anything; the time is told in seconds", async () => {
    const times = [20_000_000];
    const putBack = inPlaceOf(performance, "now", () => times.pop() ?? 30_000_000);
    const { code, stdout, stderr } = await platform("check").finally(putBack);
    assert.deepEqual([code, stderr], [clean, ""]);
    assert.match(stdout, /, built in 10000\.0 s without a cloud\n/);
    assert.match(stdout, /\d+ policies, nothing refused\n/);
  });

  it("is 1 where a rule refuses something, for people and machines", async () => {
    const { code, stdout, stderr } = await probed(probe("mandatory"));
    assert.deepEqual([code, stderr], [findings, ""]);
    assert.match(stdout, /^2 findings of \d+ policies refuse this$/m);
    const json = await probed(probe("mandatory"), "--format", "json");
    assert.deepEqual([json.code, json.stderr], [findings, ""]);
    const { violations, stacks } = JSON.parse(json.stdout) as JsonReport;
    assert.deepEqual(
      violations.map(({ stack, policy }) => [stack, policy]),
      [
        ["staging", "probe-mandatory"],
        ["prod", "probe-mandatory"],
      ],
    );
    assert.equal(stacks.length, 3);
    assert.ok(json.stdout.startsWith('{\n  "stacks"') && json.stdout.endsWith("\n}\n"), json.stdout);
  });

  it("is 0 where a rule only advises", async () => {
    const { code, stdout } = await probed(probe("advisory"));
    assert.equal(code, clean);
    assert.match(stdout, /nothing refused, 2 advisory findings$/m);
  });

  it("is that of the one stack that is asked about, which alone is written", async () => {
    const written = join(root, "export");
    const elsewhere = await probed(probe("mandatory"), "--stack", "security", "--export", written);
    assert.equal(elsewhere.code, clean);
    assert.match(elsewhere.stdout, /^0 services, 1 account, /);
    const { version } = JSON.parse(readFileSync(join(written, "security.json"), "utf8")) as {
      version: number;
    };
    assert.equal(version, 3);
    assert.throws(() => readFileSync(join(written, "prod.json")), { code: "ENOENT" });
    const there = await probed(probe("mandatory"), "--stack", "prod", "--format", "json");
    assert.equal(there.code, findings);
    const { violations, stacks } = JSON.parse(there.stdout) as JsonReport;
    assert.deepEqual(
      [violations.map(({ stack }) => stack), stacks.map(({ stack }) => stack)],
      [["prod"], ["prod"]],
    );
  });

  it("is 1 for a wrong manifest, and nothing is written", async () => {
    const written = join(root, "never");
    const wrong = ["check", "--services", join(root, "wrong"), "--export", written];
    const { code, stdout, stderr } = await platform(...wrong);
    assert.deepEqual([code, stdout], [findings, ""]);
    assert.match(stderr, /^wrong\/orders\.yaml:1:1 owner: .*\n(?:.+\n)+\n5 errors; nothing was built\n$/);
    assert.throws(() => readFileSync(join(written, "prod.json")), { code: "ENOENT" });
    const json = await platform(...wrong, "--format", "json");
    assert.deepEqual([json.code, json.stderr], [findings, ""]);
    assert.equal((JSON.parse(json.stdout) as JsonReport).errors[0]?.path, "owner");
    const one = await platform("check", "--services", join(root, "services"), "--stack", "prod");
    assert.equal(one.code, findings);
    assert.match(one.stderr, /holds no manifest.*\n\n1 error; nothing was built\n$/);
  });

  it("is 1 for what no check of files foresaw, which is told in one sentence", async () => {
    const thrown = new InputPropertiesError({ message: "alias: wrong", errors: [] });
    const { code, stdout, stderr } = await probed(
      probe("mandatory", () => {
        throw thrown;
      }),
    );
    assert.deepEqual([code, stdout, stderr], [findings, "", "error: alias: wrong\n\nnothing was built\n"]);
  });

  it("is Node's for a mistake of the program, told without the frames of packages", async () => {
    const mistake = new TypeError("a mistake");
    mistake.stack =
      "TypeError: a mistake\n    at ours (cli/check/check.ts:1:1)\n    at x (/node_modules/y.js:1:1)";
    await assert.rejects(
      probed(
        probe("mandatory", () => {
          throw mistake;
        }),
      ),
      (error) => error === mistake,
    );
    assert.equal(mistake.stack, "TypeError: a mistake\n    at ours (cli/check/check.ts:1:1)");
  });

  it("shows on a terminal what is being done, and takes it away again", async () => {
    const { CI, ...env } = process.env;
    const putBack = [inPlaceOf(process.stderr, "isTTY", true), inPlaceOf(process, "env", env)];
    const { stderr } = await platform("check").finally(() => putBack.forEach((put) => put()));
    assert.equal(process.env["CI"], CI);
    const steps = stderr.split("\r\u001b[2K");
    assert.deepEqual(
      [steps[1], steps.at(-2), steps.at(-1)],
      ["reading manifests …", "deciding who can read what …", ""],
    );
  });
});
