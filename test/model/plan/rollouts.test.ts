import assert from "node:assert/strict";
import type { EcsConsumerSettings, ItemReference } from "../../../model/catalogue/types";
import { buildPlan } from "../../../model/plan/build";
import { rolloutsIn } from "../../../model/plan/rollouts";
import { catalogue, ecs, reads, secret, secureString, service } from "./support/catalogues";
import { organisation } from "./support/organisations";

const token = reads("orders", "token");
const deployed = (name: string, ...items: readonly ItemReference[]): EcsConsumerSettings => ({
  ...ecs(
    name,
    [],
    items.map((reference, at) => ({ variable: `VALUE_${at}`, reference })),
  ),
  rollout: { cluster: "main", service: name },
});

describe("what is redeployed after a rotation", () => {
  const plan = buildPlan(
    catalogue(
      service("orders", {
        secrets: [secret("token")],
        parameters: [secureString("license")],
        consumers: [deployed("api", token, token, reads("orders", "license")), deployed("worker", token)],
      }),
    ),
    organisation(),
  );

  it("is every service that a secret is injected into, each once", () => {
    const [rollout, ...others] = rolloutsIn(plan, "prod");
    assert.deepEqual(
      rollout?.services.map(({ service: name }) => name),
      ["api", "worker"],
    );
    assert.match(rollout?.secretArnPattern ?? "", /:secret:orders\/prod\/token-/);
    assert.deepEqual(others, []);
  });

  it("is nothing in another environment", () => {
    assert.deepEqual(rolloutsIn(plan, "staging"), []);
  });
});
