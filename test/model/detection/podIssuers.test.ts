import assert from "node:assert/strict";
import { podIssuers } from "../../../model/detection/podIssuers";
import { samplePlan } from "../plan/support/samples";

const plan = samplePlan();
const digests = plan.consumers.find(({ name }) => name === "notifications-prod-digests")!;

function withClusters(count: number) {
  const consumers = Array.from({ length: count }, (_, number) => ({
    ...digests,
    role: {
      ...digests.role,
      pods: {
        ...digests.role.pods!,
        oidcProvider: `oidc.eks.eu-west-1.amazonaws.com/id/${String(number).padStart(32, "0")}`,
      },
    },
  }));
  return { ...plan, consumers: [...consumers, ...consumers] };
}

describe("issuers of the tokens of pods", () => {
  it("are named, each once, where there are few", () => {
    assert.deepEqual(podIssuers(plan, "prod"), [
      "*:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210",
    ]);
    assert.equal(podIssuers(withClusters(3), "prod").length, 3);
  });

  it("are those of EKS where there are too many to name, however many", () => {
    for (const count of [4, 100])
      assert.deepEqual(podIssuers(withClusters(count), "prod"), [
        "*:oidc-provider/oidc.eks.*",
        "*:oidc-provider/oidc-eks.*",
      ]);
  });

  it("are none where no pods have tokens, and in a security account", () => {
    assert.deepEqual(podIssuers(plan, "sandbox"), []);
    assert.deepEqual(podIssuers(plan, undefined), []);
  });
});
