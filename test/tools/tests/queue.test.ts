import assert from "node:assert/strict";
import type { Group } from "../../../tools/tests/groups";
import { Queue } from "../../../tools/tests/queue";

const queued = (file: string, group: Group) => ({ file, group });

describe("files in the order they are run", () => {
  const unit = queued("unit", "unit");
  const first = queued("first", "engine");
  const second = queued("second", "engine");

  it("begins with those that last longest", () => {
    const all = [unit, queued("properties", "properties"), queued("servers", "servers"), first];
    const queue = new Queue(all);
    assert.deepEqual(
      all.map(() => queue.take()?.group),
      ["engine", "servers", "properties", "unit"],
    );
    assert.equal(queue.take(), undefined);
  });

  it("has one of the engine's at a time, and gives whoever is free the next of the others meanwhile", () => {
    const queue = new Queue([first, second, unit]);
    assert.equal(queue.take(), first);
    assert.equal(queue.take(), unit);
    assert.equal(queue.take(), undefined);
    assert.equal(queue.length, 1);
    queue.done(unit);
    assert.equal(queue.take(), undefined);
    queue.done(first);
    assert.equal(queue.take(), second);
  });
});
