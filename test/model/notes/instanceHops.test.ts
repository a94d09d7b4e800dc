import assert from "node:assert/strict";
import type { InstanceSettings } from "../../../model/catalogue/types";
import { instanceHops } from "../../../model/notes/instanceHops";
import { inOrder } from "../../../model/notes/note";
import { samplePlan } from "../plan/support/samples";

const sample = samplePlan();
const at = { file: "services/orders.yaml", line: 8, column: 12 };

function noted(instance: Pick<InstanceSettings, "hopLimit" | "hopLimitAt"> | undefined) {
  const consumers = sample.consumers.flatMap((consumer) =>
    consumer.settings.kind !== "ec2" || consumer.settings.instance === undefined
      ? []
      : [
          {
            ...consumer,
            settings: {
              ...consumer.settings,
              instance: instance && { instanceType: "t4g.small", ...instance },
            },
          },
        ],
  );
  assert.ok(consumers.length > 1);
  return inOrder(instanceHops({ ...sample, consumers } as typeof sample));
}

describe("notes on instances whose containers get their role", () => {
  it("stand once, where the manifest asks for it, whichever environments there are", () => {
    const note = "every container on instances of reports gets its role, and reads what that may";
    assert.deepEqual(noted({ hopLimit: 2, hopLimitAt: at }), [{ ...at, note }]);
  });

  it("leave alone what keeps its credentials to itself, and what is launched by others", () => {
    assert.deepEqual(noted({ hopLimit: 1, hopLimitAt: at }), []);
    assert.deepEqual(noted(undefined), []);
    assert.deepEqual(instanceHops(sample), []);
  });
});
