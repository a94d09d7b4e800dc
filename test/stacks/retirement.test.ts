import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import type { RegisteredResource } from "../../cli/inMemory/registeredResource";
import type { Service } from "../../model/catalogue/types";
import { buildPlan } from "../../model/plan/build";
import type { Plan } from "../../model/plan/types";
import {
  catalogue,
  lambda,
  plainText,
  reads,
  secret,
  secureString,
  service,
} from "../model/plan/support/catalogues";
import { organisation } from "../model/plan/support/organisations";
import { runStack } from "./support/runStack";

const environments = ["staging", "prod"];

/** A service with a value of each kind; `retire` says what is retired: the service, or items of it. */
function payments({
  whole = false,
  items = [],
}: { whole?: boolean; items?: readonly string[] } = {}): Service {
  const retire = (name: string) => ({ retire: whole || items.includes(name) });
  return service("payments", {
    environments,
    ownKey: true,
    retire: whole,
    secrets: [secret("card-vault", { replicas: ["eu-central-1"], ...retire("card-vault") })],
    parameters: [
      secureString("certificate", retire("certificate")),
      secureString("injected", { home: "workload", ...retire("injected") }),
      plainText("url", "https://example.com", environments),
    ],
    consumers: [lambda("charge", [reads("payments", "card-vault"), reads("payments", "certificate")])],
  });
}

function planWith(...services: readonly Service[]): Plan {
  return buildPlan(catalogue(...services), organisation());
}

describe("protection of what is encrypted", function () {
  this.timeout(480_000);

  it("is on every key, secret and SecureString of production, copies included, and on nothing of staging", async () => {
    const { resources } = await runStack(planWith(payments()), "security");
    assert.deepEqual(
      protectedIn(resources, valueTypes),
      [
        "payments/prod/card-vault-secret",
        "prod/configuration-key",
        "prod/payments-eu-central-1-key",
        "prod/payments-key",
      ].sort(),
    );
    assert.deepEqual(
      resources.filter(({ name, protect }) => protect && /staging/.test(name)).map(({ name }) => name),
      [],
    );
  });

  it("is on production's own keys and SecureStrings in the workload account", async () => {
    const prod = await runStack(planWith(payments()), "prod", { security: "deployed" });
    assert.deepEqual(protectedIn(prod.resources, ["aws:kms/key:Key"]), [
      "prod/configuration-key",
      "prod/payments-key",
    ]);
    assert.equal(protectedParameters(prod.resources).length, 1);
    const staging = await runStack(planWith(payments()), "staging", { security: "deployed" });
    assert.deepEqual(
      staging.resources.filter(({ protect }) => protect),
      [],
    );
  });

  it("is lifted from a retired item alone", async () => {
    const { resources } = await runStack(planWith(payments({ items: ["card-vault"] })), "security");
    const names = protectedIn(resources, valueTypes);
    assert.ok(!names.includes("payments/prod/card-vault-secret"));
    assert.ok(names.includes("prod/payments-key") && protectedParameters(resources).length === 1);
  });

  it("is lifted from all a retired service has, its own key too, and stays on the environment's", async () => {
    const { resources } = await runStack(planWith(payments({ whole: true })), "security");
    assert.deepEqual(protectedIn(resources, valueTypes), ["prod/configuration-key"]);
    assert.deepEqual(protectedParameters(resources), []);
  });
});

describe("an update that leaves out something protected", function () {
  this.timeout(480_000);
  const before = planWith(payments(), service("orders", { environments, secrets: [secret("signing-key")] }));
  const after = planWith(service("orders", { environments, secrets: [secret("signing-key")] }));

  it("is refused, naming all of it and the two merges that removing takes", async () => {
    const { outputs } = await runStack(before, "security");
    await assert.rejects(runStack(after, "security", { previous: outputs }), (error) => {
      assert.ok(error instanceof RunError);
      assert.equal(
        error.message,
        [
          "These are protected and no longer in any manifest:",
          "  alias/prod/payments",
          "  payments/prod/card-vault",
          "  /payments/prod/certificate",
          "Removing from production takes two merges. Put them back with `retire: true` on the item, or on the service for all of it, " +
            "run `pulumi up --stack security --policy-pack policies`, and then remove them.",
        ].join("\n"),
      );
      return true;
    });
  });

  it("is refused in a preview and in the workload stack alike", async () => {
    const { outputs } = await runStack(before, "prod", { security: "deployed" });
    await assert.rejects(
      runStack(after, "prod", { security: "deployed", previous: outputs, dryRun: true }),
      /\n {2}alias\/prod\/payments\n {2}\/payments\/prod\/injected\n/,
    );
  });

  it("goes through once it was retired, and in staging at any time", async () => {
    const retired = await runStack(planWith(payments({ whole: true })), "security", {
      previous: (await runStack(planWith(payments()), "security")).outputs,
    });
    await runStack(planWith(), "security", { previous: retired.outputs });
    const staging = await runStack(before, "staging", { security: "deployed" });
    await runStack(after, "staging", { security: "deployed", previous: staging.outputs });
  });

  it("is no matter of the first update, nor of one whose outputs are another's", async () => {
    await runStack(after, "security");
    await runStack(after, "security", { previous: {} });
    await runStack(after, "security", { previous: { protectedNames: "alias/prod/payments" } });
  });
});

const valueTypes = ["aws:kms/key:Key", "aws:secretsmanager/secret:Secret"];

/** Names of protected resources of these types, beside the platform's own keys. */
function protectedIn(resources: readonly RegisteredResource[], types: readonly string[]): string[] {
  return resources
    .filter(
      ({ type, protect, name }) =>
        types.includes(type) && protect && !/^(?:operations|log-archive)/.test(name),
    )
    .map(({ name }) => name)
    .sort();
}

function protectedParameters(resources: readonly RegisteredResource[]): string[] {
  return protectedIn(resources, ["secrets-platform:index:ExpiringParameter"]);
}
