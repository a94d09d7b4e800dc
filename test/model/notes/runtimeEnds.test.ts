import assert from "node:assert/strict";
import type { LambdaConsumerSettings } from "../../../model/catalogue/types";
import { notesOn } from "../../../model/notes";
import type { Position } from "../../../model/yaml/problem";
import { samplePlan } from "../plan/support/samples";

const sample = samplePlan();
const at = { file: "services/orders.yaml", line: 9, column: 16 };

/** What is noted on a day of a plan whose functions all have this runtime; each has to stand where it is said to. */
function noted(runtime: string, today: string, runtimeAt?: Position): readonly string[] {
  const consumers = sample.consumers
    .filter(({ settings }) => settings.kind === "lambda")
    .map((consumer) => {
      const { function: built, ...roleOnly } = consumer.settings as LambdaConsumerSettings;
      if (built === undefined) return { ...consumer, settings: roleOnly };
      const changed = { ...built, runtime };
      delete (changed as { runtimeAt?: Position }).runtimeAt;
      if (runtimeAt !== undefined) Object.assign(changed, { runtimeAt });
      return { ...consumer, settings: { ...roleOnly, at, function: changed } };
    });
  assert.ok(consumers.length > 1);
  return notesOn({ ...sample, consumers }, today)
    .filter(({ note }) => note.includes("patched"))
    .map(({ note, file, line, column }) => {
      assert.deepEqual({ file, line, column }, runtimeAt ?? at);
      return note;
    });
}

describe("notes on runtimes", () => {
  const named = { file: "services/orders.yaml", line: 10, column: 14 };
  const note = "`nodejs22.x` is patched until 2027-04-30; move to a newer runtime";

  it("begin 180 days ahead and end with the support, once for all environments, where the manifest names it", () => {
    for (const [today, notes] of [
      ["2026-10-31", []],
      ["2026-11-01", [note]],
      ["2027-04-30", [note]],
      ["2027-05-01", []],
    ] as const)
      assert.deepEqual(noted("nodejs22.x", today, named), notes, today);
  });

  it("stand at the consumer where the runtime is the default", () => {
    assert.deepEqual(noted("nodejs22.x", "2027-01-01"), [
      "`nodejs22.x`, the default, is patched until 2027-04-30; move to a newer runtime",
    ]);
  });

  it("say nothing of runtimes that are not listed", () => {
    assert.deepEqual(noted("nodejs99.x", "2027-01-01", named), []);
  });

  it("find the line of a manifest that names one", () => {
    const [consumer] = sample.consumers.filter(
      ({ settings }) => settings.kind === "lambda" && settings.function?.runtimeAt,
    );
    const { runtimeAt } = (consumer!.settings as LambdaConsumerSettings).function!;
    assert.match(runtimeAt!.file, /^services\/payments\.yaml$/);
    assert.ok(notesOn(sample, "2028-04-01").some(({ line }) => line === runtimeAt!.line));
  });
});
