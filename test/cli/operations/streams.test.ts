import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { provided } from "../../support/leftOut";
import { organisationRoot } from "../../support/organisation";
import { type Account, type Cloud, startCloud } from "./support/cloud";
import { fixtureServices, planFrom, repository, secretNamed } from "./support/plan";
import { cleanEnvironment, type Environment } from "./support/platform";
import { platformOnTerminal } from "./support/terminal";

const item = "shop/prod/signing-key";

/** A terminal on which nobody types, and which keeps no process alive. */
const silentTerminal = `
const stdin = new (require("node:events").EventEmitter)();
const done = () => stdin;
Object.assign(stdin, { isTTY: true, setRawMode: done, resume: done, pause: done });
Object.defineProperty(process, "stdin", { value: stdin });
process.stderr.isTTY = true;
`;

describe("standard streams that end early", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  let security: Account;
  let env: Environment;
  const folder = mkdtempSync(join(tmpdir(), "streams-"));
  before(async function () {
    this.timeout(720_000);
    cloud = await provided(this, startCloud);
    security = await cloud.account("security");
    env = await cloud.signedIn("security");
    await security.deploySecret(secretNamed(planFrom(), item));
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await cloud?.stop();
  });

  /** Of a shell's line, in which `platform` is the command; ends in the command's own code. */
  async function shell(line: string, more: Environment = {}) {
    const command = `"${process.execPath}" "${join(repository, "cli/platform.js")}"`;
    const script = `platform() { ${command} "$@"; }; set -o pipefail\n${line}`;
    const child = spawn("bash", ["-c", script], {
      cwd: organisationRoot,
      env: { ...cleanEnvironment, ...env, ...more, SERVICES: fixtureServices },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    const [code] = (await once(child, "close")) as [number];
    return { code, output };
  }

  it("leaves the exit code as it is where the reader has read enough, and shows no stack trace", async () => {
    const status = await shell('platform status --services "$SERVICES" --format json | head -c 5');
    assert.deepEqual(status, { code: 1, output: '{\n  "' });
    const check = await shell('platform check --services "$SERVICES" --format json | true');
    assert.deepEqual(check, { code: 0, output: "" });
    const errors = await shell("platform set shop/prod/nothing 2>&1 >/dev/null | true");
    assert.deepEqual(errors, { code: 2, output: "" });
  });

  it("writes a value though nobody reads what is said of it", async () => {
    const { code, screen } = await platformOnTerminal(
      ["set", item, "--services", fixtureServices],
      [
        { expect: "(not shown)" },
        { send: "canary-one\r" },
        { expect: "Once more" },
        { send: "canary-one\r" },
        { expect: "Write it" },
        { send: "y" },
      ],
      { env, shell: '"$0" "$@" | true; exit "${PIPESTATUS[0]}"' },
    );
    assert.equal(code, 0, screen);
    assert.doesNotMatch(screen, /^\s+at /m);
    assert.equal(await security.secretValue(item), "canary-one");
  });

  it("says that its output could not be kept", async () => {
    const { code, output } = await shell('platform status --services "$SERVICES" > /dev/full');
    assert.equal(code, 1);
    assert.equal(
      output,
      "error: the output could not be written (ENOSPC); what the command did stays done\n",
    );
  });

  it("writes nothing where standard input is closed, or is no stream", async () => {
    const before = await security.secretValue(item);
    for (const [input, expected] of [
      ["<&-", /it is empty/],
      ["</dev/null", /it is empty/],
      ["<.", /it is empty/],
      [`0>"${join(folder, "written")}"`, /standard input cannot be read \(EBADF\); nothing was written/],
    ] as const) {
      const { code, output } = await shell(`platform set ${item} --services "$SERVICES" ${input}`);
      assert.equal(code, 1, input);
      assert.match(output, expected);
      assert.doesNotMatch(output, /^\s+at /m);
    }
    assert.equal(await security.secretValue(item), before);
  });

  it("is no success where it ends before it is done, for want of anything to wait for", async () => {
    const silent = join(folder, "silent.cjs");
    writeFileSync(silent, silentTerminal);
    // What bundles the command would wait for input as well.
    await shell("platform --help");
    const { code, output } = await shell(`platform new shipping --services "${folder}" --dry-run`, {
      NODE_OPTIONS: `--require ${silent}`,
    });
    assert.match(output, /Address of the owning team/);
    assert.equal(code, 1);
  });
});
