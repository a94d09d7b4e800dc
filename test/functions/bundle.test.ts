import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { bundleFunction } from "../../functions/bundle";
import { deployFunction } from "./support/functionProcess";
import { functionEntries } from "../../model/functions/settings";

const root = join(__dirname, "..", "..");

describe("bundles of the functions", () => {
  for (const entry of functionEntries) {
    it(`${entry}: says nothing of the machine and leaves the SDK to the runtime`, async () => {
      const text = await bundleFunction(entry);
      assert.ok(!text.includes(root) && !text.includes("node_modules") && !text.includes("sourceMappingURL"));
      assert.ok(text.length < 200_000, `${text.length} characters`);
      const required = new Set([...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name ?? ""));
      for (const name of required) {
        const isExternal = name.startsWith("@aws-sdk/") || ["pg-native", "pg-cloudflare"].includes(name);
        assert.ok(isExternal || isBuiltin(name), name);
      }
      assert.ok([...required].some((name) => name.startsWith("@aws-sdk/client-")));
    });
  }

  it("load beside their settings, with a handler", async () => {
    const settings = { secrets: [], expectedParameters: [], warnDays: 14, rollouts: [] };
    for (const entry of functionEntries) {
      const deployed = await deployFunction(entry, settings, {});
      try {
        await deployed.start();
      } finally {
        await deployed.remove();
      }
    }
  }).timeout(120_000);

  it("come out the same in another process and another working directory", async () => {
    const script = `
      const { bundleFunction } = require(${JSON.stringify(join(root, "functions/bundle.ts"))});
      bundleFunction("rotation/postgres").then((text) => process.stdout.write(text));`;
    const other = execFileSync(
      process.execPath,
      ["--require", require.resolve("tsx/cjs"), "--eval", script],
      {
        cwd: "/",
        encoding: "utf8",
      },
    );
    assert.equal(other, await bundleFunction("rotation/postgres"));
  });
});
