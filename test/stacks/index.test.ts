import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
// The host of Node.js programs requires it so.
// eslint-disable-next-line @typescript-eslint/no-require-imports
import run = require("../../stacks/index");
import { copyOrganisation, organisationRoot } from "../support/organisation";

/** What `pulumi up` runs. That it deploys is for the tests with the real engine. */
describe("the program", () => {
  const folder = process.cwd();
  before(() => process.chdir(organisationRoot));
  after(() => process.chdir(folder));

  it("refuses a stack that is none of the organisation's, naming those that are", async () => {
    await select("test");
    await refused(
      run(),
      "`accounts` in Pulumi.yaml has no test; it has security, staging, prod. Select one of them, or add this one with its account.",
    );
  });

  it("refuses what is wrong in files before anything is made, all of it in a line each", async () => {
    const root = mkdtempSync(join(tmpdir(), "program-"));
    try {
      copyOrganisation(root);
      writeFileSync(join(root, "services", "orders.yaml"), "service: orders\nowner: nobody\n");
      process.chdir(root);
      await select("security");
      await assert.rejects(run(), (error) => {
        assert.ok(error instanceof pulumi.RunError);
        const [first, ...lines] = error.message.split("\n");
        assert.equal(first, "Nothing was changed, because these have to be corrected first:");
        assert.ok(lines.length >= 3);
        for (const line of lines) assert.match(line, /^services\/[a-z]+\.yaml:\d+:\d+ /);
        return true;
      });
    } finally {
      process.chdir(organisationRoot);
      rmSync(root, { recursive: true });
    }
  });

  it("checks the configuration of the stack that is running in place of its file", async () => {
    await select("prod");
    pulumi.runtime.setAllConfig({ "secrets-platform:production": "maybe" });
    try {
      await assert.rejects(
        run(),
        /Pulumi\.prod\.yaml:\d+:\d+ config\.secrets-platform:production: found "maybe"/,
      );
    } finally {
      pulumi.runtime.setAllConfig({});
    }
  });

  it("goes on to what other stacks and the cloud say with a stack that is one of the organisation's", async () => {
    await select("security");
    await assert.rejects(run(), /unexpected pulumi:providers:secrets-platform/);
    await select("prod");
    await assert.rejects(run(), /the audit bucket is not exported by stack security\. Deploy it first/);
  });

  it("leaves no frame of a package in what it throws, on which Pulumi's colours may never end", async () => {
    await select("test");
    Error.prepareStackTrace = (error) =>
      `${String(error)}\n    at stacks/index.ts:1:1\n    at f (/a/node_modules/@pulumi/resource.ts:1598:22)`;
    try {
      await assert.rejects(run(), ({ message, stack }: Error) => {
        assert.equal(stack, `Error: ${message}\n    at stacks/index.ts:1:1`);
        return true;
      });
    } finally {
      (Error as { prepareStackTrace?: unknown }).prepareStackTrace = undefined;
    }
  });

  async function refused(running: Promise<unknown>, message: string): Promise<void> {
    await assert.rejects(running, (error) => {
      assert.ok(error instanceof pulumi.RunError);
      assert.equal(error.message, message);
      return true;
    });
  }
});

function select(stack: string): Promise<void> {
  const none: pulumi.runtime.Mocks = {
    call: ({ token }) => {
      throw new Error(`unexpected call of ${token}`);
    },
    newResource: ({ type }) => {
      throw new Error(`unexpected ${type}`);
    },
  };
  return Promise.resolve(pulumi.runtime.setMocks(none, "secrets-platform", stack, false));
}
