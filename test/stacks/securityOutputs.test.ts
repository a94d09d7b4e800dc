import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import type { RegisteredResource } from "../../cli/inMemory/registeredResource";
import { buildPlan } from "../../model/plan/build";
import {
  catalogue,
  ecs,
  lambda,
  reads,
  secret,
  secureString,
  service,
} from "../model/plan/support/catalogues";
import { organisation } from "../model/plan/support/organisations";
import { runStack } from "./support/runStack";

const signingKey = reads("orders", "signing-key");

/** Orders reads a secret, injects it, and reads a parameter of the security account. */
function planWith(...more: readonly string[]) {
  return buildPlan(
    catalogue(
      service("orders", {
        environments: ["staging", "prod"],
        secrets: [secret("signing-key"), ...more.map((name) => secret(name))],
        parameters: [secureString("token")],
        consumers: [
          lambda("api", [reads("orders", "token"), signingKey]),
          ecs(
            "worker",
            [],
            ["signing-key", ...more].map((name, index) => ({
              variable: `VALUE_${index}`,
              reference: reads("orders", name),
            })),
          ),
        ],
      }),
    ),
    organisation(),
  );
}

describe("what a workload stack takes from its security stack", function () {
  this.timeout(120_000);

  it("is refused to an update before that was deployed, naming the command to run", async () => {
    await assert.rejects(runStack(planWith(), "prod"), (error) => {
      assert.ok(error instanceof RunError);
      assert.match(
        error.message,
        /^(?:key alias\/prod\/configuration|secret orders\/prod\/signing-key|the audit bucket) is not exported by stack security\. Deploy it first: pulumi up --stack security --policy-pack policies$/,
      );
      return true;
    });
  });

  it("is refused to an update when that exports all but what is new", async () => {
    const { outputs } = await runStack(planWith(), "security");
    await assert.rejects(
      runStack(planWith("second"), "prod", { security: outputs }),
      /: secret orders\/prod\/second is not exported by stack security\. Deploy it first: pulumi up --stack security --policy-pack policies$/,
    );
  });

  it("is refused to an update when that ended before it exported anything", async () => {
    const { secretArns, ...early } = (await runStack(planWith(), "security")).outputs;
    const late = { secretArns, logArchive: early["logArchive"] };
    for (const security of [{}, early, late]) {
      await assert.rejects(
        runStack(planWith(), "prod", { security }),
        (error: Error) =>
          error instanceof RunError &&
          error.message.endsWith("Deploy it first: pulumi up --stack security --policy-pack policies"),
      );
    }
  });

  it("stands in a preview as ARNs that name nothing and have AWS's form", async () => {
    const { resources } = await runStack(planWith(), "prod", { dryRun: true });
    const text = textOf(resources);
    assert.ok(/arn:aws:kms:eu-west-1:111111111111:key\/00000000-0000-0000-0000-000000000000/.test(text));
    assert.match(
      text,
      /arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders\/prod\/signing-key-000000/,
    );
    assert.ok(resources.some(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition"));
  });

  it("stands in a preview for what is new alone, beside what is exported", async () => {
    const { outputs } = await runStack(planWith(), "security");
    const arns = outputs["secretArns"] as Readonly<Record<string, string>>;
    const { resources } = await runStack(planWith("second"), "prod", { security: outputs, dryRun: true });
    const text = textOf(resources);
    assert.ok(/secret:orders\/prod\/second-000000/.test(text));
    assert.ok(text.includes(arns["orders/prod/signing-key"]!));
    assert.ok(!/signing-key-000000|key\/00000000-/.test(text));
  });

  it("is what that exports, once it was deployed", async () => {
    const { outputs } = await runStack(planWith(), "security");
    assert.deepEqual(Object.keys(outputs["secretArns"] as object), [
      "orders/staging/signing-key",
      "orders/prod/signing-key",
    ]);
    assert.deepEqual(Object.keys(outputs["keyArns"] as object), [
      "alias/staging/configuration@eu-west-1",
      "alias/prod/configuration@eu-west-1",
    ]);
    const { resources } = await runStack(planWith(), "prod", { security: outputs });
    const text = textOf(resources);
    const arns = { ...(outputs["secretArns"] as object), ...(outputs["keyArns"] as object) };
    for (const [name, arn] of Object.entries(arns))
      assert.equal(text.includes(String(arn)), name.includes("prod"), name);
  });
});

function textOf(resources: readonly RegisteredResource[]): string {
  return resources.map(({ inputs }) => JSON.stringify(inputs)).join("\n");
}
