import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isOff, switches } from "../../startup/switches";
import { sharedOf, decodeOnce } from "../../startup/decodeOnce";
import { withoutSourceMaps } from "../../startup/withoutSourceMaps";
import { withoutStackTraces } from "../../startup/withoutStackTraces";
import { repository } from "../model/plan/support/samples";
import { run } from "./support/run";

/** Runs while one is off. */
async function without<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  process.env[name] = "1";
  try {
    return await work();
  } finally {
    delete process.env[name];
  }
}

describe("switches of the start-up", function () {
  this.timeout(600_000);

  it("are those that the README lists", () => {
    const readme = readFileSync(join(repository, "startup/README.md"), "utf8");
    assert.deepEqual([...new Set(readme.match(/PLATFORM_NO_[A-Z_]+/g))].sort(), [...switches].sort());
  });

  it("count as not set where they are empty or 0", () => {
    const name = "PLATFORM_NO_BUNDLE";
    for (const [value, off] of [
      ["", false],
      ["0", false],
      ["1", true],
      ["true", true],
    ] as const) {
      process.env[name] = value;
      assert.equal(isOff(name), off, value);
    }
    delete process.env[name];
    assert.equal(isOff(name), false);
    assert.throws(() => isOff("PLATFORM_NO_BUNDEL"), /is no switch/);
  });

  it("change nothing of what the command says", async () => {
    const command = join(repository, "cli/platform.js");
    const check = async (set = {}) =>
      (await run(command, ["check", "--format", "json"], set)).replace(
        /"seconds": [\d.]+/,
        '"seconds": SOME',
      );
    const expected = await check();
    assert.match(expected, /"seconds": SOME[^]*exit 0\n$/);
    for (const name of ["PLATFORM_NO_COMPILED", "PLATFORM_NO_BRIEF", "PLATFORM_NO_TRACELESS"])
      assert.equal(await check({ [name]: "1" }), expected, name);
    // From its sources: the bundle is among them.
    assert.equal(
      await check(Object.fromEntries(switches.map((name) => [name, "1"]))),
      expected,
      "all of them",
    );
  });

  it("let Pulumi take stack traces", async () => {
    const { stackTraceLimit } = Error;
    const limit = () => withoutStackTraces(() => Promise.resolve(Error.stackTraceLimit));
    assert.equal(await limit(), 0);
    assert.equal(await without("PLATFORM_NO_TRACELESS", limit), stackTraceLimit);
    assert.equal(Error.stackTraceLimit, stackTraceLimit);
  });

  it("let Pulumi's runner format them", async () => {
    const format = () => "formatted";
    const errors = Error as { prepareStackTrace?: unknown };
    const before = errors.prepareStackTrace;
    try {
      errors.prepareStackTrace = format;
      await without("PLATFORM_NO_UNMAPPED", withoutSourceMaps);
      assert.equal(errors.prepareStackTrace, format);
      withoutSourceMaps();
      assert.equal(errors.prepareStackTrace, undefined);
    } finally {
      errors.prepareStackTrace = before;
    }
  });

  it("let the package for policies decode a message for every policy", async () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const decoding = require("@pulumi/policy/deserialize") as {
      deserializeProperties: (message: object, proxySecrets: boolean) => object;
    };
    const { deserializeProperties: original } = decoding;
    const message = { getFieldsMap: () => new Map(), toJavaScript: () => ({}) };
    try {
      await without("PLATFORM_NO_DECODE_ONCE", decodeOnce);
      assert.equal(decoding.deserializeProperties, original);
      decodeOnce();
      const decoded = decoding.deserializeProperties(message, false);
      assert.notEqual(sharedOf(decoded), undefined);
      assert.equal(decoding.deserializeProperties(message, false), decoded);
    } finally {
      decoding.deserializeProperties = original;
    }
  });
});
