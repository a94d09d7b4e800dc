import assert from "node:assert/strict";

import type { PackConfig } from "../../../policies/pack/config";
import { evaluate, type EvaluationOptions } from "../../../policies/pack/evaluate";
import { secretCmk } from "../../../policies/rules/secretsmanager/secret-cmk";
import { secretRotationMax } from "../../../policies/rules/secretsmanager/secret-rotation-max";
import { declare } from "../support/program";

const rotation = declare("secretRotation", { secretId: "s", rotationRules: { automaticallyAfterDays: 60 } });
const secret = declare("secret", {});
const found = (config: PackConfig, more: EvaluationOptions = {}) =>
  evaluate([secretCmk, secretRotationMax], [secret, rotation], { config, ...more }).map(
    ({ policy, level }) => `${policy} ${level}`,
  );

describe("a policy configuration", () => {
  it("sets the level of one rule, or of all that are not named", () => {
    assert.deepEqual(found({}), ["secret-cmk mandatory"]);
    assert.deepEqual(found({ "secret-cmk": "advisory" }), ["secret-cmk advisory"]);
    assert.deepEqual(found({ "secret-cmk": { enforcementLevel: "disabled" } }), []);
    assert.deepEqual(found({ all: "advisory" }), ["secret-cmk advisory"]);
    assert.deepEqual(found({ all: "disabled", "secret-cmk": "mandatory" }), ["secret-cmk mandatory"]);
  });

  it("sets bounds of one rule, over those of the pack", () => {
    const max = {
      "secret-rotation-max": { maxRotationDays: 30 },
      "secret-cmk": "disabled",
    } satisfies PackConfig;
    assert.deepEqual(found(max), ["secret-rotation-max mandatory"]);
    assert.deepEqual(found({ "secret-cmk": "disabled" }, { settings: { maxRotationDays: 30 } }), [
      "secret-rotation-max mandatory",
    ]);
    const back = { ...max, "secret-rotation-max": { maxRotationDays: 60 } };
    assert.deepEqual(found(back, { settings: { maxRotationDays: 30 } }), []);
  });

  it("gives a rule no setting that it does not declare", () => {
    assert.deepEqual(found({ "secret-cmk": { maxRotationDays: 1 } }), ["secret-cmk mandatory"]);
  });
});
