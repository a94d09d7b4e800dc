import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { provided } from "../support/leftOut";
import { Emulator, Engine, type Project, repositoryRoot } from "./support/workspace";

/** Minutes that the first build of the CLI on a machine may take. */
const buildMinutes = 30;

const stacks = ["security", "staging", "prod"] as const;

const manifest = `service: orders
owner: orders-team@example.com
description: Takes orders
environments: [staging, prod]
parameters:
  log-level: { description: How much is logged, type: String, value: info }
consumers:
  api: { kind: lambda, reads: [log-level] }
`;

/** The base of every account comes first: trails, keys, boundaries and alarms, before any service joins. */
describe("an organisation without manifests by the real Pulumi CLI", function () {
  this.timeout(240_000);
  let empty: string;
  let emulator: Emulator;
  let engine: Engine;
  let project: Project;

  before(async function () {
    this.timeout(buildMinutes * 60_000);
    empty = await mkdtemp(join(tmpdir(), "no-manifests-"));
    emulator = await provided(this, () => Emulator.start());
    engine = await provided(this, () => Engine.start(emulator.options));
    project = await engine.project({ from: repositoryRoot, services: empty });
  });

  after(async () => {
    await engine?.stop();
    await emulator?.stop();
    await rm(empty, { recursive: true });
  });

  it("is deployed, account by account, with nothing for the pack to refuse", async () => {
    for (const stack of stacks) {
      const { changes, policyViolations } = await project.up(stack, { policyPacks: ["policies"] });
      assert.ok(changes.create.length > 30, `${stack}: ${changes.create.length} created`);
      assert.deepEqual(
        policyViolations.filter(({ level }) => level === "mandatory"),
        [],
      );
    }
    assert.deepEqual((await project.outputs("security"))["secretArns"], {});
  });

  it("takes its first service afterwards, and changes nothing else of the account", async () => {
    await project.write("services/orders.yaml", manifest);
    await project.up("security");
    const { changes } = await project.up("prod");
    assert.ok(
      changes.create.some((urn) => urn.endsWith("::orders-prod-api")),
      changes.create.join("\n"),
    );
    assert.deepEqual([...changes.replace, ...changes.delete], []);
  });
});
